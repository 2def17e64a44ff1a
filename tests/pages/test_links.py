"""Addresses relative to the page that they stand on."""

import posixpath
from itertools import product

import pytest

from generator.pages.links import HOME, MODELS, PROPOSALS, address, href

PATHS = [
    HOME,
    MODELS,
    PROPOSALS,
    "trust.md",
    "models/x.md",
    "models/xy.md",
    "benchmarks/x.md",
    "taxonomy/proposals/x.md",
    "models/x.charts/a.svg",
    "data/models/x.csv.gz",
]


@pytest.mark.parametrize(("page", "target"), [*product(PATHS, PATHS)])
def test_an_address_leads_from_the_page_to_the_file(page: str, target: str) -> None:
    there = href(page, target)
    led = posixpath.normpath(posixpath.join("/top", address(page), there))
    assert led == posixpath.normpath(posixpath.join("/top", address(target)))
    assert there.endswith("/") == (not address(target) or address(target).endswith("/"))
    # As short as can be.
    assert there.rstrip("/") == posixpath.relpath(address(target) or ".", address(page) or ".")


def test_an_anchor_comes_last() -> None:
    assert href("models/x.md", "taxonomy/E01.md", "E01-1") == "../../taxonomy/E01/#E01-1"
