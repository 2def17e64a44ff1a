"""The hash of what a taxonomy is built from."""

import pandas as pd
import pytest

from generator.taxonomy.induction.failures import corpus_of
from tests.taxonomy.induction.made_up import frame

COUNT = 24


def test_the_hash_knows_no_order():
    whole = frame(COUNT)
    digest = corpus_of([whole]).digest()
    assert corpus_of([whole[::-1]]).digest() == digest
    assert corpus_of([whole[10:], whole[:10]]).digest() == digest


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [
        ("item_id", 0, "q99"),
        ("model", 0, "acme__beta"),
        ("title", 0, "Adds the wrong ships"),
        ("summary", 0, "It is another sum."),
        ("subcategory", 0, "rounding"),
        ("attribution", 0, "benchmark"),
        ("status", 9, "no_verdict"),
    ],
)
def test_the_hash_knows_every_part(column: str, row: int, value: str):
    changed = frame(COUNT)
    changed.loc[row, column] = value
    assert corpus_of([changed]).digest() != corpus_of([frame(COUNT)]).digest()


def test_titles_that_change_places_make_another_hash():
    whole = frame(COUNT)
    swapped = whole.copy()
    swapped.loc[[0, 1], "item_id"] = ["q1", "q0"]
    assert corpus_of([swapped]).digest() != corpus_of([whole]).digest()


def test_a_failure_more_makes_another_hash():
    assert corpus_of([frame(COUNT)]).digest() != corpus_of([frame(COUNT - 1)]).digest()
    assert corpus_of([pd.DataFrame(frame(0))]).digest() == corpus_of([]).digest()
