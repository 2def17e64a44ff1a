"""Plain tables."""

import gzip

import pytest

from generator.errors import InputError
from generator.readers.logs.columns import USUAL, read_columns
from generator.records.messages import Message, ToolCall
from tests.readers.logs.reading import read, write_lines

PLUMS = {
    "id": "plums-1",
    "question": "Ann has 4 plums and eats 1. How many are left?",
    "answer": "3",
    "response": "4 - 1 = 2",
    "score": 0,
}


def table(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_usual_names_need_no_map(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", PLUMS | {"pred": "2", "completion_tokens": 7})
    (entry,) = read(read_columns, path).entries
    assert entry.item.item_id == entry.prediction.item_id == "plums-1"
    assert entry.item.input.startswith("Ann has 4")
    assert entry.item.references == ("3",)
    assert entry.prediction.output == "4 - 1 = 2"
    assert (entry.prediction.score, entry.prediction.extracted) == (0.0, "2")
    assert entry.prediction.tokens == 7


def test_columns_are_named_and_may_be_dotted_paths(tmp_path):
    row = {"n": 5, "q": "1 + 1?", "gold": ["2", "two"], "reply": "3", "eval": {"ok": False}}
    columns = {
        "item": "n",
        "input": "q",
        "reference": "gold",
        "output": "reply",
        "score": "eval.ok",
    }
    (entry,) = read(read_columns, write_lines(tmp_path / "a.jsonl", row), columns=columns).entries
    assert entry.prediction.item_id == "5"
    assert entry.item.references == ("2", "two")
    assert entry.prediction.score == 0.0


def test_a_csv_keeps_line_breaks_in_cells_and_names_the_line(tmp_path):
    text = 'id,question,answer,output,score\na,"1 +\n1?",2,"two\n\nlines",True\nb,x,y,z,maybe\n'
    found = read(read_columns, table(tmp_path / "a.csv", text))
    assert found.predictions[0].output == "two\n\nlines"
    assert found.predictions[0].score == 1.0
    (problem,) = found.account.problems
    assert (problem.line, problem.field, problem.value) == (6, "score", "maybe")


def test_a_byte_order_mark_and_tabs_are_taken(tmp_path):
    text = "\ufeffid\tquestion\tanswer\toutput\tscore\na\tq\tr\to\t0.5\n"
    (prediction,) = read(read_columns, table(tmp_path / "a.tsv", text)).predictions
    assert (prediction.item_id, prediction.score) == ("a", 0.5)


def test_an_empty_output_is_an_output(tmp_path):
    text = "id,question,answer,output,score\na,q,r,,0\n"
    (prediction,) = read(read_columns, table(tmp_path / "a.csv", text)).predictions
    assert prediction.output == ""


def test_choices_of_a_cell_are_a_json_list(tmp_path):
    text = 'id,question,options,answer,output,score\na,q,"[""red"", ""blue""]",A,A,1\n'
    (item,) = read(read_columns, table(tmp_path / "a.csv", text)).items
    assert item.choices == ("red", "blue")


def test_a_row_with_too_few_cells_is_bad_and_the_others_are_read(tmp_path):
    text = "id,question,answer,output,score\na,q\nb,q,r,o,1\n"
    found = read(read_columns, table(tmp_path / "a.csv", text))
    assert found.ids == ["b"]
    assert found.account.rows == 2
    assert "2 cells, but the first line has 5" in str(found.account.problems[0])


def test_a_missing_column_is_named_with_those_there_are(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", {"key": 1, "text": "x"})
    with pytest.raises(InputError, match="give --map item=COLUMN,score=COLUMN,output=COLUMN"):
        read(read_columns, path)
    with pytest.raises(InputError, match="no such column: there are key, text"):
        read(read_columns, path, columns={"item": "id"})
    with pytest.raises(InputError, match="--map colour: no such part of a row"):
        read(read_columns, path, columns={"colour": "id"})


def test_several_models_want_a_choice(tmp_path):
    rows = [PLUMS | {"model": "ada"}, PLUMS | {"model": "bob"}]
    path = write_lines(tmp_path / "a.jsonl", *rows)
    with pytest.raises(InputError, match="more than one model: ada and bob: choose one with --log"):
        read(read_columns, path)
    found = read(read_columns, path, log_model="bob")
    assert len(found.entries) == 1
    assert found.account.dropped == {"a row of another model": 1}


def test_a_row_without_a_question_names_its_item_alone(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", {"id": "x", "output": "o", "score": 1})
    (entry,) = read(read_columns, path).entries
    assert entry.item is None
    assert entry.prediction.item_id == "x"


def test_messages_are_kept_as_a_conversation(tmp_path):
    call = {"function": {"name": "add", "arguments": '{"a": 1}'}}
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Add 1."},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "content": "2"},
        {"role": "assistant", "content": [{"type": "text", "text": "It is 3."}]},
    ]
    row = {"id": "x", "messages": messages, "answer": "2", "score": 0}
    (entry,) = read(read_columns, write_lines(tmp_path / "a.jsonl", row)).entries
    assert entry.item.input == "Add 1."
    assert entry.prediction.output == (
        Message(role="assistant", tool_calls=(ToolCall(name="add", arguments='{"a": 1}'),)),
        Message(role="tool", content="2"),
        Message(role="assistant", content="It is 3."),
    )


def test_bad_lines_are_told_each_with_its_fault(tmp_path):
    path = write_lines(
        tmp_path / "a.jsonl",
        PLUMS,
        '{"id": ',
        "[1]",
        PLUMS | {"score": None, "id": 2},
        PLUMS | {"score": float("nan"), "id": 3},
        PLUMS | {"response": 5, "id": 4},
        "",
        PLUMS | {"id": "last"},
    )
    found = read(read_columns, path)
    assert found.ids == ["plums-1", "last"]
    assert found.account.rows == 7
    assert [problem.line for problem in found.account.problems] == [2, 3, 4, 5, 6]
    assert found.account.faults.total() == 5


def test_a_gzipped_file_is_read(tmp_path):
    plain = write_lines(tmp_path / "a.jsonl", PLUMS)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(read_columns, packed).ids == ["plums-1"]
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"cannot be unpacked"):
        read(read_columns, packed)


def test_no_two_parts_are_looked_for_under_one_name():
    names = [name for usual in USUAL.values() for name in usual]
    assert len(names) == len(set(names))
