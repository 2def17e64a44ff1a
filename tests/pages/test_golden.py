"""Pages of the made-up Atlas are, to the byte, what was looked at and found good.

After a wanted change: ``ERRORATLAS_RENEW_GOLDEN=1 pytest tests/pages/test_golden.py``, then read
the difference before committing it.
"""

import os
from pathlib import Path

import pytest

from generator.pages.atlas import atlas_pages
from tests.pages.world import World

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
PAGES = (
    "index.md",
    "taxonomy/index.md",
    "taxonomy/E13.md",
    "taxonomy/E90.md",
    "taxonomy/crosswalks.md",
    "taxonomy/proposals/index.md",
    "models/index.md",
    "models/compared.md",
    "models/lab__large.md",
    "models/other__plain.md",
    "models/erroratlas__planted.md",
    "benchmarks/index.md",
    "benchmarks/hidden_sums.md",
    "benchmarks/planted-faults.md",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_as_it_was_approved(small: World, path: str) -> None:
    edition = small.edition()
    pages = atlas_pages(small.content, edition.numbers, small.examples(edition))
    text = next(page.text for page in pages if page.path == path)
    golden = GOLDEN / path.replace("/", "--")
    if os.environ.get("ERRORATLAS_RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
