"""The page that works numbers through has what follows from what was measured."""

from pathlib import Path

from benchmarks.at_scale_sums import tables


def test_the_page_has_the_sums_of_what_was_measured(content_root: Path) -> None:
    page = (content_root / "pages/at-scale.md").read_text(encoding="utf-8")
    made = "run `python -m benchmarks.at_scale_sums` and put its tables in"
    assert [table for table in tables() if table not in page] == [], made
