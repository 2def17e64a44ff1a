"""Rows of a composition are read once, and are those of its tables."""

from pathlib import Path

from generator.charts.told import outcome_rows, share_rows, subshare_rows, texts
from tests.charts.numbers import made_up, taxonomy


def test_the_rows_are_those_of_the_tables_and_read_once(content_root: Path) -> None:
    tree = taxonomy(content_root)
    own, same = made_up(tree, 1, 40), made_up(tree, 1, 40)
    assert [row["category"] for row in share_rows(own)] == own.shares["category"].tolist()
    assert [row["count"] for row in outcome_rows(own)] == own.outcomes["count"].tolist()
    assert [row["count"] for row in subshare_rows(own)] == own.subshares["count"].tolist()
    assert share_rows(own) is share_rows(own)
    # Another composition is another one, though it holds the same.
    assert share_rows(same) is not share_rows(own)
    assert share_rows(same) == share_rows(own)


def test_a_table_of_texts_has_its_columns_without_a_row() -> None:
    assert texts([{"Category": "E01", "Share": "1 %"}]).to_dict("list") == {
        "Category": ["E01"],
        "Share": ["1 %"],
    }
    assert list(texts([], columns=["Category"]).columns) == ["Category"]
