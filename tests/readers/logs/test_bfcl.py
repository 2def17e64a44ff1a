"""BFCL."""

import pytest

from generator.errors import InputError
from generator.readers.bfcl_rows import NO_CALL, category_of
from generator.readers.logs import bfcl
from generator.readers.logs.bfcl import read_bfcl
from generator.readers.logs.bfcl_turns import NO_RESULTS
from generator.records.keys import output_text
from generator.records.messages import Message, ToolCall
from tests.readers.logs.reading import read, write_lines

COUNT = {"name": "count", "parameters": {"type": "dict", "properties": {"what": {}}}}
ASKED = "Count the plums."


def prompt(number, category="simple"):
    return {"id": f"{category}_{number}", "question": ASKED, "function": COUNT}


def failed(number, category="simple", **changes):
    """A row of the scores, which are numbered from 1."""
    fields = {
        "id": number + 1,
        "valid": False,
        "error": ["Wrong."],
        "error_type": "value_error:string",
        "prompt": prompt(number, category),
        "model_result_decoded": [{"count": {"what": "pears"}}],
        "possible_answer": {"count": {"what": ["plums"]}},
    }
    return fields | changes


def result(number, output="[count(what='pears')]", category="simple", **more):
    return {"id": f"{category}_{number}", "result": output, "output_token_count": 9} | more


@pytest.fixture
def log(tmp_path):
    def run(results, scores, *, total=None, category="simple", model="alpha", beside=(), **chosen):
        count = len(results) if total is None else total
        header = {"accuracy": 0, "correct_count": count - len(scores), "total_count": count}
        write_lines(
            tmp_path / f"result/{model}/gorilla_openfunctions_v1_test_{category}_result.json",
            *results,
        )
        write_lines(tmp_path / f"score/{model}/{category}_score.json", header, *scores)
        for name, rows in dict(beside).items():
            write_lines(tmp_path / name, *rows)
        return read(read_bfcl, tmp_path, **chosen)

    return run


def test_scores_are_numbered_from_one_and_results_from_zero(log):
    found = log([result(0), result(1)], [failed(1)])
    assert [(one.item_id, one.score) for one in found.predictions] == [
        ("simple_0", 1.0),
        ("simple_1", 0.0),
    ]


def test_newer_scores_name_the_row(log):
    found = log([result(0), result(1)], [failed(1, id="simple_1")])
    assert [one.score for one in found.predictions] == [1.0, 0.0]


def test_a_failed_row_has_its_question_its_functions_and_the_right_call(log):
    (entry,) = log([result(0)], [failed(0)]).entries
    assert entry.item.input.startswith('Count the plums.\n\nAvailable functions:\n{\n "name"')
    assert entry.item.references == ('{"count": {"what": ["plums"]}}',)
    assert entry.item.tags == {"test category": "simple"}
    assert entry.prediction.extracted == '[{"count": {"what": "pears"}}]'
    assert entry.prediction.tokens == 9


def test_a_passed_row_knows_its_question_from_the_files_beside(log):
    assert log([result(0)], []).items == [None]
    beside = {
        "BFCL_v4_simple_python.json": [
            {
                "id": "simple_python_0",
                "question": [[{"role": "user", "content": ASKED}]],
                "function": [COUNT],
            }
        ],
        "possible_answer/BFCL_v4_simple_python.json": [
            {"id": "simple_python_0", "ground_truth": [{"count": {"what": ["plums"]}}]}
        ],
    }
    (item,) = log([result(0)], [], beside=beside).items
    assert item.input.startswith("Count the plums.\n\nAvailable functions:\n[")
    assert item.references == ('[{"count": {"what": ["plums"]}}]',)


def test_where_no_function_fits_the_reference_says_so(log):
    row = failed(0, "relevance", prompt=None, possible_answer=None)
    row["decoded_result"] = row.pop("model_result_decoded")
    beside = {"q.json": [{"id": "irrelevance_0", "question": ASKED, "function": []}]}
    found = log([result(0, "x", "relevance")], [row], category="relevance", beside=beside)
    assert found.items[0].references == (NO_CALL,)
    assert found.predictions[0].score == 0.0


def test_calls_of_an_interface_become_a_message(log):
    calls = [{"count": '{"what": "pears"}'}, {"stop": {}}]
    (prediction,) = log([result(0, calls)], [failed(0)]).predictions
    assert prediction.output == (
        Message(
            role="assistant",
            tool_calls=(
                ToolCall(name="count", arguments='{"what": "pears"}'),
                ToolCall(name="stop", arguments="{}"),
            ),
        ),
    )
    assert output_text(prediction) == '[{"count": {"what": "pears"}}, {"stop": {}}]'


def test_rows_without_scores_are_told(log):
    write = log([result(0, category="java")], [], category="java")
    assert len(write.entries) == 1
    found = log([result(0), result(0, category="multiple_function")], [], total=1)
    assert found.account.dropped == {bfcl.NO_SCORE: 1}


TURNS = [
    [{"role": "user", "content": "Go to the shed."}],
    [{"role": "user", "content": "Count the plums."}],
]
MULTI = {"id": "multi_turn_base_0", "question": TURNS, "involved_classes": ["Orchard"]}
STEPS = [[[{"cd": '{"to": "shed"}'}], "I am there."], [[{"count": {"what": "pears"}}]]]
SPOKEN = (
    Message(role="assistant", tool_calls=(ToolCall(name="cd", arguments='{"to": "shed"}'),)),
    Message(role="assistant", content="I am there."),
    Message(role="user", content="Count the plums."),
    Message(role="assistant", tool_calls=(ToolCall(name="count", arguments='{"what": "pears"}'),)),
)


def multi(log, row, **more):
    """A conversation that failed, its question in the file of scores."""
    score = {
        "id": "multi_turn_base_0",
        "error": {"error_type": "multi_turn:state"},
        "prompt": MULTI,
        "possible_answer": [["cd(to='shed')"], ["count(what='plums')"]],
    }
    return log([row | more], [score], category="multi_turn_base")


def test_a_conversation_without_its_log_has_no_results(log):
    counts = {"output_token_count": [[7, 2.0], [4]]}
    found = multi(log, result(0, STEPS, "multi_turn_base", **counts))
    (entry,) = found.entries
    assert entry.prediction.output == SPOKEN
    assert entry.prediction.tokens == 13
    assert entry.item.input.startswith("Go to the shed.\n\nAvailable functions are those of:")
    assert entry.item.references == ("[[\"cd(to='shed')\"], [\"count(what='plums')\"]]",)
    assert found.account.notes == {NO_RESULTS: 1}


def test_a_conversation_with_its_log_has_what_the_calls_returned(log):
    steps = {
        f"step_{n}": [{"role": "assistant", "content": step}] for n, step in enumerate(STEPS[0])
    }
    steps["step_0"] += [
        {"role": "handler_log", "content": "ok", "model_response_decoded": []},
        {"role": "tool", "content": {"at": "shed"}},
    ]
    logged = [
        [{"role": "state_info", "content": {}}],
        {"begin_of_turn_query": TURNS[0], **steps},
        {
            "begin_of_turn_query": TURNS[1],
            "step_0": [{"role": "assistant", "content": STEPS[1][0]}],
        },
    ]
    found = multi(log, result(0, STEPS, "multi_turn_base", inference_log=logged))
    (prediction,) = found.predictions
    told = Message(role="tool", content='{"at": "shed"}')
    assert prediction.output == (SPOKEN[0], told, *SPOKEN[1:])
    assert not found.account.notes


def test_a_conversation_in_which_the_model_is_silent_is_told(log):
    found = multi(log, result(0, [[""]], "multi_turn_base"))
    assert found.account.dropped == {bfcl.SILENT: 1}


def test_scores_that_were_cut_short_are_refused(log):
    header = {"accuracy": 0, "correct_count": 1, "total_count": 2}
    with pytest.raises(InputError, match="0 rows below a header that says otherwise"):
        log([result(0)], [], total=1, beside={"score/alpha/java_score.json": [header]})


def test_scores_that_name_no_row_are_refused(log):
    with pytest.raises(InputError, match="id: None: a number from 1"):
        log([result(0)], [failed(0, id=None)])


def test_one_model_of_several_is_chosen(log):
    log([result(0)], [failed(0)], model="beta")
    with pytest.raises(InputError, match=r"results of 2 models: .*--log-model: alpha, beta"):
        log([result(0)], [])
    assert log([result(0)], [], log_model="alpha").predictions[0].score == 1.0
    assert log([result(0)], [], log_model="beta").predictions[0].score == 0.0


def test_both_kinds_of_files_are_needed(tmp_path):
    write_lines(tmp_path / "simple_result.json", result(0))
    with pytest.raises(InputError, match=r"\*_result.json and \*_score.json"):
        read(read_bfcl, tmp_path)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("gorilla_openfunctions_v1_test_multiple_function", "multiple"),
        ("BFCL_v4_simple_python", "simple"),
        ("relevance", "irrelevance"),
        ("parallel_multiple_function", "parallel_multiple"),
    ],
)
def test_categories_of_all_versions_are_one(name, category):
    assert category_of(name) == category


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": 5}, "id"),
        ({"id": "simple"}, "id"),
        ({"result": None}, "result"),
        ({"result": ["x"]}, "result.0"),
    ],
)
def test_a_field_of_another_kind_is_named(log, changes, field):
    found = log([result(0, **changes), result(1)], [])
    assert found.ids == ["simple_1"]
    assert [problem.field for problem in found.account.problems] == [field]


@pytest.mark.shared
def test_real_results(shared_data):
    (root,) = (shared_data / "mirror").glob("*/HuanzhiMao/BFCL-Result/*/2024-08-11")
    (questions,) = (shared_data / "mirror").glob("*/ShishirPatil/gorilla/*/*/bfcl_eval/data")
    expected = {"claude-3-5-sonnet-20240620-FC": 274, "gpt-4o-2024-08-06": 928}
    for model, failures in expected.items():
        found = read(read_bfcl, root / "result" / model, root / "score" / model, questions)
        assert (found.account.rows, len(found.entries)) == (1290, 1290)
        assert sum(one.score == 0.0 for one in found.predictions) == failures
        failing = [one for one in found.entries if one.prediction.score == 0.0]
        assert all(one.item is not None for one in failing)
