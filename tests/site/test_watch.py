"""Changes of what the site is made from are noticed, and told once."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.polling import PollingObserver

from generator.site import watch
from generator.site.watch import Stamp, Watch, changed, is_behind, stamps, watching

PATIENCE = 60
"""Seconds after which a change counts as unnoticed, on however busy a machine."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content" / "models").mkdir(parents=True)
    (tmp_path / "site_templates").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "content" / "models" / "a.yml").write_text("name: A\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["told", "looked up"])
def watched(
    root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watch]:
    """A watch by both ways: told by the system, and looking where the system cannot tell."""
    if request.param == "looked up":

        class Full(PollingObserver):
            def start(self) -> None:
                raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr(watch, "Observer", Full)
    with watching(root) as begun:
        yield begun


def next_of(watched: Watch, act: Callable[[], object]) -> list[str]:
    """Return the changes that are told after something was done."""
    told: list[list[str]] = []
    waiting = threading.Thread(target=lambda: told.append(next(watched.changes())), daemon=True)
    waiting.start()
    act()
    waiting.join(PATIENCE)
    assert told, "nothing was noticed"
    return told[0]


def test_new_changed_and_removed_files_are_told(root: Path, watched: Watch) -> None:
    model = root / "content" / "models" / "a.yml"
    assert next_of(watched, lambda: model.write_text("name: Another\n", encoding="utf-8")) == [
        "content/models/a.yml"
    ]
    assert next_of(watched, model.unlink) == ["content/models/a.yml"]


def test_a_file_put_in_the_place_of_another_is_told(root: Path, watched: Watch) -> None:
    """As editors save."""
    saved = root / ".mkdocs.yml.swp"
    saved.write_text("site_name: another\n", encoding="utf-8")
    assert next_of(watched, lambda: saved.replace(root / "mkdocs.yml")) == ["mkdocs.yml"]


def test_what_the_build_wrote_and_what_it_does_not_read_is_not_told(
    root: Path, watched: Watch
) -> None:
    def act() -> None:
        for name in ("content/models/verdicts", "content/.x.tmp", "content/y~", "build/z"):
            (root / name).write_text("written\n", encoding="utf-8")
        watched.accept(["content/models/verdicts"])
        (root / "site_templates" / "t").write_text("mine\n", encoding="utf-8")

    assert next_of(watched, act) == ["site_templates/t"]


def test_files_are_told_apart_by_time_and_size() -> None:
    before = {"same": Stamp(1, 1), "newer": Stamp(1, 1), "longer": Stamp(1, 1), "gone": Stamp(1, 1)}
    after = {"same": Stamp(1, 1), "newer": Stamp(2, 1), "longer": Stamp(1, 2), "new": Stamp(1, 1)}
    assert changed(before, after) == ["gone", "longer", "new", "newer"]


def test_a_link_that_leads_nowhere_is_no_file(root: Path) -> None:
    (root / "content" / "link").symlink_to("nowhere")
    assert sorted(stamps(root)) == ["content/models/a.yml", "mkdocs.yml"]


def test_a_site_is_behind_when_what_it_is_made_from_is_newer(root: Path) -> None:
    site = root / "build" / "site"
    assert is_behind(root, site)
    site.mkdir()
    (site / "index.html").write_text("x", encoding="utf-8")
    model = root / "content" / "models" / "a.yml"
    future = (site / "index.html").stat().st_mtime_ns + 10**12
    os.utime(site / "index.html", ns=(future, future))
    assert not is_behind(root, site)
    os.utime(model, ns=(future + 1, future + 1))
    assert is_behind(root, site)
    os.utime(model, ns=(future - 1, future - 1))
    os.utime(model.parent, ns=(future + 1, future + 1))  # as after a removal
    assert is_behind(root, site)
