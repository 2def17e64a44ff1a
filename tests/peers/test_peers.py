"""A change of the formats of other harnesses is noticed: they write the logs that are read here."""

import json

import pytest

from generator.readers.logs import inspect_log, lm_eval
from generator.readers.logs.inspect_log import read_inspect
from generator.readers.logs.lm_eval import read_lm_eval
from generator.records.messages import Message, ToolCall
from tests.cli.test_main import project, run
from tests.peers.conftest import PLUMS
from tests.readers.logs.reading import read

__all__ = ["project"]


def test_generated_answers_of_lm_eval(lm_eval_log):
    found = read(read_lm_eval, lm_eval_log, select="plums", metric="exact_match,flexible")
    assert found.account.problems == []
    assert found.account.rows == 2 * len(PLUMS)
    assert found.account.dropped == {lm_eval.OTHER_FILTER: len(PLUMS)}
    assert [one.input for one in found.items] == [f"Q: {row['question']}\nA:" for row in PLUMS]
    assert [one.references for one in found.items] == [(row["answer"],) for row in PLUMS]
    assert {one.output for one in found.predictions} == {"lol"}
    assert {one.extracted for one in found.predictions} == {"lol"}
    assert {one.score for one in found.predictions} == {0.0}
    facts = found.account.facts
    assert facts["version"]
    assert facts["date"]
    assert facts["prompt"].startswith("1 worked examples; template ")
    assert found.account.generation["temperature"] == 0.0


def test_options_that_lm_eval_compared(lm_eval_log):
    found = read(read_lm_eval, lm_eval_log, select="plums_choices", metric="acc")
    assert (found.account.problems, len(found.entries)) == ([], len(PLUMS))
    for entry, row in zip(found.entries, PLUMS, strict=True):
        assert entry.item.choices == ("0", "3")
        assert entry.item.references == ("AB"[row["gold"]],)
        right = entry.prediction.extracted in entry.item.references
        assert entry.prediction.score == float(right)


def test_texts_of_inspect(inspect_logs):
    found = read(read_inspect, inspect_logs, select="sums", metric="match")
    assert found.account.problems == []
    assert found.account.dropped == {inspect_log.FURTHER_EPOCH: 3}
    rows = {entry.item.item_id: entry for entry in found.entries}
    assert rows["one"].item.tags == {"subject": "sums"}
    assert rows["two"].item.references == ("4", "four")
    assert rows["shots"].item.input == "2 + 3?"
    assert {key: row.prediction.score for key, row in rows.items()} == {
        "one": 0.0,
        "two": 0.0,
        "shots": 1.0,
    }
    assert {row.prediction.output for row in rows.values()} == {"It is 5"}
    assert rows["one"].prediction.tokens == 2
    assert found.account.facts["version"]
    assert found.account.generation == {"max_tokens": 20, "temperature": 0.5}


def test_options_of_inspect(inspect_logs):
    found = read(read_inspect, inspect_logs, select="colours")
    assert found.account.problems == []
    assert [one.score for one in found.predictions] == [1.0, 0.0]
    assert [one.extracted for one in found.predictions] == ["B", "B"]
    assert found.items[0].choices == ("the sky", "blood")
    assert found.items[0].input == "Which is red?"


def test_calls_of_inspect(inspect_logs):
    (prediction,) = read(read_inspect, inspect_logs, select="tools").predictions
    call = ToolCall(name="add", arguments=json.dumps({"x": 1, "y": 1}))
    assert prediction.output == (
        Message(role="assistant", content="Let me add.", tool_calls=(call,)),
        Message(role="tool", content="2"),
        Message(role="assistant", content="It is 3"),
    )
    assert prediction.score == 0.0


@pytest.mark.parametrize("task", ["sums", "colours", "tools"])
def test_from_a_log_of_inspect_to_sound_content(project, inspect_logs, task):
    status, _, messages = run(
        project,
        *("import", "inspect", str(inspect_logs), "--select", task, "--metric", METRICS[task]),
        *("--benchmark", task, "--model", "mock__model", "--contributor", "Ada"),
        *("--licence", "CC0-1.0", "--create", "--items-licence", "CC0-1.0"),
        *("--citation", "None.", "--threshold", "1"),
    )
    assert status == 0, messages
    assert run(project, "judge", "--workers", "1")[0] == 0
    status, _, messages = run(project, "validate")
    assert status == 0, messages


METRICS = {"sums": "match", "colours": "choice", "tools": "includes"}
