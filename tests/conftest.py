"""Fixtures that every test may use, and the order in which files of tests are run."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine fails no test: nothing here asserts a time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent

LONGEST = (
    "browser/test_hostile_site.py",
    "browser/test_built_site.py",
    "integration/test_whole_builds.py",
    "browser/test_compare.py",
    "cli/test_judge_llm.py",
    "browser/test_charts.py",
    "browser/test_explore.py",
    "release/test_rehearsal.py",
    "integration/test_committed_verdicts.py",
    "project/test_pull_requests.py",
    "integration/test_serving.py",
    "judging/test_hostile.py",
    "stats/test_coverage.py",
    "cli/test_judge_batch.py",
    "stats/test_simulated.py",
    "fuzz/test_fuzz.py",
    "browser/test_layout_shift.py",
)
"""Files of tests that take ten seconds of processor time and more, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that whichever worker needs it first has filled; not to be changed.

    Args:
        factory: Of the session.
        name: What the folder is called; the same for all workers.
        make: Fills it.
    """
    here = factory.getbasetemp()
    # Each worker has a folder of its own in that of the run.
    common = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder, done = common / name, common / f"{name}.done"
    with (common / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def content_root() -> Path:
    """The committed content."""
    return ROOT / "content"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real predictions by others, beside the checkout; never part of it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("real predictions are not here: ../shared/data is missing")
    return folder
