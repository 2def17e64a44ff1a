"""BIG-Bench Hard outputs: each quirk of the files, on small ones of the same shape."""

import json

import pytest

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.bbh import final_answer, read_tasks

EXAMPLES = "Q: Is ice warm?\nA: Let's think step by step.\nIce is cold. So the answer is No."
STEPS = "\nA: Let's think step by step."


def items(*pairs):
    return {"canary": "keep out", "examples": [{"input": q, "target": t} for q, t in pairs]}


def outputs(*rows, after=STEPS):
    return {
        "canary": "keep out",
        "outputs": [
            {"input": f"{EXAMPLES}\n\nQ: {question}{after}", "prediction": said, "target": target}
            for question, target, said in rows
        ],
    }


COLOURS = items(("Is a plum blue?\nOptions:\n(A) yes\n(B) no", "(A)"), ("Is snow red?", "(B)"))
SAID = outputs(
    ("Is a plum blue?\nOptions:\n(A) yes\n(B) no", "(A)", "Blue. So the answer is (A)."),
    ("Is snow red?", "(B)", "The answer is near. So the answer is (A)."),
)


@pytest.fixture
def rows(tmp_path):
    def read(files, select="cot"):
        paths = {name: tmp_path / f"{number}.json" for number, name in enumerate(files)}
        for name, fields in files.items():
            text = fields if isinstance(fields, str) else json.dumps(fields)
            paths[name].write_text(text, encoding="utf-8")
        return list(read_tasks(paths, select))

    return read


def test_the_reader_is_registered():
    assert READERS["bbh_outputs"] is read_tasks


def test_items_come_from_the_task_and_answers_from_the_outputs(rows):
    first, second = rows({"colours": COLOURS, "colours_cot": SAID})
    assert first.item.item_id == first.prediction.item_id == "colours/0"
    assert first.item.input == "Is a plum blue?\nOptions:\n(A) yes\n(B) no"
    assert first.item.references == ("(A)",)
    assert first.item.tags == {"task": "colours"}
    assert (first.prediction.extracted, first.prediction.score) == ("(A)", 1.0)
    assert second.item.item_id == "colours/1"
    assert (second.prediction.extracted, second.prediction.score) == ("(A)", 0.0)
    assert second.prediction.output == "The answer is near. So the answer is (A)."


def test_tasks_follow_in_the_order_of_the_run(rows):
    files = {"b": COLOURS, "b_cot": SAID, "a_cot": SAID, "a": COLOURS}
    assert [row.item.item_id for row in rows(files)] == ["b/0", "b/1", "a/0", "a/1"]


def test_without_a_chain_of_thought_the_whole_output_is_the_answer(rows):
    said = outputs(("Is snow red?", "(B)", " (B)\n"), after="\nA:")
    (row,) = rows({"snow": items(("Is snow red?", "(B)")), "snow_direct": said}, "direct")
    assert (row.prediction.extracted, row.prediction.score) == ("(B)", 1.0)


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        ("So the answer is ] ].", "] ]"),
        ("So the answer is 24", "24"),
        ("the answer is no. But the answer is yes.", "yes"),
        ("not not False = not not False = ", None),
        ("So the answer is ", None),
        ("So the answer is .", None),
        ("", None),
    ],
)
def test_the_answer_follows_the_last_cue(output, answer):
    assert final_answer(output) == answer


@pytest.mark.parametrize("select", [None, "code", ""])
def test_a_way_of_asking_that_is_not_there_is_refused(rows, select):
    with pytest.raises(InputError, match="no such way of asking: give one of cot, direct"):
        rows({"colours": COLOURS, "colours_cot": SAID}, select)


@pytest.mark.parametrize(
    ("names", "odd"),
    [
        (["colours"], "no file|colours"),
        (["colours", "colours_direct"], "colours"),
        (["colours_cot"], "colours"),
        (["colours", "colours_cot", "shapes"], "shapes"),
    ],
)
def test_each_task_needs_both_files(rows, names, odd):
    with pytest.raises(InputError, match=rf"source.files: .*({odd}).*: name <task> and <task>_cot"):
        rows(dict.fromkeys(names, COLOURS))


def test_outputs_of_other_items_are_refused(rows):
    other = outputs(("Is snow green?", "(B)", "x"))
    with pytest.raises(InputError, match=r"row 1: input: .* does not end in the item's question"):
        rows({"snow": items(("Is snow red?", "(B)")), "snow_cot": other})
    other = outputs(("Is snow red?", "(C)", "x"))
    with pytest.raises(InputError, match=r"row 1: target: '\(C\)': the item has '\(B\)'"):
        rows({"snow": items(("Is snow red?", "(B)")), "snow_cot": other})


def test_more_outputs_than_items_are_refused(rows):
    with pytest.raises(InputError, match="2 outputs for 1 items"):
        rows({"snow": items(("Is snow red?", "(B)")), "snow_cot": SAID})


@pytest.mark.parametrize(
    ("broken", "wrong"),
    [
        ("{", "not JSON"),
        ("[]", "a list under 'outputs' expected"),
        ({"outputs": {}}, "a list under 'outputs' expected"),
        ({"outputs": ["x", "y"]}, "row 1: -: 'x': an object expected"),
        ({"outputs": [{}, {}]}, "row 1: input: None: text expected"),
    ],
)
def test_files_that_are_not_of_this_shape_are_refused(rows, broken, wrong):
    with pytest.raises(InputError, match=wrong):
        rows({"colours": COLOURS, "colours_cot": broken})


def test_items_that_are_not_of_this_shape_are_refused(rows):
    with pytest.raises(InputError, match="row 1: -: 'x': an object expected"):
        rows({"colours": {"examples": ["x", "y"]}, "colours_cot": SAID})
    with pytest.raises(InputError, match="row 2: target: ' ': text expected, not nothing"):
        rows(
            {
                "c": items(("Is a plum blue?\nOptions:\n(A) yes\n(B) no", "(A)"), ("x", " ")),
                "c_cot": SAID,
            }
        )
