"""Pictures of what a change touches."""

from pathlib import Path

from generator.intake.scope import Scope
from tests.browser.screenshots import MOST_PAGES, pages_of, take
from tests.browser_setup import chromium_or_skip


def test_touched_pages_are_pictured_in_both_schemes(site: Path, tmp_path: Path) -> None:
    scope = Scope(
        frozenset({"models/demo.yml", "models/not-built.yml", "predictions/sums/demo/run.yml"})
    )
    pages = pages_of(scope, site)
    assert pages == ["models/demo/"]
    names = take(chromium_or_skip(), site, pages, tmp_path)
    assert names == ["models-demo-light.png", "models-demo-dark.png"]
    for name in names:
        picture = (tmp_path / name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[20:24], "big") > 900  # the whole page, not the window


def test_pictures_are_few_whatever_is_touched(tmp_path: Path) -> None:
    names = [f"acme__m{number}" for number in range(50)]
    for name in names:
        page = tmp_path / "models" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("")
    scope = Scope(frozenset(f"models/{name}.yml" for name in names))
    assert len(pages_of(scope, tmp_path)) == MOST_PAGES
