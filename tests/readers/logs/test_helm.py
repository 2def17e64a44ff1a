"""HELM."""

import pytest

from generator.errors import InputError
from generator.readers.logs import helm
from generator.readers.logs.helm import read_helm
from tests.readers.logs.reading import read, write_json

NAME = "plums:model=acme_alpha,method=joint"


def instance(name="id1", **changes):
    return {
        "input": {"text": "How many plums?"},
        "references": [
            {"output": {"text": "two"}, "tags": []},
            {"output": {"text": "three"}, "tags": ["correct"]},
        ],
        "split": "test",
        "id": name,
    } | changes


def state(name="id1", text=" A", **changes):
    fields = {
        "instance": instance(name),
        "train_trial_index": 0,
        "output_mapping": {"A": "two", "B": "three"},
        "request": {"prompt": "examples and all"},
        "result": {
            "success": True,
            "completions": [{"text": text}],
            "request_datetime": 1_762_354_922,
        },
    }
    return fields | changes


def stats(name="id1", **scores):
    named = scores or {"exact_match": 0.0, "num_bytes": 7}
    listed = [{"name": {"name": key}, "mean": value} for key, value in named.items()]
    return {"instance_id": name, "train_trial_index": 0, "stats": listed}


SPEC = {
    "name": NAME,
    "adapter_spec": {
        "method": "multiple_choice_joint",
        "instructions": "Count the plums.\n",
        "max_train_instances": 5,
        "temperature": 0.0,
        "max_tokens": 1,
        "stop_sequences": ["\n"],
        "model": "acme/alpha",
    },
}


@pytest.fixture
def run(tmp_path):
    def go(states, scored, folder=NAME, **chosen):
        write_json(tmp_path / folder / "run_spec.json", SPEC)
        write_json(tmp_path / folder / "scenario_state.json", {"request_states": states})
        write_json(tmp_path / folder / "per_instance_stats.json", scored)
        return read(read_helm, tmp_path, **chosen)

    return go


def test_an_instance_is_joined_with_its_score(run):
    (entry,) = run([state()], [stats()]).entries
    assert (entry.item.item_id, entry.item.input) == ("id1", "How many plums?")
    assert entry.item.choices == ("two", "three")
    assert entry.item.references == ("B",)
    assert entry.item.tags == {"split": "test"}
    prediction = entry.prediction
    assert (prediction.output, prediction.extracted, prediction.score) == (" A", "A", 0.0)


def test_without_options_the_right_texts_are_the_references(run):
    (entry,) = run([state(output_mapping=None, text=" Two.")], [stats()]).entries
    assert (entry.item.choices, entry.item.references) == ((), ("three",))
    assert entry.prediction.extracted is None


def test_copies_trials_options_and_failures_are_told(run):
    found = run(
        [
            state(instance=instance(perturbation={"name": "typos"})),
            state(train_trial_index=1),
            state(reference_index=0),
            state(result={"success": False, "completions": []}),
            state("id2"),
            state(),
        ],
        [stats()],
    )
    assert found.ids == ["id1"]
    assert found.account.dropped == {
        helm.PERTURBED: 1,
        helm.FURTHER_TRIAL: 1,
        helm.PER_OPTION: 1,
        helm.FAILED: 1,
        helm.NO_SCORE: 1,
    }


def test_scores_of_copies_and_further_trials_do_not_count(run):
    scored = [
        stats(exact_match=1.0) | {"perturbation": {"name": "typos"}},
        stats(exact_match=1.0) | {"train_trial_index": 1},
        stats(exact_match=0.0),
    ]
    assert run([state()], scored).predictions[0].score == 0.0


def test_another_score_can_be_chosen(run):
    scored = [stats(exact_match=0.0, f1_score=0.4)]
    assert run([state()], scored, metric="f1_score").predictions[0].score == 0.4
    with pytest.raises(InputError, match=r"no score bleu: choose .*: exact_match, f1_score"):
        run([state()], scored, metric="bleu")


def test_the_shorter_files_are_read_too(tmp_path):
    folder = tmp_path / "run"
    write_json(folder / "run_spec.json", SPEC)
    write_json(folder / "instances.json", [instance()])
    shown = {"instance_id": "id1", "predicted_text": "two", "train_trial_index": 0}
    write_json(folder / "display_predictions.json", [shown, shown | {"instance_id": "id9"}])
    write_json(folder / "per_instance_stats.json", [stats()])
    found = read(read_helm, folder)
    assert [one.output for one in found.predictions] == ["two"]
    assert found.items[0].references == ("three",)
    assert found.account.problems[0].field == "instance_id"


def test_what_the_specification_says_is_kept(run):
    account = run([state()], [stats()]).account
    assert account.facts["harness"] == "HELM"
    assert account.facts["model"] == "acme/alpha"
    assert account.facts["date"] == "2025-11-05"
    assert account.facts["prompt"] == "Up to 5 worked examples. Instructions: Count the plums."
    assert account.generation == {
        "temperature": 0.0,
        "max_tokens": 1,
        "stop_sequences": "'\\n'",
        "method": "multiple_choice_joint",
    }


def test_of_many_runs_a_message_names_some(tmp_path):
    for number in range(14):
        write_json(tmp_path / f"run-{number:02}" / "scenario_state.json", {"request_states": []})
    with pytest.raises(InputError, match=r"14 runs fit: .*: run-00, .*, run-09 and 4 more$"):
        read(read_helm, tmp_path)


def test_one_run_of_several_is_chosen(run):
    run([state()], [stats()], folder="other")
    with pytest.raises(InputError, match="2 runs fit: name one run folder"):
        run([state()], [stats()])
    assert run([state()], [stats()], select=NAME).ids == ["id1"]


def test_missing_scores_are_said(tmp_path):
    write_json(tmp_path / "scenario_state.json", {"request_states": []})
    with pytest.raises(InputError, match=r"per_instance_stats.json: the file is missing"):
        read(read_helm, tmp_path)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"instance": 5}, "instance_id"),
        ({"instance": instance(input={})}, "instance.input.text"),
        ({"instance": instance(references=[{"output": "x"}])}, "instance.references.0.output"),
        ({"result": {"success": True, "completions": []}}, "result"),
        (
            {"result": {"success": True, "completions": [{"text": None}]}},
            "result.completions.0.text",
        ),
    ],
)
def test_a_field_of_another_kind_is_named(run, changes, field):
    found = run([state(**changes), state("id2")], [stats(), stats("id2")])
    assert found.ids == ["id2"]
    assert [problem.field for problem in found.account.problems] == [field]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "commonsense-dataset=hellaswag,method=multiple_choice_joint,model=eleutherai_pythia-1b-v0",
            10,
        ),
        ("mmlu-subject=philosophy,method=multiple_choice_joint,model=openai_gpt2", 10),
        ("narrative_qa-model=openai_gpt2", 5),
    ],
)
def test_real_runs(shared_data, name, rows):
    found = read(read_helm, shared_data / "peer_logs/helm" / name)
    assert (found.account.rows, len(found.entries)) == (rows, rows)
    assert not found.account.problems
    assert all(one.references for one in found.items)
    for entry in found.entries:
        if entry.item.choices:
            right = entry.prediction.extracted in entry.item.references
            assert float(right) == entry.prediction.score
