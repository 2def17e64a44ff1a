"""Every Eval Ever, its samples and its aggregate."""

import pytest

from generator.errors import InputError
from generator.readers.logs import every_eval
from generator.readers.logs.every_eval import read_every_eval
from generator.readers.logs.messages import UNPAIRED
from generator.records.messages import MOST_TURNS, Message, ToolCall
from tests.readers.logs.reading import read, write_json, write_lines


def sample(**changes):
    """A sample of one turn, about plums."""
    fields = {
        "schema_version": "0.3.0",
        "evaluation_id": "plums/acme_alpha/1",
        "model_id": "acme/alpha",
        "evaluation_name": "plums",
        "sample_id": "plums_1",
        "interaction_type": "single_turn",
        "input": {"raw": "How many plums?", "reference": ["3"], "choices": None},
        "output": {"raw": ["I count 2."]},
        "messages": None,
        "answer_attribution": [
            {
                "turn_idx": 0,
                "source": "output.raw",
                "extracted_value": "2",
                "extraction_method": "regex",
                "is_terminal": True,
            }
        ],
        "evaluation": {"score": 0.0, "is_correct": False},
        "token_usage": {"input_tokens": 9, "output_tokens": 4, "total_tokens": 13},
        "error": None,
        "metadata": {"subject": "fruit", "latency": "3"},
    }
    return fields | changes


def talk(*messages, kind="multi_turn"):
    return {
        "interaction_type": kind,
        "output": None,
        "messages": [{"turn_idx": n, **message} for n, message in enumerate(messages)],
        "answer_attribution": [],
        "evaluation": {"score": 1.0, "is_correct": True, "num_turns": len(messages)},
    }


AGGREGATE = {
    "schema_version": "0.3.0",
    "evaluation_id": "plums/acme_alpha/1",
    "evaluation_timestamp": "1764288000",
    "eval_library": {"name": "plum_eval", "version": "2.1"},
    "model_info": {"id": "acme/alpha", "name": "Alpha"},
    "evaluation_results": [
        {
            "evaluation_name": "pears",
            "generation_config": {"generation_args": {"temperature": 0.9}},
        },
        {
            "evaluation_name": "plums",
            "metric_config": {"evaluation_description": "Exact match of the count"},
            "generation_config": {
                "generation_args": {
                    "temperature": 0.0,
                    "max_tokens": 64,
                    "prompt_template": "Count: {x}",
                    "reasoning": None,
                },
                "additional_details": {"num_fewshot": "0"},
            },
        },
    ],
}


@pytest.fixture
def samples(tmp_path):
    def run(*rows, **chosen):
        return read(read_every_eval, write_lines(tmp_path / "samples.jsonl", *rows), **chosen)

    return run


def test_one_turn_becomes_a_text(samples):
    (entry,) = samples(sample()).entries
    assert entry.item.input == "How many plums?"
    assert entry.item.references == ("3",)
    assert entry.item.tags == {"subject": "fruit"}
    prediction = entry.prediction
    assert (prediction.item_id, prediction.output, prediction.score) == (
        "plums_1",
        "I count 2.",
        0.0,
    )
    assert (prediction.extracted, prediction.tokens, entry.correct) == ("2", 4, False)


def test_several_turns_stay_a_conversation_that_begins_with_the_model(samples):
    row = sample(
        **talk(
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "How many plums?"},
            {"role": "assistant", "content": "Two?"},
            {"role": "user", "content": "Count again."},
            {"role": "assistant", "content": "Three."},
        )
    )
    (prediction,) = samples(row).predictions
    assert prediction.output == (
        Message(role="assistant", content="Two?"),
        Message(role="user", content="Count again."),
        Message(role="assistant", content="Three."),
    )


def test_calls_of_an_agent_are_kept(samples):
    call = {"id": "c1", "name": "count", "arguments": {"what": "plums"}}
    row = sample(
        **talk(
            {"role": "user", "content": "How many plums?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "content": "3", "tool_call_id": ["c1"]},
            {"role": "assistant", "content": "3"},
            kind="agentic",
        )
    )
    (prediction,) = samples(row).predictions
    assert prediction.output[0] == Message(
        role="assistant", tool_calls=(ToolCall(name="count", arguments='{"what": "plums"}'),)
    )
    assert [message.role for message in prediction.output] == ["assistant", "tool", "assistant"]


def agent(*ids, named=("c1", "c2"), results=("r1", "r2")):
    """An agent that makes two calls at once, whose results name ``ids``."""
    calls = [{"id": name, "name": "count", "arguments": {}} for name in named]
    answers = [
        {"role": "tool", "content": text, "tool_call_id": [name]}
        for text, name in zip(results, ids, strict=True)
    ]
    first = {"role": "assistant", "content": "", "tool_calls": calls}
    return sample(**talk({"role": "user", "content": "?"}, first, *answers, kind="agentic"))


def test_names_of_calls_are_kept_where_results_come_in_another_order(samples):
    (prediction,) = samples(agent("c2", "c1")).predictions
    assert [call.id for call in prediction.output[0].tool_calls] == ["c1", "c2"]
    assert [turn.call_id for turn in prediction.output] == [None, "c2", "c1"]
    (prediction,) = samples(agent("c1", "c2")).predictions
    assert [call.id for call in prediction.output[0].tool_calls] == [None, None]
    assert [turn.call_id for turn in prediction.output] == [None, None, None]


def test_a_result_of_a_call_that_was_not_made_is_kept_and_told(samples):
    found = samples(agent("c2", "c9"))
    assert [turn.call_id for turn in found.predictions[0].output] == [None, "c2", None]
    assert found.account.notes == {UNPAIRED: 1}


def test_a_name_that_was_used_before_gets_a_number(samples):
    (prediction,) = samples(agent("c", "c", named=("c", "c"))).predictions
    assert [call.id for call in prediction.output[0].tool_calls] == ["c", "c-2"]
    assert [turn.call_id for turn in prediction.output] == [None, "c-2", None]


def test_a_conversation_without_end_is_a_bad_row(samples):
    turns = [{"role": "assistant", "content": "again"}] * (MOST_TURNS + 1)
    (problem,) = samples(sample(**talk(*turns))).account.problems
    assert problem.wrong == "more than 1,000 entries"


def test_a_conversation_of_one_turn_stays_a_conversation(samples):
    row = sample(**talk({"role": "user", "content": "?"}, {"role": "assistant", "content": "3"}))
    assert samples(row).predictions[0].output == (Message(role="assistant", content="3"),)


def test_an_error_instead_of_an_answer_is_dropped(samples):
    rows = [
        sample(error="timeout", output={"raw": []}),
        sample(sample_id="2", error="slow, but there"),
        sample(sample_id="3", **talk({"role": "user", "content": "?"})),
    ]
    found = samples(*rows)
    assert found.ids == ["2"]
    assert found.account.dropped == {
        every_eval.HARNESS_FAILED: 1,
        "the model said nothing in the conversation": 1,
    }


def test_an_empty_output_is_an_output(samples):
    assert samples(sample(output={"raw": [""]})).predictions[0].output == ""
    assert samples(sample(output={"raw": []})).predictions[0].output == ""


def test_reasoning_and_further_outputs_are_left_out_and_noted(samples):
    found = samples(sample(output={"raw": ["a", "b"], "reasoning_trace": ["so"]}))
    assert found.predictions[0].output == "a"
    assert set(found.account.notes) == {every_eval.SEVERAL, every_eval.REASONING}


def test_intermediate_answers_do_not_count(samples):
    given = {"turn_idx": 0, "source": "output.raw", "extraction_method": "regex"}
    attribution = [
        given | {"extracted_value": "3", "is_terminal": True},
        given | {"extracted_value": "1", "is_terminal": False},
    ]
    assert samples(sample(answer_attribution=attribution)).predictions[0].extracted == "3"


def test_several_models_evaluations_or_metrics_want_a_choice(samples):
    with pytest.raises(InputError, match=r"more than one model.*--log-model"):
        samples(sample(), sample(model_id="acme/beta"))
    with pytest.raises(InputError, match=r"more than one task.*--select"):
        samples(sample(), sample(evaluation_name="pears"))
    rows = [sample(evaluation_result_id="em"), sample(evaluation_result_id="f1")]
    with pytest.raises(InputError, match=r"more than one evaluation_result_id.*--select"):
        samples(*rows)
    assert len(samples(*rows, select="f1").entries) == 1
    assert len(samples(sample(), sample(model_id="b"), log_model="b").entries) == 1


def test_what_the_aggregate_says_is_kept(tmp_path):
    write_lines(tmp_path / "run_samples.jsonl", sample())
    write_json(tmp_path / "run.json", AGGREGATE)
    account = read(read_every_eval, tmp_path, select="plums").account
    assert account.facts == {
        "harness": "plum_eval",
        "version": "2.1",
        "date": "2025-11-28",
        "prompt": "Count: {x}",
        "metric": "Exact match of the count",
        "model": "acme/alpha",
        "task": "plums",
    }
    assert account.generation == {"temperature": 0.0, "max_tokens": 64, "num_fewshot": 0}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"input": None}, "input"),
        ({"input": {"raw": 3, "reference": []}}, "input.raw"),
        ({"input": {"raw": "q", "reference": "3"}}, "input.reference"),
        ({"input": {"raw": "q", "reference": [3]}}, "input.reference"),
        ({"output": None}, "output"),
        ({"evaluation": {"score": "high", "is_correct": True}}, "evaluation.score"),
        ({"evaluation": {"is_correct": True}}, "evaluation.score"),
        ({"interaction_type": "telepathy"}, "interaction_type"),
        ({"sample_id": None}, "sample_id"),
        ({"model_id": 5}, "model_id"),
        ({"interaction_type": "agentic", "messages": [{"role": "ghost"}]}, "messages.0.role"),
        ({"interaction_type": "agentic", "messages": ["hello"]}, "messages.0"),
        ({"interaction_type": "agentic", "messages": "hello"}, "messages"),
    ],
)
def test_a_field_of_another_kind_is_named(samples, changes, field):
    found = samples(sample(**changes), sample(sample_id="sound"))
    assert found.ids == ["sound"]
    (problem,) = found.account.problems
    assert (problem.line, problem.field) == (1, field)
