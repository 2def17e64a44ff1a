"""build/docs holds what the pages say, and nothing else."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.pages.page import Page
from generator.site.docs import write_docs

PAGES = [Page("index.md", "# One\n"), Page("a/b.md", "# Two\n", {"a/b.charts/c.json": b"{}\n"})]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_pages_their_files_and_assets_are_written(tmp_path: Path) -> None:
    written = write_docs(PAGES, tmp_path / "docs", {"assets/x.css": b"a{}"})
    assert contents(tmp_path / "docs") == {
        "index.md": b"# One\n",
        "a/b.md": b"# Two\n",
        "a/b.charts/c.json": b"{}\n",
        "assets/x.css": b"a{}",
    }
    assert written == (4, 4, 0)


def test_what_is_right_is_not_touched(tmp_path: Path) -> None:
    write_docs(PAGES, tmp_path, {})
    before = (tmp_path / "index.md").stat().st_mtime_ns
    assert write_docs(PAGES, tmp_path, {}) == (3, 0, 0)
    assert (tmp_path / "index.md").stat().st_mtime_ns == before


def test_what_no_longer_belongs_there_goes_with_its_folder(tmp_path: Path) -> None:
    write_docs(PAGES, tmp_path, {})
    assert write_docs(PAGES[:1], tmp_path, {}) == (1, 0, 2)
    assert not (tmp_path / "a").exists()


def test_a_link_to_a_folder_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    docs, other = tmp_path / "docs", tmp_path / "other"
    write_docs(PAGES, docs, {})
    other.mkdir()
    (other / "thesis.md").write_text("years of work", encoding="utf-8")
    try:
        (docs / "a" / "link").symlink_to(other, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    assert write_docs(PAGES, docs, {}) == (3, 0, 1)
    assert not (docs / "a" / "link").exists()
    assert (other / "thesis.md").read_text(encoding="utf-8") == "years of work"


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputError, match="holds files that this command did not write"):
        write_docs(PAGES, tmp_path, {})
    assert contents(tmp_path) == {"thesis.md": b"years of work"}


@pytest.mark.parametrize("path", ["../out.md", "/etc/out.md", "a/../../out.md", ""])
def test_no_page_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leads out of"):
        write_docs([Page(path, "x")], tmp_path / "docs", {})
    assert not (tmp_path / "out.md").exists()


def test_two_pages_with_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="written twice"):
        write_docs([PAGES[0], PAGES[0]], tmp_path, {})
