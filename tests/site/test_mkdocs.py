"""MkDocs builds strictly, and its complaint is ours."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.site.mkdocs import run_mkdocs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "build" / "docs").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Small\ndocs_dir: build/docs\nsite_dir: build/site\nplugins: []\n",
        encoding="utf-8",
    )
    return tmp_path


def test_pages_become_a_site(root: Path) -> None:
    (root / "build" / "docs" / "index.md").write_text("# Words\n", encoding="utf-8")
    run_mkdocs(root)
    assert "Words" in (root / "build" / "site" / "index.html").read_text(encoding="utf-8")


def test_a_link_that_leads_nowhere_fails_in_the_words_of_mkdocs(root: Path) -> None:
    (root / "build" / "docs" / "index.md").write_text("[x](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"'nowhere\.md'"):
        run_mkdocs(root)
    run_mkdocs(root, strict=False)


def test_the_configuration_has_search_alone_and_no_hooks(project_root: Path) -> None:
    text = (project_root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "plugins:\n  - search\n" in text
    assert "\nhooks:" not in text
    assert "\nrepo_url:" not in text
    assert "\nstrict: true\n" in text
