"""Runs that look at each other: indexes first, then verdicts, whatever the order."""

import hashlib
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli.judging import judge_all
from generator.judging.elsewhere import Elsewhere
from generator.judging.indexing import Indexing, index_run, unindexed
from generator.judging.run import states
from generator.readers.gsm8k import SYSTEMS
from generator.records.keys import answer_hash
from generator.store.content import Content, load_content
from generator.store.verdicts import read_verdicts
from tests.store.tree import BENCHMARK, MODEL, RUN, sound, write

SOURCE = """\
source:
  reader: gsm8k_solutions
  files:
"""
ANSWERS = {"first": ("3", "3", "4", "4"), "second": ("3", "3", "3", "5")}
"""Answers of the four systems in each of two files; the files differ in the reference."""
REFERENCES = {"first": "3", "second": "4"}


def lines(name: str, answers: tuple[str, ...]) -> bytes:
    """Return one question with its solution and the outputs of four systems."""
    rows = []
    for number, reference in enumerate((REFERENCES[name], "9")):
        given = answers if number == 0 else ("9", "9", "9", "1")
        row = {
            "question": f"How many are in basket {number}?",
            "ground_truth": f"There are {reference}.\nA: {reference}",
        }
        for system, answer in zip(SYSTEMS, given, strict=True):
            solution = f"I say {answer}.\nA: {answer}"
            row[system] = {"solution": solution, "is_correct": answer == reference}
        rows.append(json.dumps(row))
    return "\n".join(rows).encode() + b"\n"


def kept(root: Path, cache: Path, answers: dict[str, tuple[str, ...]] = ANSWERS) -> Content:
    """Write a benchmark by reference of two files with four runs each."""
    sound(root)
    described = BENCHMARK.replace("display: full", "display: withheld") + SOURCE
    for name in REFERENCES:
        data = lines(name, answers[name])
        digest = hashlib.sha256(data).hexdigest()
        place = cache / "sources" / digest[:2] / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        described += (
            f'    - {{name: {name}, url: "https://example.org/{name}", revision: "1",'
            f" sha256: {digest}, bytes: {len(data)}, licence: MIT}}\n"
        )
        for system in SYSTEMS:
            model = f"acme__{name}-{system.replace('_', '-')}"
            write(root, f"models/{model}.yml", MODEL.replace("alpha-1", model))
            place_of = f"source: {{files: [{name}], select: {system}}}\n"
            write(root, f"predictions/kept/{model}/run.yml", RUN + place_of)
    write(root, "benchmarks/kept/benchmark.yml", described)
    return load_content(root)


def files(content: Content) -> dict[str, bytes]:
    """Return everything that judging wrote."""
    return {
        content.layout.name(path): path.read_bytes() for path in content.root.rglob("*.parquet")
    }


def judge(content: Content, cache: Path) -> None:
    judge_all(content, cache, content.runs, workers=1)


def test_an_answer_right_by_another_file_is_found_in_every_run(tmp_path: Path) -> None:
    content = kept(tmp_path / "content", tmp_path / "cache")
    judge(content, tmp_path / "cache")
    found = {
        (key[1], verdict.item_id)
        for key in content.runs
        for verdict in read_verdicts(content.layout.verdicts(*key))
        if verdict.rule == "right-by-another-file"
    }
    expected = {f"acme__first-{SYSTEMS[n]}" for n in (2, 3)}
    expected |= {f"acme__second-{SYSTEMS[n]}" for n in (0, 1, 2)}
    assert found == {
        (model.replace("_fine", "-fine").replace("_ver", "-ver"), "0") for model in expected
    }
    assert set(states(content).values()) == {"fresh"}


def test_the_bytes_do_not_depend_on_where_an_earlier_run_ended(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    whole = kept(tmp_path / "whole", cache)
    judge(whole, cache)
    for ended in (1, 3):
        part = kept(tmp_path / f"part-{ended}", cache)
        indexing = Indexing(part)
        for key in itertools.islice(unindexed(part, {"kept"}, cache), ended):
            indexing.seal(index_run(part, key, cache))
        judge(part, cache)
        assert files(part) == files(whole)
    some = kept(tmp_path / "some", cache)
    for key in reversed(list(some.runs)):
        judge_all(some, cache, [key], workers=1)
    assert files(some) == files(whole)


def test_a_run_is_due_again_when_what_it_looked_at_changed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    judge(kept(tmp_path / "content", cache), cache)
    changed = kept(tmp_path / "content", cache, ANSWERS | {"second": ("3", "3", "3", "7")})
    found = states(changed)
    by_file = {
        name: {state for key, state in found.items() if f"__{name}" in key[1]}
        for name in REFERENCES
    }
    assert by_file == {"first": {"fresh"}, "second": {"missing"}}
    # Once the new answers are in the index, those who look at them are due too.
    indexing = Indexing(changed)
    for key in unindexed(changed, {"kept"}, cache):
        indexing.seal(index_run(changed, key, cache))
    assert {state for key, state in states(changed).items() if "__first" in key[1]} == {"stale"}


def test_the_strongest_other_models_are_heard(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    content = kept(tmp_path / "content", cache)
    judge(content, cache)
    key = next(key for key in content.runs if key[1].startswith("acme__first-175b-f"))
    known = Elsewhere(content).of_run(key).of_item("0")
    assert len(known.wordings) == 2
    # The other three runs of the same file saw this wording; it is the only one that counts.
    assert sorted(known.answers) == sorted(map(answer_hash, ("3", "3", "4")))


def test_content_with_its_own_text_has_no_context(tmp_path: Path) -> None:
    content = load_content(sound(tmp_path))
    key = next(iter(content.runs))
    assert Elsewhere(content).of_run(key).of_item("q1") == ((frozenset(), ()))


@pytest.mark.parametrize("check", [True, False])
def test_checking_writes_nothing(tmp_path: Path, *, check: bool) -> None:
    cache = tmp_path / "cache"
    content = kept(tmp_path / "content", cache)
    recap = judge_all(content, cache, content.runs, workers=1, everything=True, check=check)
    assert len(recap.changed) > len(content.runs)
    assert bool(files(content)) != check


def test_with_a_panel_a_new_strong_model_leaves_the_verdicts_on_others_fresh(
    tmp_path: Path,
) -> None:
    content = kept(tmp_path / "content", tmp_path / "cache")
    judge(content, tmp_path / "cache")
    order = [model for model, _ in Elsewhere(content).standings("kept").strongest]
    strongest, last = order[0], order[-1]
    described = content.layout.benchmark("kept")
    known = ", ".join(model for model in order if model != strongest)
    panels = {"": described.read_text(encoding="utf-8")}
    panels["panel"] = panels[""].replace("source:", f"panel: [{known}]\nsource:")
    told = {}
    for name, text in panels.items():
        described.write_text(text, encoding="utf-8")
        whole = load_content(content.root)
        without = replace(whole, runs={k: v for k, v in whole.runs.items() if k[1] != strongest})
        digests = [Elsewhere(one).digest(("kept", last)) for one in (whole, without)]
        told[name] = digests[0] == digests[1]
    assert told == {"": False, "panel": True}
