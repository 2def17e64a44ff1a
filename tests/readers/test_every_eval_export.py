"""Every Eval Ever, written and read again."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.every_eval_aggregate import aggregate
from generator.readers.every_eval_export import Exported, sample_lines
from generator.readers.logs.every_eval import read_every_eval
from generator.readers.rows import Row
from generator.records.benchmark import Benchmark, Item
from generator.records.messages import Message, ToolCall
from generator.records.model import Model
from generator.records.prediction import Prediction, Run
from tests.readers.logs.reading import read, write_json, write_lines

BENCHMARK = Benchmark(
    name="Plums",
    description="d",
    task_type="short-answer",
    licence="MIT",
    citation="c",
    metric="exact match",
    success_threshold=1.0,
    display="full",
)
RUN = Run(
    harness="plum_eval",
    harness_version="2.1",
    date=date(2026, 1, 2),
    prompt="Line one.\n\nLine two.",
    generation={
        "temperature": 0.5,
        "max_tokens": 64,
        "seed": 7,
        "greedy": False,
        "top_p": "1",
        "way": "beam",
        "zero": "0",
    },
    contributor="Ada",
    licence="MIT",
    trained_on_test="no",
    note="A note.",
)
EXPORTED = Exported("plums", BENCHMARK, "acme__alpha", Model(name="Alpha", developer="Acme"), RUN)

TALK = (
    Message(
        role="assistant",
        content="Let me see.",
        tool_calls=(
            ToolCall(name="count", arguments='{"n":1, "of": ["plums"]}'),
            ToolCall(name="stop", arguments="now"),
        ),
    ),
    Message(role="tool", content="2"),
    Message(role="tool", content="ok"),
    Message(role="user", content="Sure?"),
    Message(role="assistant", content="2"),
)
CROSSED = (
    Message(
        role="assistant",
        tool_calls=(
            ToolCall(name="count", arguments="{}", id="first"),
            ToolCall(name="stop", arguments="{}", id="second"),
        ),
    ),
    Message(role="tool", content="ok", call_id="second"),
    Message(role="tool", content="2", call_id="first"),
)


def again(tmp_path, *rows):
    """Write rows and read them again."""
    path = tmp_path / "samples.jsonl"
    path.write_text("".join(f"{line}\n" for line in sample_lines(EXPORTED, iter(rows))), "utf-8")
    found = read(read_every_eval, path)
    assert not found.account.problems
    assert not found.account.dropped
    return [Row(entry.item, entry.prediction) for entry in found.entries]


def item(**changes):
    fields = {"item_id": "q1", "input": "How many?", "references": ("3",)}
    return Item(**(fields | changes))


def prediction(**changes):
    return Prediction(**({"item_id": "q1", "output": "2", "score": 0.0} | changes))


@pytest.mark.parametrize(
    "row",
    [
        Row(item(), prediction()),
        Row(
            item(
                choices=("two", "three"),
                references=("B", "b"),
                solution="Count.\nThree.",
                tags={"subject": "fruit", "wording": "7"},
            ),
            prediction(output="", extracted="2", finish_reason="length", tokens=4, score=0.25),
        ),
        Row(item(), prediction(output=TALK, extracted="2")),
        Row(item(), prediction(output=CROSSED)),
        Row(item(), prediction(output=(Message(role="assistant", content="2"),))),
        Row(item(), prediction(output=(Message(role="assistant", tool_calls=TALK[0].tool_calls),))),
    ],
    ids=["plain", "full", "agentic", "crossed", "talk", "calls"],
)
def test_a_row_comes_back_as_it_was(tmp_path, row):
    assert again(tmp_path, row) == [row]


texts = st.text(st.characters(codec="utf-8"), max_size=40)


items = st.builds(
    Item,
    item_id=st.just("q1"),
    input=texts,
    references=st.lists(texts, min_size=1, max_size=3).map(tuple),
    choices=st.lists(texts, max_size=3).map(tuple),
    tags=st.dictionaries(texts, texts, max_size=3),
)
predictions = st.builds(
    Prediction,
    item_id=st.just("q1"),
    output=texts,
    score=st.floats(0, 1),
    tokens=st.none() | st.integers(0, 10**6),
)


@given(about=items, answer=predictions)
def test_any_text_comes_back(tmp_path_factory, about, answer):
    row = Row(about, answer)
    assert again(tmp_path_factory.mktemp("again"), row) == [row]


def test_the_run_comes_back_from_the_aggregate(tmp_path):
    (line,) = sample_lines(EXPORTED, iter([Row(item(), prediction())]))
    write_lines(tmp_path / "run_samples.jsonl", line)
    write_json(tmp_path / "run.json", aggregate(EXPORTED, rows=1, mean=0.0, checksum="0" * 64))
    account = read(read_every_eval, tmp_path).account
    assert account.facts["harness"] == RUN.harness
    assert account.facts["version"] == RUN.harness_version
    assert account.facts["date"] == "2026-01-02"
    assert account.facts["prompt"] == RUN.prompt
    assert account.facts["metric"] == "exact match"
    assert account.generation == RUN.generation


def test_samples_and_aggregate_name_each_other():
    (line,) = sample_lines(EXPORTED, iter([Row(item(), prediction())]))
    sample, about = json.loads(line), aggregate(EXPORTED, rows=1, mean=0.0, checksum="0" * 64)
    assert sample["evaluation_id"] == about["evaluation_id"] == "plums/acme_alpha/1767312000"
    assert sample["model_id"] == about["model_info"]["id"] == "acme/alpha"
    assert sample["evaluation_name"] == about["evaluation_results"][0]["evaluation_name"]
    path = about["detailed_evaluation_results"]["file_path"]
    assert path == f"data/plums/acme/alpha/{EXPORTED.stem}_samples.jsonl"
    assert EXPORTED.stem[14] == "4"


def test_a_conversation_begins_with_what_was_asked_and_ties_results_to_calls():
    (line,) = sample_lines(EXPORTED, iter([Row(item(), prediction(output=TALK))]))
    sample = json.loads(line)
    assert (sample["interaction_type"], sample["output"]) == ("agentic", None)
    turns = sample["messages"]
    assert [turn["turn_idx"] for turn in turns] == list(range(6))
    assert (turns[0]["role"], turns[0]["content"]) == ("user", "How many?")
    calls = [call["id"] for call in turns[1]["tool_calls"]]
    assert [turns[2]["tool_call_id"], turns[3]["tool_call_id"]] == [[calls[0]], [calls[1]]]
    assert turns[1]["tool_calls"][0]["arguments"] == {"n": "1", "of": '["plums"]'}
    assert sample["evaluation"]["num_turns"] == 6
    assert sample["evaluation"]["tool_calls_count"] == 2


def test_right_is_what_reaches_the_threshold():
    rows = [Row(item(), prediction(score=score)) for score in (0.0, 0.99, 1.0)]
    said = [json.loads(line)["evaluation"] for line in sample_lines(EXPORTED, iter(rows))]
    assert [one["is_correct"] for one in said] == [False, False, True]
