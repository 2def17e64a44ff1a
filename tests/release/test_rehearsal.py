"""The whole way of a release, twice: from content to the pages that readers of old links see."""

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import (
    Watched,
    browser,  # noqa: F401 - a fixture
    served,
    watching,
)
from tests.integration.made_up import files
from tests.release.conftest import erroratlas, git
from tests.release.rehearsal import BRANCH, FIRST, PUBLIC, SECOND, Rehearsed, rehearse

pytestmark = pytest.mark.slow

Open = Callable[..., Watched]
KEPT, GONE, NEW = "taxonomy/E13/", "models/acme__beta/", "models/acme__gamma/"
"""A page of both editions, one of the first alone, one of the second alone."""
BANNER = "[data-md-component=outdated] a"
IN_SIGHT = """link => {
  const { x, y } = link.getBoundingClientRect();
  return document.elementFromPoint(x + 5, y + 5)?.closest("a") === link;
}"""
HREFS = "links => links.map(link => link.href)"


@pytest.fixture(scope="module")
def rehearsed(judged_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    return rehearse(judged_checkout, tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture
def opened(rehearsed: Rehearsed, browser: Browser) -> Iterator[Open]:  # noqa: F811
    with served(rehearsed.host) as base, watching(browser, f"{base}errors/") as new:
        yield new


@pytest.fixture
def again(rehearsed: Rehearsed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checkout, for what must not come about."""
    root = tmp_path / "checkout"
    shutil.copytree(rehearsed.root, root)
    for name in ("NAME", "EMAIL"):
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", "rehearsal")
    return root


def test_what_lies_there_is_byte_for_byte_what_was_built_and_checked(rehearsed: Rehearsed) -> None:
    errors = rehearsed.host / "errors"
    for folder in (FIRST, "dev", SECOND):
        assert files(errors / folder) == rehearsed.built[folder]
    latest = files(errors / "latest")
    assert {name: latest[name] for name in rehearsed.built[SECOND]} == rehearsed.built[SECOND]
    more = latest.keys() - rehearsed.built[SECOND].keys()
    assert f"{GONE}index.html" in more
    assert {name.rpartition("/")[2] for name in more} == {"index.html"}
    assert (errors / "404.html").read_bytes() == rehearsed.built[SECOND]["404.html"]
    assert (errors / ".nojekyll").read_bytes() == b""


def test_the_list_of_versions_has_both_and_says_which_is_the_latest(rehearsed: Rehearsed) -> None:
    told = json.loads((rehearsed.host / "errors/versions.json").read_text())
    assert [(one["version"], one["title"], one["aliases"]) for one in told] == [
        ("dev", f"{SECOND}-dev", []),
        (SECOND, SECOND, ["latest"]),
        (FIRST, FIRST, []),
    ]


def test_both_packages_are_what_they_say(
    rehearsed: Rehearsed, capsys: pytest.CaptureFixture[str]
) -> None:
    for version in (FIRST, SECOND):
        package = rehearsed.root / f"build/release/erroratlas-{version}.zip"
        assert erroratlas(rehearsed.root, "verify", str(package)) == 0
        assert f"{version}: the package is what it says" in capsys.readouterr().out


@pytest.mark.parametrize("version", [FIRST, SECOND])
def test_a_fresh_clone_of_a_tag_makes_the_same_pages(
    rehearsed: Rehearsed, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path / "empty"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch", version, str(rehearsed.remote), str(clone))
    assert erroratlas(clone, "build", "--no-site", "--workers", "1") == 0
    assert files(clone / "build/docs") == rehearsed.docs[version]


def test_addresses_that_search_engines_are_told_are_of_the_latest(rehearsed: Rehearsed) -> None:
    for version in (FIRST, SECOND):
        page = rehearsed.built[version][f"{KEPT}index.html"].decode()
        assert f'<link rel="canonical" href="{PUBLIC}/latest/{KEPT}">' in page
        assert 'name="robots"' not in page
    page = rehearsed.built["dev"][f"{KEPT}index.html"].decode()
    assert '<meta name="robots" content="noindex">' in page
    robots = (rehearsed.host / "errors/robots.txt").read_text()
    assert f"Sitemap: {PUBLIC}/latest/sitemap.xml" in robots


def test_machines_read_where_the_downloads_lie_and_when_they_came(rehearsed: Rehearsed) -> None:
    for version in (FIRST, "dev"):
        page = rehearsed.built[version]["data/index.html"].decode()
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        about = json.loads(text)
        assert about["url"] == f"{PUBLIC}/{version}/data/"
        assert about["distribution"][0]["contentUrl"] == f"{PUBLIC}/{version}/data/attempts.csv"
        assert about.get("datePublished") == (None if version == "dev" else "2026-01-20")
        days = rehearsed.built[version]["sitemap.xml"].count(b"<lastmod>2026-01-20</lastmod>")
        assert (days > 0) is (version != "dev")
        packed = gzip.decompress(rehearsed.built[version]["sitemap.xml.gz"])
        assert packed == rehearsed.built[version]["sitemap.xml"]
    assert b"<lastmod>" not in rehearsed.built["dev"]["sitemap.xml"]


def test_the_home_page_is_shared_under_the_name_of_the_site(rehearsed: Rehearsed) -> None:
    title = r'<meta property="og:title" content="([^"]*)">'
    home = rehearsed.built[SECOND]["index.html"].decode()
    assert re.findall(title, home) == ["ErrorAtlas"]
    page = rehearsed.built[SECOND]["cite/index.html"].decode()
    assert re.findall(title, page) == ["Cite"]


def test_an_edition_is_never_published_twice(
    again: Path, rehearsed: Rehearsed, capsys: pytest.CaptureFixture[str]
) -> None:
    before = git(rehearsed.remote, "rev-parse", BRANCH)
    assert erroratlas(again, "release", "publish", "--push", "origin") == 1
    assert f"{SECOND}: published before, and a published edition" in capsys.readouterr().err
    assert git(rehearsed.remote, "rev-parse", BRANCH) == before


def test_a_site_that_is_not_what_was_checked_is_not_published(
    again: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = again / "build/site/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert erroratlas(again, "release", "publish") == 1
    assert "not what was built and checked" in capsys.readouterr().err
    (again / "build/site.json").unlink()
    assert erroratlas(again, "release", "publish") == 1
    assert "not built for publication: set ERRORATLAS_SITE_URL" in capsys.readouterr().err


def test_the_main_branch_leaves_a_released_edition_to_its_tag(
    again: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = git(again, "rev-parse", BRANCH)
    assert erroratlas(again, "release", "publish", "--dev", "--push", "origin") == 0
    assert f"{SECOND} is released: its tag publishes it" in capsys.readouterr().out
    assert git(again, "rev-parse", BRANCH) == before


def test_a_site_and_a_package_of_other_content_are_refused(
    again: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    atlas = again / "content/atlas.yml"
    text = atlas.read_text()
    atlas.write_text(f"{text}url: https://elsewhere.example.org/\n")
    assert erroratlas(again, "release", "publish") == 1
    assert f"built for {PUBLIC}, and content/atlas.yml says https://else" in capsys.readouterr().err
    atlas.write_text(text.replace(f'"{SECOND}"', '"2026.03"'))
    assert erroratlas(again, "release", "publish") == 1
    assert f"edition {SECOND}, and the content is 2026.03: build again" in capsys.readouterr().err
    assert erroratlas(again, "release", "package", SECOND) == 1
    assert f"{SECOND}: the content is 2026.03: check out its tag" in capsys.readouterr().err


def test_who_is_slower_changes_nothing(
    again: Path, rehearsed: Rehearsed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = tmp_path / "remote.git"
    shutil.copytree(rehearsed.remote, remote)
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho too late >&2\nexit 1\n")
    hook.chmod(0o755)
    first = git(again, "rev-list", "--max-parents=0", BRANCH).strip()
    for place in (again, remote):
        git(place, "update-ref", f"refs/heads/{BRANCH}", first)
    assert erroratlas(again, "release", "publish", "--push", str(remote)) == 3
    assert "not pushed, and nothing was changed" in capsys.readouterr().err
    assert git(again, "rev-parse", BRANCH).strip() == first
    hook.unlink()
    assert erroratlas(again, "release", "publish", "--push", str(remote)) == 0
    assert "and as latest/" in capsys.readouterr().out


@pytest.mark.browser
def test_the_old_edition_leads_to_the_same_page_of_the_latest(opened: Open) -> None:
    seen = opened().open(FIRST + "/" + KEPT)
    banner = seen.page.locator(BANNER)
    banner.wait_for()
    assert "You are reading an older edition" in seen.page.inner_text(".md-banner--warning")
    banner.click()
    seen.page.wait_for_url(f"**/errors/latest/{KEPT}")
    seen.page.locator(".md-version__current").wait_for()
    assert not banner.is_visible()
    assert seen.page.locator("h1").inner_text().startswith("E13")
    assert seen.complaints == []
    assert seen.elsewhere == []


@pytest.mark.browser
@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_what_was_chosen_on_a_page_goes_along_to_the_latest(opened: Open, how: str) -> None:
    # No script of this page writes its address, as that of Explore does once it is there.
    seen = opened().open(f"{FIRST}/{KEPT}?population=all&model=acme__alpha#cite")
    banner = seen.page.locator(BANNER)
    banner.wait_for()
    if how == "click":
        banner.click()
    else:
        banner.press("Enter")
    seen.page.wait_for_url(f"**/errors/latest/{KEPT}?population=all&model=acme__alpha#cite")
    assert seen.complaints == []
    assert seen.elsewhere == []


@pytest.mark.browser
def test_the_selector_has_all_editions_and_stays_on_the_page(opened: Open) -> None:
    seen = opened().open(f"latest/{KEPT}#cite")
    seen.page.locator(".md-version__current").wait_for()
    assert seen.page.inner_text(".md-version__current") == f"{SECOND}latest"
    # Further down the header shows the title of the page in its place.
    seen.page.evaluate("scrollTo(0, 0)")
    # By keyboard: the list opens for whoever gets to it.
    seen.page.locator(".md-version__current").focus()
    links = seen.page.locator(".md-version__link")
    assert [link.partition("/errors/")[2] for link in links.evaluate_all(HREFS)] == [
        "dev/",
        f"{SECOND}/",
        f"{FIRST}/",
    ]
    # None of it is hidden below the header.
    seen.page.wait_for_function(IN_SIGHT, arg=links.last.element_handle())
    links.last.click()
    seen.page.wait_for_url(f"**/errors/{FIRST}/{KEPT}#cite")
    seen.page.locator(BANNER).wait_for()
    assert seen.complaints == []
    assert seen.elsewhere == []


@pytest.mark.browser
def test_a_page_that_is_no_more_says_where_it_was(opened: Open) -> None:
    seen = opened().open(FIRST + "/" + GONE)
    seen.page.locator(BANNER).click()
    seen.page.wait_for_url(f"**/errors/latest/{GONE}")
    assert f"Edition {FIRST} was the last to have it" in seen.page.locator("main").inner_text()
    hrefs = seen.page.locator("main a").evaluate_all(HREFS)
    for target in hrefs:
        seen.page.goto(target)
        assert seen.page.locator(".md-header").is_visible()
    assert f"{FIRST}/{GONE}" in hrefs[0]
    assert seen.complaints == []


@pytest.mark.browser
def test_the_edition_in_preparation_is_no_older_one(opened: Open) -> None:
    seen = opened().open(f"dev/{NEW}")
    seen.page.locator(".md-version__current").wait_for()
    assert seen.page.locator(BANNER).count() == 0
    assert seen.complaints == []


@pytest.mark.browser
def test_the_top_leads_to_the_latest_and_without_javascript_all_of_it_works(opened: Open) -> None:
    seen = opened(java_script_enabled=False).open("")
    seen.page.wait_for_url("**/errors/latest/")
    seen.open(FIRST + "/" + GONE)
    note = seen.page.locator(".ea-edition")
    assert "This edition stays as it is" in note.inner_text()
    note.locator("a").click()
    seen.page.wait_for_url(f"**/errors/latest/{GONE}")
    seen.page.locator("main a").first.click()
    seen.page.wait_for_url(f"**/errors/{FIRST}/{GONE}")


@pytest.mark.browser
def test_the_page_of_an_edition_says_what_changed(opened: Open) -> None:
    seen = opened().open(f"{SECOND}/changes/")
    seen.page.get_by_role("link", name=SECOND, exact=True).first.click()
    seen.page.wait_for_url(f"**/changes/{SECOND}/")
    said = seen.page.locator("article").inner_text()
    for words in ("Gamma", "acme__beta", "taken out", f"edition {FIRST}, the one before"):
        assert words in said
    assert seen.page.locator("#cite ~ pre").count() == 4
    assert seen.complaints == []
