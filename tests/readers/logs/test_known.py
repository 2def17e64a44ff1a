"""Items are known by the bytes of their lines, and checked as if each had been read."""

import json

import pytest

from generator.errors import ContentError
from generator.readers.logs.entries import item
from generator.readers.logs.known import of_benchmark, of_items
from generator.store import lines as lines_module
from generator.store.inline import read_items
from generator.store.layout import Layout
from generator.store.lines import line_of

ITEMS = {
    "a": item("a", 'Say "x": y\\z \x07 \x1f é 😀\t', ("2",), choices=("1", "2"), tags={"s": "t"}),
    "b/1.c": item("b/1.c", "What is 1 / 1?", ("1",), solution="\\underline{1}"),
}


@pytest.fixture
def place(tmp_path):
    """Return what writes a file of items and gives what is known of it."""

    def write(*written):
        path = Layout(tmp_path).items("sums")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(written))
        return of_benchmark(Layout(tmp_path), "sums")

    return write


def test_an_item_is_known_by_its_line_which_is_not_read(place, monkeypatch):
    known = place(*map(line_of, ITEMS.values()))
    monkeypatch.setattr(lines_module, "_parse", None)
    assert all(known.has(name, line_of(one)) for name, one in ITEMS.items())
    assert not known.has("a", line_of(item("a", "Another text", ("2",))))
    assert not known.has("c", line_of(item("c", "Another text", ("2",))))
    known.check()


def test_what_is_asked_for_is_read(place):
    known = place(*map(line_of, ITEMS.values()))
    assert dict(known) == ITEMS
    assert known.asking(line_of(item("z", ITEMS["a"].input, ("other",)))) == ["a"]
    assert known.asking(line_of(item("z", "Nobody asks this", ("r",)))) == ()
    assert dict(of_items(ITEMS)) == ITEMS


def test_no_file_and_an_empty_one_know_nothing(place, tmp_path):
    assert not of_benchmark(Layout(tmp_path), "none")
    assert not place()
    assert not place(b"\n \n")


@pytest.mark.parametrize(
    "line",
    [
        json.dumps({"item_id": "c", "input": "spaces", "references": ["r"]}),
        '{"input":"i","item_id":"c","references":["r"]}',
        '{"item_id":"c","input":"\\u00e9 \\u000a \\/","references":["r"]}',
        '{"item_id":"c","input":"i","references":["r"]}\r',
        '\n{"item_id":"c","input":"i","references":["r"]}',
    ],
)
def test_lines_that_others_wrote_are_known_by_what_they_say(place, line):
    known = place(*map(line_of, ITEMS.values()), f"{line}\n".encode())
    assert list(known) == [*ITEMS, "c"]
    assert known.has("c", line_of(known["c"]))
    assert known.asking(line_of(known["c"])) == ["c"]


@pytest.mark.parametrize(
    "line",
    [
        *("nope", "[" * 3_000, '{"item_id":"c","input":"i","references":[]}'),
        '{"item_id":"c","input":"i","references":["r"],"score":NaN}',
        '{"item_id":"c","input":"i","references":["r"],"score":1e999}',
        '{"item_id":"c","input":"\\ud800","references":["r"]}',
        '{"item_id":"c","input":"i","references":["r"],"input":"j"}',
        '{"item_id":"c","input":"i","references":["r"],"item_id":"d"}',
        '{"item_id":"c","input":"i","references":["r"],"tags":{"a":"1","\\u0061":"2"}}',
        '{"item_id":"c","input":"i","references":["r"],"tags":{"a\\\\":"1","a\\\\":"2"}}',
        '{"item_id":"a","input":"i","references":["r"]}',
        '{"item_id":"c","input":"\udcff","references":["r"]}',
        "\ufeff" + '{"item_id":"c","input":"i","references":["r"]}',
    ],
)
def test_every_line_at_fault_is_told_as_it_always_was(place, tmp_path, line):
    written = line.encode("utf-8", "surrogateescape") + b"\n"
    with pytest.raises(ContentError) as caught:
        place(*map(line_of, ITEMS.values()), written).check()
    problems = []
    read_items(Layout(tmp_path), "sums", problems)
    assert list(caught.value.problems) == problems
    assert problems
