"""Sites of several editions on one branch: each as a whole, and none twice."""

import json
import subprocess
from pathlib import Path

import pytest

from generator.errors import InputError, OutsideError
from generator.site.branch import give, refuse_checked_out, take, tip
from generator.site.editions import put_edition
from generator.site.gone import gone_pages, top_page
from generator.site.seal import seal_path, sealed, write_seal

BRANCH = "gh-pages"


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("COMMITTER_NAME", "COMMITTER_EMAIL", "AUTHOR_NAME", "AUTHOR_EMAIL"):
        monkeypatch.setenv(f"GIT_{name}", "somebody")
    root = tmp_path / "checkout"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "First")
    return root


def built(root: Path, edition: str, **pages: str) -> Path:
    """Write and seal a site with a page for each name."""
    site = root / "build" / "site"
    for old in sorted(site.rglob("*"), reverse=True):
        old.rmdir() if old.is_dir() else old.unlink()
    for name, text in {"home": "home", **pages}.items():
        path = site / ("index.html" if name == "home" else f"{name}/index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{edition} {text}", encoding="utf-8")
    (site / "404.html").write_text(edition, encoding="utf-8")
    write_seal(site, edition, "https://atlas.example.org")
    return site


def put(root: Path, edition: str, **pages: str):
    site = built(root, edition, **pages)
    return put_edition(root, site, sealed(site), branch=BRANCH, title="Atlas <b>")


def shown(root: Path, path: str) -> str:
    return git(root, "show", f"{BRANCH}:{path}")


def test_the_last_edition_is_the_latest_and_the_top_leads_to_it(root: Path) -> None:
    assert put(root, "2026.12-dev").latest is False
    assert 'url=dev/"' in shown(root, "index.html").replace("&#45;", "-")
    assert shown(root, "404.html") == "2026.12-dev"
    assert put(root, "2026.12").latest
    assert put(root, "2026.12.1").latest
    put(root, "2027.01-dev")
    assert shown(root, "latest/index.html") == "2026.12.1 home"
    assert shown(root, "2026.12/index.html") == "2026.12 home"
    assert shown(root, "dev/index.html") == "2027.01-dev home"
    assert shown(root, "404.html") == "2026.12.1"
    assert 'url=latest/"' in shown(root, "index.html")
    told = json.loads(shown(root, "versions.json"))
    assert [(one["version"], one["aliases"]) for one in told] == [
        ("dev", []),
        ("2026.12.1", ["latest"]),
        ("2026.12", []),
    ]


def test_one_that_is_published_late_is_not_the_latest(root: Path) -> None:
    put(root, "2026.12")
    assert put(root, "2026.10").latest is False
    assert shown(root, "latest/index.html") == "2026.12 home"


def test_what_lies_there_is_never_written_again(root: Path) -> None:
    put(root, "2026.12")
    before = tip(root, BRANCH)
    with pytest.raises(InputError, match=r"2026\.12: published before"):
        put(root, "2026.12", new="page")
    assert tip(root, BRANCH) == before


def test_what_is_in_preparation_is_written_anew_and_leaves_nothing_behind(root: Path) -> None:
    put(root, "2026.12-dev", gone="page")
    put(root, "2026.12-dev")
    assert git(root, "ls-tree", "-r", "--name-only", BRANCH).split() == [
        ".nojekyll", "404.html", "dev/404.html", "dev/index.html", "index.html", "versions.json",
    ]  # fmt: skip


def test_a_page_that_is_no_more_is_told_of_for_as_long_as_it_is_gone(root: Path) -> None:
    put(root, "2026.10", model="one")
    assert put(root, "2026.11").gone == ("model/index.html",)
    assert "Edition 2026.10 was the last" in shown(root, "latest/model/index.html").replace(
        "&#46;", "."
    )
    assert put(root, "2026.12").gone == ("model/index.html",)
    assert put(root, "2027.01", model="again").gone == ()
    assert shown(root, "latest/model/index.html") == "2027.01 again"


def test_links_of_such_a_page_lead_from_where_it_lies() -> None:
    (page,) = gone_pages("Atlas", {"2026.10": ["models/a/index.html", "x.json"]}, []).values()
    text = page.decode()
    assert 'href="../../../2026.10/models/a/"' in text
    assert 'href="../../../latest/"' in text
    assert "Content-Security-Policy" in text
    assert "<b>" not in top_page("<b>", "latest").decode()


def test_what_lies_there_counts_even_if_the_list_lacks_it(root: Path) -> None:
    put(root, "2026.12")
    git(root, "switch", "--quiet", BRANCH)
    (root / "versions.json").write_text("[]")
    git(root, "commit", "--quiet", "--all", "--message", "Forgotten")
    git(root, "switch", "--quiet", "main")
    with pytest.raises(InputError, match=r"2026\.12: published before"):
        put(root, "2026.12")
    assert put(root, "2026.10").latest is False


def test_a_branch_of_something_else_is_left_alone(root: Path) -> None:
    git(root, "branch", BRANCH)
    with pytest.raises(InputError, match="it does not hold editions"):
        put(root, "2026.12")


def test_a_list_that_is_none_is_not_guessed_at(root: Path) -> None:
    put(root, "2026.12")
    git(root, "switch", "--quiet", BRANCH)
    (root / "versions.json").write_text("{}")
    git(root, "commit", "--quiet", "--all", "--message", "Broken")
    with pytest.raises(InputError, match="checked out here"):
        refuse_checked_out(root, BRANCH)
    git(root, "switch", "--quiet", "main")
    with pytest.raises(InputError, match="not a list of editions"):
        put(root, "2026.12")


def test_a_site_is_what_was_sealed(root: Path) -> None:
    site = built(root, "2026.12")
    assert sealed(site).edition == "2026.12"
    (site / "more.html").write_text("")
    with pytest.raises(InputError, match="not what was built and checked"):
        sealed(site)
    seal_path(site).write_text("[]")
    with pytest.raises(InputError, match="not the seal of a site"):
        sealed(site)
    write_seal(site, "2026.12", "")
    with pytest.raises(InputError, match="not built for publication"):
        sealed(site)


def test_commits_that_were_never_pushed_are_not_lost(root: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    git(root, "init", "--quiet", "--bare", str(remote))
    take(root, BRANCH, str(remote))
    assert tip(root, BRANCH) == ""
    put(root, "2026.10")
    give(root, BRANCH, str(remote), "")
    put(root, "2026.11")
    with pytest.raises(InputError, match="has commits that were never pushed"):
        take(root, BRANCH, str(remote))
    git(root, "branch", "--quiet", "--delete", "--force", BRANCH)
    take(root, BRANCH, str(remote))
    assert tip(root, BRANCH) == git(remote, "rev-parse", BRANCH).strip()
    with pytest.raises(OutsideError, match="does not answer"):
        take(root, BRANCH, str(tmp_path / "nowhere"))
