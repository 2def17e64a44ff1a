"""lm-evaluation-harness."""

import json

import pytest

from generator.errors import InputError
from generator.readers.logs import lm_eval
from generator.readers.logs.lm_eval import read_lm_eval
from tests.readers.logs.reading import read, write_json, write_lines

DATE = "2026-01-21T03-44-18.458309"
SHOT = "Q: Ben has 1 plum.\n\nHow many?\nA: 1\n\n"
ASKED = "Q: Ann has 4 plums and eats 1. How many?\nA:"


def row(number=0, **changes):
    """A generated answer to a question about plums."""
    fields = {
        "doc_id": number,
        "doc": {"question": f"Ann has {number} plums.", "level": "easy"},
        "target": "3",
        "arguments": {"gen_args_0": {"arg_0": ASKED, "arg_1": {"until": ["\n"]}}},
        "resps": [["It is 2, I think."]],
        "filtered_resps": ["2"],
        "filter": "strict",
        "metrics": ["exact_match"],
        "exact_match": 0.0,
    }
    return fields | changes


def options(target="1", values=("-2.5", "-1.0"), **changes):
    """A question whose options were compared."""
    prompt = "Which is red?\nAnswer:"
    return row(
        target=target,
        arguments={
            f"gen_args_{n}": {"arg_0": prompt, "arg_1": f" {name}"}
            for n, name in enumerate(("the sky", "blood"))
        },
        resps=[[[value, "False"]] for value in values],
        filtered_resps=[[value, "False"] for value in values],
        filter="none",
        metrics=["acc", "acc_norm"],
        acc=1.0,
        acc_norm=0.0,
        **changes,
    )


def results(shots=0, **changes):
    return {
        "configs": {
            "plums": {
                "doc_to_text": "Q: {{question}}\nA:",
                "description": "Count.",
                "fewshot_delimiter": "\n\n",
                "generation_kwargs": {"until": ["\n"], "temperature": 0.0, "do_sample": False},
            }
        },
        "n-shot": {"plums": shots},
        "lm_eval_version": "0.4.9",
        "date": 1768964383.8,
        "model_name": "acme/alpha",
        "system_instruction": None,
    } | changes


@pytest.fixture
def log(tmp_path):
    def run(*rows, results=None, task="plums", **chosen):
        write_lines(tmp_path / f"samples_{task}_{DATE}.jsonl", *rows)
        if results is not None:
            write_json(tmp_path / f"results_{DATE}.json", results)
        return read(read_lm_eval, tmp_path, **chosen)

    return run


def test_a_generated_answer_is_taken_with_what_the_filter_found(log):
    (entry,) = log(row(), results=results()).entries
    assert (entry.item.item_id, entry.item.input, entry.item.references) == ("0", ASKED, ("3",))
    assert entry.item.tags == {"level": "easy"}
    prediction = entry.prediction
    assert (prediction.output, prediction.extracted, prediction.score) == (
        "It is 2, I think.",
        "2",
        0.0,
    )


def test_what_a_filter_did_not_find_is_no_answer(log):
    assert log(row(filtered_resps=["[invalid]"])).predictions[0].extracted is None


def test_without_a_filter_a_short_output_is_the_answer_and_a_long_one_is_not(log):
    short = row(0, filter="none", resps=[["2"]], filtered_resps=["2"])
    long = row(1, filter="none", resps=[["so\n2"]], filtered_resps=["so\n2"])
    assert [one.extracted for one in log(short, long).predictions] == ["2", None]


def test_worked_examples_are_no_part_of_the_question(log):
    arguments = {"gen_args_0": {"arg_0": SHOT + ASKED, "arg_1": {}}}
    for known in (None, results(shots=1)):
        assert log(row(arguments=arguments), results=known).items[0].input == ASKED


def test_a_question_of_two_paragraphs_stays_whole(log):
    question = "Ben has 1 plum.\n\nHow many has he?"
    prompt = f"{SHOT}Q: {question}\nA:"
    arguments = {"gen_args_0": {"arg_0": prompt, "arg_1": {}}}
    found = log(row(doc={"question": question}, arguments=arguments), results=results(shots=1))
    assert found.items[0].input == f"Q: {question}\nA:"


def test_a_prompt_of_turns_ends_in_the_question(log):
    turns = [
        {"role": "system", "content": "Count."},
        {"role": "user", "content": "Two plums?"},
        {"role": "assistant", "content": "2"},
        {"role": "user", "content": "Three plums?"},
    ]
    for prompt in (turns, json.dumps(turns)):
        arguments = {"gen_args_0": {"arg_0": prompt, "arg_1": {}}}
        assert log(row(arguments=arguments)).items[0].input == "Three plums?"


def test_older_versions_write_arguments_as_lists(log):
    assert log(row(arguments=[[ASKED, {"until": []}]]), results=results()).items[0].input == ASKED


def test_one_filter_of_several_counts(log):
    rows = [row(), row(1), row(filter="flexible", exact_match=1.0), row(1, filter="flexible")]
    found = log(*rows)
    assert [one.score for one in found.predictions] == [0.0, 0.0]
    assert found.account.dropped == {lm_eval.OTHER_FILTER: 2}
    found = log(*rows, metric="exact_match,flexible")
    assert [one.score for one in found.predictions] == [1.0, 0.0]
    assert found.account.facts["metric"].endswith("filter flexible")


def test_the_likeliest_option_is_the_output(log):
    found = log(options())
    (entry,) = found.entries
    assert entry.item.choices == ("the sky", "blood")
    assert entry.item.references == ("B",)
    assert (entry.prediction.output, entry.prediction.extracted) == ("blood", "B")
    assert entry.prediction.score == 1.0
    assert found.account.notes == {lm_eval.BY_LIKELIHOOD: 1}


def test_options_without_a_right_one_are_a_bad_row(log):
    (problem,) = log(options(target=[])).account.problems
    assert (problem.field, problem.wrong) == ("target", "the right option is expected")


def test_a_norm_divides_by_the_length_of_the_option(log):
    rows = [options(values=("-3.0", "-2.5"))]
    assert log(*rows).predictions[0].extracted == "B"
    found = log(*rows, metric="acc_norm")
    assert (found.predictions[0].extracted, found.predictions[0].score) == ("A", 0.0)


def test_the_right_option_may_be_named_by_its_text(log):
    assert log(options(target="blood")).items[0].references == ("B",)
    assert log(options(target="grass")).account.faults.total() == 1


def test_what_the_results_say_is_kept(log):
    account = log(row(), results=results(shots=5)).account
    assert account.facts["harness"] == "lm-evaluation-harness"
    assert account.facts["version"] == "0.4.9"
    assert account.facts["date"] == "2026-01-21"
    assert account.facts["model"] == "acme/alpha"
    assert account.facts["prompt"].startswith("5 worked examples; template ")
    assert 'description "Count."' in account.facts["prompt"]
    assert account.generation == {"until": "'\\n'", "temperature": 0.0, "do_sample": False}


def test_a_task_of_several_is_chosen(log):
    log(row(), task="pears")
    with pytest.raises(InputError, match="several files of samples: choose one of pears, plums"):
        log(row())
    assert log(row(), select="plums").account.facts["task"] == "plums"
    with pytest.raises(InputError, match="--select figs: no such task"):
        log(row(), select="figs")


def test_a_folder_without_samples_says_how_to_get_them(tmp_path):
    write_json(tmp_path / "results.json", {})
    with pytest.raises(InputError, match="--log_samples"):
        read(read_lm_eval, tmp_path)


def test_a_metric_that_is_not_there_is_named_with_those_that_are(log):
    with pytest.raises(InputError, match=r"f1: no such score.*: exact_match"):
        log(row(), metric="f1")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arguments": {}}, "arguments"),
        ({"arguments": {"gen_args_0": {"arg_0": 5, "arg_1": {}}}}, "arguments"),
        ({"resps": []}, "resps"),
        ({"resps": [[None]]}, "resps"),
        ({"target": None}, "target"),
        ({"exact_match": [1, 0]}, "exact_match"),
        ({"doc_id": None}, "doc_id"),
        ({"metrics": "exact_match"}, "metrics"),
    ],
)
def test_a_field_of_another_kind_is_named(log, changes, field):
    found = log(row(**changes), row(1))
    assert found.ids == ["1"]
    assert [problem.field for problem in found.account.problems] == [field]


def test_more_repeats_are_noted(log):
    found = log(row(resps=[["one", "two"]]))
    assert found.predictions[0].output == "one"
    assert found.account.notes == {lm_eval.SEVERAL: 1}


@pytest.mark.shared
def test_a_real_log(shared_data):
    found = read(read_lm_eval, shared_data / "peer_logs/lm_eval")
    assert (found.account.rows, len(found.entries)) == (10, 10)
    assert not found.account.problems
    assert {one.score for one in found.predictions} == {0.0}
    assert found.account.facts["version"] == "0.4.9.2"
    assert found.account.facts["date"] == "2026-01-21"
