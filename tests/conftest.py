"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine fails no test: nothing here asserts a time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


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
