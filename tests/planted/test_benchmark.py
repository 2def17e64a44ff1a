"""The benchmark as a whole: determinism, scores, labels, no leak."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.planted.benchmark import SLUG, generate
from generator.planted.families import FAMILIES
from generator.planted.files import planted_files
from generator.planted.kinds import KINDS
from generator.planted.wordings import (
    deliveries,
    lists,
    multiple_choice,
    notes,
    units_time,
    word_problems,
)
from generator.records.benchmark import Benchmark, Item
from generator.records.label import Label
from generator.records.model import Model
from generator.records.prediction import Prediction, Run
from generator.store.documents import read_document
from tests.planted.reading import (
    ANSWERS,
    broken,
    equations,
    is_right,
    is_right_text,
    quantities,
    requirements,
)

CATEGORIES = {f"E{number:02}" for number in range(1, 18)}
WORKED = {"word-problem", "multiple-choice", "units-time"}


def right_calls(output: str, reference: str) -> bool:
    """Whether an output holds the calls of the reference, fences and words aside."""
    starts = [i for i in (output.find("{"), output.find("[")) if i >= 0]
    end = max(output.rfind("}"), output.rfind("]"))
    if not starts:
        return False
    try:
        return json.loads(output[min(starts) : end + 1]) == json.loads(reference)
    except ValueError:
        return False


def test_same_seed_gives_the_same_files_and_another_seed_others():
    first, again, other = (planted_files(generate(seed, 55)) for seed in (5, 5, 6))
    assert first == again
    assert first.keys() == other.keys()
    assert first[f"benchmarks/{SLUG}/items.jsonl"] != other[f"benchmarks/{SLUG}/items.jsonl"]


def test_committed_files_are_what_the_generator_makes(planted, content_root):
    for name, contents in planted_files(planted).items():
        assert (content_root / name).read_bytes() == contents, f"{name}: run erroratlas new planted"


def test_no_file_of_a_system_is_left_over(planted, content_root):
    folders = {path.name for path in (content_root / "predictions" / SLUG).iterdir()}
    assert folders == set(planted.predictions)


def test_files_stay_small_and_plain(planted):
    files = planted_files(planted)
    assert sum(map(len, files.values())) < 3_000_000
    for name, contents in files.items():
        text = contents.decode()
        assert text.endswith("\n")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text), name


def test_every_line_and_document_is_a_valid_record(planted, tmp_path):
    kinds = {"items": Item, "predictions": Prediction, SLUG: Label}
    documents = {"benchmark": Benchmark, "run": Run}
    for name, contents in planted_files(planted).items():
        stem, suffix = name.rsplit("/", 1)[-1].rsplit(".", 1)
        if suffix == "jsonl":
            for line in contents.decode().splitlines():
                record = kinds[stem].model_validate_json(line, strict=True)
                assert json.loads(line) == json.loads(record.model_dump_json(exclude_defaults=True))
        else:
            path = tmp_path / "document.yml"
            path.write_bytes(contents)
            document, problems = read_document(path, documents.get(stem, Model), name)
            assert document is not None
            assert not problems


def test_it_says_that_systems_are_no_language_models(planted):
    files = {name: contents.decode() for name, contents in planted_files(planted).items()}
    assert "not language models" in files[f"benchmarks/{SLUG}/benchmark.yml"]
    for name, text in files.items():
        if name.startswith("models/"):
            assert "kind: program" in text
            assert "not a language model" in text


def test_size_and_balance(planted):
    families = Counter(item.tags["family"] for item in planted.items)
    assert set(families) == set(FAMILIES)
    assert sum(families.values()) >= 240
    assert len({item.input for item in planted.items}) == len(planted.items)
    for predictions in planted.predictions.values():
        failed = sum(p.score == 0.0 for p in predictions) / len(predictions)
        assert 0.3 <= failed <= 0.46


def test_every_category_has_at_least_25_failures(planted):
    counts = Counter(label.category for label in planted.labels)
    assert set(counts) == CATEGORIES
    assert min(counts.values()) >= 25
    assert {label.subcategory for label in planted.labels} == set(KINDS)


def test_what_is_held_out_is_two_families_and_a_third_of_all_wordings(planted):
    for family in FAMILIES:
        splits = Counter(i.tags["split"] for i in planted.items if i.tags["family"] == family)
        if family in {"units-time", "notation"}:
            assert set(splits) == {"held-out"}
        else:
            assert 0.28 <= splits["held-out"] / splits.total() <= 0.4
            late = {i.tags["wording"][-1] for i in planted.items if i.tags["family"] == family}
            assert late == {"1", "2", "3"}


def test_developed_categories_have_failures_too(planted):
    splits = {item.item_id: item.tags["split"] for item in planted.items}
    counts = Counter(x.category for x in planted.labels if splits[x.item_id] == "developed")
    assert set(counts) == CATEGORIES - {"E17"}
    assert min(counts.values()) >= 25


PHRASES = {
    name: value
    for module in (deliveries, lists, notes)
    for name, value in vars(module).items()
    if isinstance(value, tuple) and all(isinstance(entry, str) for entry in value)
    if name not in {"ONES", "TENS"}
}


@pytest.mark.parametrize("name", PHRASES)
def test_developed_and_held_out_texts_share_no_phrase(planted, name):
    """Told by the longest piece of each phrase that is the same whatever fills its slots."""
    items = {item.item_id: item for item in planted.items}
    texts = {"developed": [], "held-out": []}
    for item in planted.items:
        texts[item.tags["split"]].append(item.input)
    for predictions in planted.predictions.values():
        for prediction in predictions:
            texts[items[prediction.item_id].tags["split"]].append(prediction.output)
    whole = {split: "\n".join(found) for split, found in texts.items()}
    for place, phrase in enumerate(PHRASES[name]):
        piece = max(re.split(r"\{\w+\}", phrase), key=len)
        if len(piece) >= 12:
            other = "developed" if place % 3 == 2 else "held-out"
            assert piece not in whole[other], piece


def test_systems_have_signatures_of_their_own(planted):
    tops = {model: counts.most_common(1)[0][0] for model, counts in planted.counts().items()}
    assert len(set(tops.values())) >= 5


def test_exactly_the_failures_are_labelled_in_order(planted):
    failed = [
        (model, prediction.item_id)
        for model, predictions in planted.predictions.items()
        for prediction in predictions
        if prediction.score < 1.0
    ]
    assert [(label.model, label.item_id) for label in planted.labels] == failed


def test_references_are_right_when_solved_anew(planted):
    wordings = {
        f"{story.id}-{n}": (story.id, wording)
        for story in (*word_problems.STORIES, *multiple_choice.STORIES, *units_time.STORIES)
        for n, wording in enumerate(story.wordings, start=1)
    }
    for item in planted.items:
        if item.tags["family"] not in WORKED:
            continue
        story, wording = wordings[item.tags["wording"]]
        answer = ", ".join(map(str, ANSWERS[story](**quantities(item.input, wording))))
        if item.choices:
            assert item.choices["ABCDEFGH".index(item.references[0])] == answer
            assert len(set(item.choices)) == len(item.choices) >= 5
        else:
            assert item.references == (answer,)
        assert all(equation.holds for equation in equations(item.solution))


def test_calls_of_the_reference_take_every_value_from_the_request(planted):
    for item in planted.items:
        if item.tags["family"] == "tool-call":
            functions, request = item.input.split("\n")[:2]
            names = {f["name"] for f in json.loads(functions.removeprefix("Functions: "))}
            calls = json.loads(item.references[0])
            for call in calls if isinstance(calls, list) else [calls]:
                assert call["name"] in names
                assert all(str(value) in request for value in call["arguments"].values())


def test_scores_agree_with_an_independent_harness(planted):
    items = {item.item_id: item for item in planted.items}
    for predictions in planted.predictions.values():
        for prediction in predictions:
            item = items[prediction.item_id]
            form, reference = item.tags["form"], item.references[0]
            if item.tags["family"] == "tool-call":
                right = right_calls(prediction.output, reference)
                if form == "bare":
                    right &= prediction.output[:1] in "{[" and prediction.output[-1:] in "}]"
            elif item.tags["family"] == "writing":
                right = not broken(prediction.output, requirements(item.input))
            elif item.tags["family"] in WORKED:
                right = is_right(prediction.output, reference, form)
            else:
                right = is_right_text(prediction.output, reference, form)
            assert prediction.score == float(right), prediction
            if item.tags["family"] != "writing":
                assert (prediction.extracted == reference) == right


def test_right_outputs_hold_no_false_equation_and_every_step(planted):
    items = {item.item_id: item for item in planted.items}
    for predictions in planted.predictions.values():
        for prediction in predictions:
            item = items[prediction.item_id]
            if prediction.score == 1.0 and item.solution is not None:
                assert equations(prediction.output) == equations(item.solution)


def test_nothing_of_the_cause_is_in_items_or_predictions(planted):
    for item in planted.items:
        assert set(item.tags) == {"family", "form", "split", "steps", "wording"}
        assert not set(item.tags.values()) & {*KINDS, *KINDS.values()}
    files = planted_files(planted)
    for name, contents in files.items():
        if name.endswith(("items.jsonl", "predictions.jsonl")):
            text = contents.decode()
            assert not re.search(r"\bE[01][0-9]\b|planted|fault(?!y)", text), name
        if name.endswith("predictions.jsonl"):
            fields = {field for line in text.splitlines() for field in json.loads(line)}
            assert fields == {"item_id", "output", "score", "extracted", "finish_reason"}


def test_items_do_not_depend_on_what_the_systems_do(planted, monkeypatch):
    monkeypatch.setattr("generator.planted.benchmark.SYSTEMS", ())
    assert generate().items == planted.items


@pytest.mark.parametrize("items", [0, 19, 5_001])
def test_a_number_of_items_out_of_range_is_refused(items):
    with pytest.raises(InputError, match=f"{items} items: ask for 20 to 5000"):
        generate(1, items)


@settings(max_examples=12)
@given(st.integers(0, 2**63), st.integers(20, 45))
def test_any_seed_gives_consistent_items_scores_and_labels(seed, items):
    made = generate(seed, items)
    assert len(made.items) == len({item.input for item in made.items}) == items
    causes = {(label.model, label.item_id): label for label in made.labels}
    references = {item.item_id: item.references[0] for item in made.items}
    families = {item.item_id: item.tags["family"] for item in made.items}
    for model, predictions in made.predictions.items():
        assert [p.item_id for p in predictions] == list(references)
        for prediction in predictions:
            label = causes.get((model, prediction.item_id))
            right = prediction.extracted == references[prediction.item_id]
            if families[prediction.item_id] == "writing":
                right = label is None
            assert right == (prediction.score == 1.0) == (label is None)
            if label is not None and label.category in {"E01", "E02"}:
                assert prediction.extracted is None
            if label is not None and label.subcategory == "arithmetic":
                assert sum(not e.holds for e in equations(prediction.output)) == 1
