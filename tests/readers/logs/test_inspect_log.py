"""Inspect AI."""

import sys

import pytest

from generator.errors import InputError
from generator.readers.logs import inspect_log
from generator.readers.logs.inspect_log import read_inspect
from generator.readers.logs.messages import NO_TEXT, REASONING
from generator.records.messages import Message, ToolCall
from tests.readers.logs.reading import read, write_json


def said(role, content, source=None, **more):
    return {"role": role, "content": content, "source": source} | more


def sample(**changes):
    """A sample about plums."""
    fields = {
        "id": 1,
        "epoch": 1,
        "input": "How many plums?",
        "choices": ["two", "three"],
        "target": "B",
        "messages": [
            said("user", "Answer with a letter. How many plums?", "input"),
            said("assistant", "ANSWER: A", "generate"),
        ],
        "output": {
            "completion": "ANSWER: A",
            "choices": [{"stop_reason": "stop"}],
            "usage": {"output_tokens": 4},
        },
        "scores": {"choice": {"value": "I", "answer": "A"}},
        "metadata": {"subject": "fruit", "seed": 3},
    }
    return fields | changes


def header(**changes):
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "task": "plums",
            "model": "acme/alpha",
            "created": "2026-10-21T00:40:45+02:00",
            "packages": {"inspect_ai": "0.3.138"},
            "model_generate_config": {"temperature": 0.5},
        }
        | changes,
        "plan": {
            "steps": [{"solver": "system_message"}, {"solver": "generate"}],
            "config": {"max_tokens": 20},
        },
    }


@pytest.fixture
def log(tmp_path):
    def run(*samples, name="log.json", about=None, **chosen):
        write_json(tmp_path / name, header(**(about or {})) | {"samples": list(samples)})
        return read(read_inspect, tmp_path, **chosen)

    return run


def test_the_letter_of_the_score_is_not_the_letter_of_the_answer(log):
    right = sample(id="x", scores={"choice": {"value": "C", "answer": "B"}})
    found = log(sample(), right)
    (entry, other) = found.entries
    assert (entry.prediction.score, entry.prediction.extracted) == (0.0, "A")
    assert (other.prediction.score, other.prediction.extracted) == (1.0, "B")
    assert entry.item.choices == ("two", "three")
    assert entry.item.references == ("B",)
    assert entry.item.tags == {"subject": "fruit"}
    assert (entry.prediction.finish_reason, entry.prediction.tokens) == ("stop", 4)
    assert found.ids == ["1", "x"]


@pytest.mark.parametrize(
    ("value", "score"),
    [("P", 0.5), ("N", 0.0), (0.65, 0.65), (True, 1.0), ("0.25", 0.25), (1, 1.0)],
)
def test_scores_of_every_kind(log, value, score):
    assert log(sample(scores={"s": {"value": value}})).predictions[0].score == score


@pytest.mark.parametrize("value", ["maybe", None, [1], float("inf")])
def test_a_value_that_is_no_score_is_a_bad_row(log, value):
    found = log(sample(scores={"s": {"value": value}}))
    assert [problem.field for problem in found.account.problems] == ["scores.s.value"]


def test_one_scorer_of_several_is_chosen(log):
    scores = {"match": {"value": "I"}, "judge": {"value": {"style": 1, "facts": 0.5}}}
    with pytest.raises(InputError, match=r"several scorers: choose one .*: match, judge"):
        log(sample(scores=scores))
    with pytest.raises(InputError, match=r"several values: choose .*: judge.style, judge.facts"):
        log(sample(scores=scores), metric="judge")
    assert log(sample(scores=scores), metric="match").predictions[0].score == 0.0
    assert log(sample(scores=scores), metric="judge.facts").predictions[0].score == 0.5


def test_errors_limits_further_epochs_and_missing_scores_are_told(log):
    found = log(
        sample(scores={}, error={"message": "boom"}),
        sample(scores={}),
        sample(scores=None),
        sample(epoch=2),
        sample(limit={"type": "token"}),
    )
    assert len(found.entries) == 1
    assert found.account.dropped == {
        inspect_log.FAILED: 1,
        inspect_log.NO_SCORE: 2,
        inspect_log.FURTHER_EPOCH: 1,
    }
    assert found.account.notes == {inspect_log.LIMITED: 1}


def test_a_log_without_samples_gives_no_rows(tmp_path):
    write_json(tmp_path / "log.json", {"eval": header()["eval"], "plan": {}})
    found = read(read_inspect, tmp_path)
    assert (found.entries, found.account.rows) == ([], 0)


def test_tool_calls_become_messages(log):
    call = {"id": "c", "function": "add", "arguments": {"x": 1}, "type": "function"}
    messages = [
        said("system", "Be brief."),
        said("user", "Add 1 and 1.", "input"),
        said("assistant", "", "generate", tool_calls=[call]),
        said("tool", "2", tool_call_id="c", function="add"),
        said("assistant", [{"type": "text", "text": "It is 3."}], "generate"),
    ]
    (prediction,) = log(sample(messages=messages)).predictions
    assert prediction.output == (
        Message(role="assistant", tool_calls=(ToolCall(name="add", arguments='{"x": 1}'),)),
        Message(role="tool", content="2"),
        Message(role="assistant", content="It is 3."),
    )


def test_worked_examples_of_the_input_are_not_what_the_model_said(log):
    turns = [said("user", "1?"), said("assistant", "1"), said("user", "2 + 3?")]
    messages = [turn | {"source": "input"} for turn in turns]
    messages.append(said("assistant", "5", "generate"))
    (entry,) = log(sample(input=turns, messages=messages)).entries
    assert entry.item.input == "2 + 3?"
    assert entry.prediction.output == "5"


def test_reasoning_is_left_out_and_pictures_are_named(log):
    content = [
        {"type": "reasoning", "reasoning": "hm"},
        {"type": "image", "image": "data:..."},
        {"type": "text", "text": "A"},
    ]
    found = log(sample(messages=[said("user", "q", "input"), said("assistant", content)]))
    assert found.predictions[0].output == "[image]\nA"
    assert found.account.notes == {REASONING: 1, NO_TEXT: 1}


def test_attachments_are_put_in_their_place(log):
    messages = [said("user", "q", "input"), said("assistant", "attachment://abc")]
    found = log(sample(messages=messages, attachments={"abc": "a long answer"}))
    assert found.predictions[0].output == "a long answer"


def test_a_completion_without_messages_is_taken(log):
    assert log(sample(messages=[])).predictions[0].output == "ANSWER: A"
    found = log(sample(messages=[], output={}))
    assert found.account.dropped == {inspect_log.SILENT: 1}


def test_several_targets_are_references_and_an_empty_one_is_none(log):
    found = log(sample(target=["4", "four"]), sample(target=""))
    assert [item.references for item in found.items] == [("4", "four"), ()]


def test_what_the_log_says_of_the_run_is_kept(log):
    account = log(sample()).account
    assert account.facts["version"] == "0.3.138"
    assert account.facts["date"] == "2026-10-21"
    assert account.facts["prompt"] == "Solvers of Inspect AI: system_message, generate."
    assert account.generation == {"max_tokens": 20, "temperature": 0.5}


def test_one_run_of_a_folder_is_chosen(log):
    log(sample(), name="a.json", about={"task": "pears"})
    with pytest.raises(InputError, match="more than one task: pears and plums"):
        log(sample())
    assert log(sample(), select="pears").account.facts["task"] == "pears"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": None}, "id"),
        ({"input": 5}, "input"),
        ({"input": [said("assistant", "x")]}, "input"),
        ({"target": 5}, "target"),
        ({"choices": [1]}, "choices"),
        ({"messages": [{"role": "ghost"}]}, "messages.0.role"),
        ({"messages": 5}, "messages"),
    ],
)
def test_a_field_of_another_kind_is_named(log, changes, field):
    found = log(sample(**changes), sample(id=2))
    assert found.ids == ["2"]
    assert [problem.field for problem in found.account.problems] == [field]


def test_another_document_is_refused(tmp_path):
    with pytest.raises(InputError, match="no log of Inspect AI"):
        read(read_inspect, write_json(tmp_path / "a.json", {"results": []}))
    path = tmp_path / "b.json"
    path.write_text("{")
    with pytest.raises(InputError, match="not JSON"):
        read(read_inspect, path)


def test_a_packed_log_says_what_it_needs(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "inspect_ai", None)
    monkeypatch.setitem(sys.modules, "inspect_ai.log", None)
    path = tmp_path / "log.eval"
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match=r"erroratlas\[inspect\].*inspect log convert"):
        read(read_inspect, path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows", "solved"),
    [
        ("data_arc_qwen", 3, 1),
        ("data_arc_sonnet", 5, 5),
        ("data_pubmedqa_gpt4o_mini", 2, 2),
        ("data_with_llm_scoring", 0, 0),
    ],
)
def test_real_logs(shared_data, name, rows, solved):
    found = read(read_inspect, shared_data / f"peer_logs/inspect/{name}.json")
    assert (found.account.rows, len(found.entries)) == (rows, rows)
    assert not found.account.problems
    assert sum(one.score for one in found.predictions) == solved
