"""A log of MMLU-Pro becomes the same in columns as row by row, and the same is said of it."""

import copy
import io
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.readers.logs import FORMATS
from generator.readers.logs import sheets as sheets_module
from generator.readers.logs.account import Account, Choice
from generator.readers.logs.joining import Joining
from generator.readers.logs.known import of_benchmark
from generator.readers.logs.sheets import Sheet, Sheets
from generator.readers.logs.stretch import Stretch
from generator.store.layout import Layout
from generator.store.lines import line_of
from tests.readers.logs.reading import write_json
from tests.readers.logs.test_hostile import NUMBER, broken, bytes_of, damaged
from tests.readers.logs.test_pinned import PLUMS

MMLU_PRO = FORMATS["mmlu-pro"]
ROWS = [PLUMS | {"question_id": n, "question": f"How many plums, {n}?"} for n in range(12)]
CHANGES = (
    *({"question": "Another"}, {"options": ["two"]}, {"answer": "A"}, {"category": "é"}),
    *({"pred": None}, {"pred": "B"}, {"model_outputs": "\\ \x07 é"}, {"question_id": 99}),
    *({"question_id": 1}, {"pred": "K"}, {"question": 5}, {}, {}, {}),
)


def told(read, path, known, options):
    """Return everything that becomes of a log."""
    account, written = Account(), (io.BytesIO(), io.BytesIO())
    sheets = Sheets(*(Sheet(one, "lines", options["limit"]) for one in written))
    joining = Joining(
        "plums",
        options["score_range"],
        1.0,
        known,
        account,
        adding=options["adding"] or not known,
        by_id=options["by_id"],
    )
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheets_module, "MAX_LINE", options["longest"])
            joining.join(read([path], Choice(options["select"]), account), sheets)
    except InputError as raised:
        return str(raised)  # nothing else is told then
    counts = (joining.taken, joining.failed, joining.added, joining.kinds)
    lines = [one.getvalue() for one in written]
    return counts, lines, account, [*account.dropped.items()]


def changed(rows, dice):
    """Return rows some of which are other items, bad, twice there, or no rows at all."""
    rows = copy.deepcopy(dice.sample(rows, dice.randint(1, len(rows))))
    for _ in range(dice.choice((0, 0, 1, 2, 4))):
        place = dice.randrange(len(rows))
        row = dice.choice(rows)
        if isinstance(row, dict):
            rows.insert(place, row | dice.choice(CHANGES))
        if dice.random() < 0.5:
            rows.insert(place, dice.choice(("total", "", "total", 5)))
        elif isinstance(rows[place], dict):
            rows[place] |= dice.choice(CHANGES)
    return broken(rows, dice) if dice.random() < 0.3 else rows


@settings(max_examples=5 * NUMBER, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**48))
def test_in_columns_a_log_becomes_what_it_becomes_row_by_row(tmp_path_factory, seed):
    dice = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path_factory.mktemp("log")
    path = folder / "a.json"
    path.write_bytes(damaged(bytes_of([changed(ROWS, dice)]), dice))
    known = items_of(folder, [] if dice.random() < 0.3 else dice.sample(ROWS, 8))
    options = {
        "score_range": dice.choice(((0.0, 1.0), (0.0, 1.0), (0.5, 2.0))),
        "adding": dice.random() < 0.5,
        "by_id": dice.random() < 0.3,
        "limit": dice.choice((10**6, 10**6, 10**6, 300)),
        "longest": dice.choice((10**6, 10**6, 10**6, 100)),
        "select": dice.choice((None, None, None, None, "plums")),
    }
    by_row = told(MMLU_PRO.read, path, known(), options)
    assert told(MMLU_PRO.in_columns, path, known(), options) == by_row


def items_of(folder, rows):
    """Write the items of rows, and return what gives those that are known."""
    path = write_json(folder / "items.json", rows)
    written = Layout(folder).items("plums")
    written.parent.mkdir(parents=True)
    entries = list(MMLU_PRO.read([path], Choice(), Account())) if rows else []
    written.write_bytes(b"".join(line_of(entry.item) for entry in entries))
    return lambda: of_benchmark(Layout(folder), "plums")


def test_a_sound_log_is_one_stretch_and_bare_strings_part_it(tmp_path):
    account = Account()
    path = write_json(tmp_path / "a.json", [*ROWS[:2], "total", "", *ROWS[2:], "law"])
    found = list(MMLU_PRO.in_columns([path], Choice(), account))
    assert [type(one) for one in found] == [Stretch, Stretch]
    assert [[*one.names] for one in found] == [["0", "1"], [str(n) for n in range(2, 12)]]
    assert (account.rows, account.dropped.total()) == (15, 3)
    assert account.places == {"a bare string among the rows": [f"{path}:{n}" for n in (3, 4, 15)]}
    entries = [one.entry(place) for one in found for place in range(len(one.names))]
    assert entries == list(MMLU_PRO.read([path], Choice(), Account()))


def test_a_log_with_one_odd_row_is_read_row_by_row(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([*ROWS, PLUMS | {"pred": "K"}]), encoding="utf-8")
    account = Account()
    found = list(MMLU_PRO.in_columns([path], Choice(), account))
    assert found == list(MMLU_PRO.read([path], Choice(), Account()))
    assert (account.rows, account.faults.total()) == (13, 1)
