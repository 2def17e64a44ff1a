"""Rows in columns are what they are one by one, or there are no columns."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.mmlu_pro import row_of
from generator.readers.mmlu_pro_columns import columns_of
from generator.readers.rows import Place, RowError
from generator.store.lines import line_of

ROW = {
    "question_id": 70,
    "question": "Which is a colour?",
    "options": ["blue", "seven"],
    "answer": "A",
    "category": "other",
    "pred": "A",
    "model_outputs": "Blue is. The answer is (A).",
}
TEXTS = st.text(max_size=6)
OUTPUTS = st.one_of(TEXTS, st.sampled_from(["The answer is (A).", "Answer: B", "C."]))
LETTERS = st.sampled_from([*"ABCJ", None])
ODD = (
    *(None, True, -1, 10**400, 0.5, float("nan"), "", " \t\n", "K", "AB", "70"),
    *([], [[]], [None], ["a", 7], {}, {"a": 1}),
)


@st.composite
def rows_of(draw):
    """Return rows of which none, some or all are sound."""
    held = draw(st.sampled_from(["model_outputs", "generated_text"]))
    numbers = draw(st.lists(st.integers(0, 99), min_size=1, max_size=4, unique=True))
    rows = []
    for number in numbers:
        row = {
            "question_id": number,
            "question": draw(TEXTS.filter(str.strip)),
            "options": draw(st.lists(TEXTS, min_size=1, max_size=3)),
            "answer": draw(st.sampled_from("ABCJ")),
            "category": draw(st.sampled_from(["law", "é", "\x07"])),
            "pred": draw(LETTERS),
            held: draw(
                st.one_of(TEXTS, st.sampled_from(["The answer is (A).", "Answer: B", "C."]))
            ),
        }
        rows.append(row)
    for _ in range(draw(st.integers(0, 2))):
        row = draw(st.sampled_from(rows))
        name = draw(st.sampled_from([*ROW, "generated_text", "src"]))
        if draw(st.booleans()):
            row[name] = draw(st.sampled_from(ODD))
        else:
            row.pop(name, None)
    return rows


def one_by_one(rows):
    """Return the lines and scores of rows that are taken one by one; None where one is refused."""
    seen, found = set(), []
    try:
        for row in rows:
            found.append(row_of(Place(Path("log"), 1), row, seen))
            seen.add(found[-1].item.item_id)
    except (RowError, ValueError):
        return None
    return (
        [row.item.item_id for row in found],
        [line_of(row.item)[:-1] for row in found],
        [line_of(row.prediction)[:-1] for row in found],
        [row.prediction.score for row in found],
    )


def in_columns(rows):
    columns = columns_of(rows)
    return None if columns is None else tuple(columns)


@given(rows_of())
def test_columns_are_the_rows_one_by_one(rows):
    assert in_columns(rows) in (one_by_one(rows), None)
    outputs = {name for row in rows for name in ("model_outputs", "generated_text") if name in row}
    if len(outputs) == 1:  # rows of one file hold it in one field, which columns rely on
        assert in_columns(rows) == one_by_one(rows)


@pytest.mark.parametrize("name", ROW)
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_one_odd_field_of_many_rows_and_there_are_no_columns(name, value):
    rows = [ROW | {"question_id": number} for number in range(3)]
    rows[1][name] = value
    assert in_columns(rows) == one_by_one(rows)


@pytest.mark.parametrize(
    "rows",
    [
        *([], [5], [[]], [None], ["total"], [ROW, 5], [ROW, ["question_id"]], [ROW, {}]),
        [ROW, dict(ROW)],
        [ROW | {"generated_text": "A"}],
        [ROW, ROW | {"question_id": 71, "generated_text": "A"}],
        [{name: value for name, value in ROW.items() if name != "model_outputs"}],
    ],
)
def test_what_is_no_sound_file_gives_no_columns(rows):
    assert columns_of(rows) is None
