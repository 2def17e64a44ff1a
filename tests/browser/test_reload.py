"""A page that `erroratlas serve` shows loads anew after a build, under its own strict policy."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.site.serve import OURS, Built, serving
from tests.browser.conftest import watching

pytestmark = pytest.mark.browser


def test_an_open_page_loads_anew_when_the_site_was_built(browser: Browser, site: Path) -> None:
    built = Built()
    with serving(site, 0, built) as base, watching(browser, base) as new:
        watch = new().open("models/demo/")
        page = watch.page
        page.evaluate("window.before = true")
        with page.expect_response(f"**{OURS}built"):
            pass
        assert page.evaluate("window.before")
        with page.expect_navigation():
            built.renew()
        assert page.evaluate("window.before === undefined")
        assert watch.complaints == []
        assert watch.elsewhere == []
