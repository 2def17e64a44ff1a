"""Small tables are parts of columns that are held once."""

import numpy as np
import pandas as pd

from generator.stats.parts import Part, Parts, part_of, parts_by_run, stacked, whole_of

COLUMNS = {
    "category": np.array(["E02", "E11", "E02", "E11"], dtype=object),
    "count": np.array([1, 2, 3, 4]),
    "share": np.array([0.25, 0.5, 0.75, 1.0]),
}


def test_a_part_is_read_as_columns_rows_or_a_table_of_its_own() -> None:
    part = Part(COLUMNS, 2, 2)
    assert part.column("count").tolist() == [3, 4]
    assert np.shares_memory(part.column("count"), COLUMNS["count"])
    assert part.row("category", "E11") == {"category": "E11", "count": 4, "share": 1.0}
    assert part.rows()[1] == {"category": "E11", "count": 4, "share": 1.0}
    assert type(part.rows()[1]["count"]) is int
    table = part.table()
    assert table.index.tolist() == [0, 1]
    table.loc[0, "count"] = 9
    assert COLUMNS["count"].tolist() == [1, 2, 3, 4]


def test_a_table_comes_back_from_its_part() -> None:
    whole = pd.DataFrame(COLUMNS)
    pd.testing.assert_frame_equal(part_of(whole).table(), whole)
    pd.testing.assert_frame_equal(whole_of(COLUMNS).table(), whole)
    pd.testing.assert_frame_equal(stacked([Part(COLUMNS, 0, 1), Part(COLUMNS, 1, 3)]), whole)
    empty = part_of(whole.iloc[:0])
    assert (empty.many, empty.rows()) == (0, [])
    assert list(empty.table()) == list(whole)


def test_the_rows_of_each_run_keep_their_order() -> None:
    rows = pd.DataFrame(
        {
            "benchmark": ["b", "a", "b", "a"],
            "model": ["m", "m", "m", "n"],
            "category": ["E11", "E02", "E02", None],
        }
    )
    found = parts_by_run(rows)
    assert list(found) == [("a", "m"), ("a", "n"), ("b", "m")]
    assert found["b", "m"].column("category").tolist() == ["E11", "E02"]
    assert pd.isna(found["a", "n"].column("category")[0])
    assert found["b", "m"].columns is found["a", "m"].columns
    assert parts_by_run(rows.iloc[:0]) == {}


def test_tables_are_made_when_they_are_asked_for() -> None:
    tables = Parts({"one": Part(COLUMNS, 0, 1), "two": Part(COLUMNS, 1, 3)})
    assert list(tables) == ["one", "two"]
    assert len(tables["two"]) == 3
    assert tables.get("three") is None
