"""Checks of samples and of reference labels: each row on a failure of a run."""

from pathlib import Path

import pytest

from generator.store.verdicts import verdict_bytes
from tests.store.test_checks import ANNOTATOR, PARQUET, messages, on, put
from tests.store.tree import ATLAS, lines, sound, write

SAMPLE = """\
title: A sample
judge: annotator-1
judge_description: Made up.
design: Made up.
population: {sums: all}
seed: 1
drawn: 2026-01-01
strata:
  - {benchmark: sums, model: acme__alpha, population: 3, sampled: 2}
"""
HEAD = "benchmark,model,item_id,weight\n"


def sampled(tmp_path: Path) -> Path:
    """Return content with a sound sample of two failures."""
    root = sound(tmp_path)
    write(root, "samples/one.yml", SAMPLE)
    write(root, "samples/one.csv", HEAD + "sums,acme__alpha,q2,1.5\nsums,acme__alpha,q3,1.5\n")
    put(root, verdict_bytes([on("q2", ANNOTATOR), on("q3", ANNOTATOR)], {}))
    return root


def test_a_sound_sample_has_no_message(tmp_path: Path) -> None:
    assert messages(sampled(tmp_path)) == []


def test_sample_rows_must_fit_the_design(tmp_path: Path) -> None:
    root = sampled(tmp_path)
    row = "sums,acme__alpha,q2,1.5\n"
    write(root, "samples/one.csv", HEAD + row + row + "sums,acme__beta,q3,x\n")
    assert messages(root) == [
        (
            "samples/one.csv:4: weight: x: input should be a valid number, unable to parse string "
            "as a number: correct the value"
        )
    ]
    write(root, "samples/one.csv", HEAD + row + row + row.replace("1.5", "1.6"))
    assert messages(root) == [
        "samples/one.csv:3: item_id: q2: the failure is in the sample twice: remove one row",
        "samples/one.csv:4: item_id: q2: the failure is in the sample twice: remove one row",
        (
            "samples/one.csv:0: strata: sums/acme__alpha: 3 rows where the design says 2: "
            "correct the design or the rows"
        ),
    ]


def test_sample_rows_are_failures_with_a_verdict_and_a_right_weight(tmp_path: Path) -> None:
    root = sampled(tmp_path)
    design = SAMPLE.replace("population: 3, sampled: 2", "population: 4, sampled: 3")
    write(root, "samples/one.yml", design)
    rows = ["q1,1.33333", "q4,1.33333", "q2,1.5"]
    write(root, "samples/one.csv", HEAD + "".join(f"sums,acme__alpha,{row}\n" for row in rows))
    assert messages(root) == [
        "samples/one.csv:2: item_id: q1: not a failure of the run: remove the row",
        (
            "samples/one.csv:3: item_id: q4: no verdict of annotator-1 on it: "
            "take its verdict in, see `erroratlas import`, or remove the row"
        ),
        (
            "samples/one.csv:4: weight: 1.5: not the population of its stratum by the number "
            "drawn: give 1.33333 or correct the design"
        ),
    ]


def test_a_design_names_runs_and_a_judge(tmp_path: Path) -> None:
    root = sampled(tmp_path)
    stratum = SAMPLE.splitlines()[-1] + "\n"
    gone = stratum.replace("alpha", "beta")
    write(root, "samples/one.yml", SAMPLE + stratum + gone)
    write(root, "atlas.yml", ATLAS.replace("annotator-1, ", ""))
    assert messages(root) == [
        (
            f"{PARQUET}:0: judge: annotator-1: atlas.yml has no such judge: "
            "add it to judges or remove its verdicts"
        ),
        (
            "samples/one.yml:0: judge: annotator-1: atlas.yml has no such judge: "
            "add it to judges or correct the name"
        ),
        (
            "samples/one.yml:0: strata.1: sums/acme__alpha: the stratum overlaps an earlier one: "
            "remove one or give other tags"
        ),
        "samples/one.yml:0: strata.2: sums/acme__beta: no such run: correct the stratum",
        (
            "samples/one.csv:0: strata: sums/acme__alpha: 0 rows where the design says 2: "
            "correct the design or the rows"
        ),
        (
            "samples/one.csv:0: strata: sums/acme__beta: 0 rows where the design says 2: "
            "correct the design or the rows"
        ),
    ]


def test_a_stratum_can_be_a_slice_of_a_run(tmp_path: Path) -> None:
    root = sampled(tmp_path)
    items = (root / "benchmarks/sums/items.jsonl").read_text("utf-8")
    for item, step in (("q2", "one"), ("q3", "two")):
        items = items.replace(f'"{item}",', f'"{item}", "tags": {{"steps": "{step}"}},')
    write(root, "benchmarks/sums/items.jsonl", items)
    own = SAMPLE.splitlines()[-1].partition("population")[0]
    slices = [
        own + f"tags: {{steps: {step}}}, population: 2, sampled: 1}}\n" for step in ("one", "two")
    ]
    write(root, "samples/one.yml", SAMPLE.partition("  - {")[0] + "".join(slices))
    rows = ["sums,acme__alpha,q2,2\n", "sums,acme__alpha,q3,2\n"]
    write(root, "samples/one.csv", HEAD + "".join(rows))
    assert messages(root) == []
    write(root, "samples/one.yml", SAMPLE.partition("  - {")[0] + slices[0])
    assert messages(root) == [
        (
            "samples/one.csv:0: model: sums/acme__alpha: rows of no stratum: add the stratum to "
            "the design"
        )
    ]
    write(root, "samples/one.csv", HEAD + rows[0].replace(",2", ",3"))
    assert messages(root) == [
        (
            "samples/one.csv:2: weight: 3: not the population of its stratum by the number "
            "drawn: give 2 or correct the design"
        )
    ]
    write(root, "samples/one.yml", SAMPLE + slices[0])
    write(root, "samples/one.csv", HEAD + "".join(rows).replace(",2\n", ",1.5\n"))
    assert messages(root) == [
        (
            "samples/one.yml:0: strata.1: sums/acme__alpha/one: the stratum overlaps an earlier "
            "one: remove one or give other tags"
        ),
        (
            "samples/one.csv:0: strata: sums/acme__alpha/one: 0 rows where the design says 1: "
            "correct the design or the rows"
        ),
    ]


def test_rows_without_a_design_are_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "samples/two.csv", HEAD)
    assert messages(root) == [
        "samples/two.csv:0: -: two: a sample without a design: add samples/two.yml"
    ]


LABEL = {"item_id": "q2", "model": "acme__alpha", "labeller": "x", "category": "E02"}
LABELS = "labels/sums.jsonl"
LABEL_FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "unknown model": (
        {"model": "acme__beta"},
        "model: acme__beta: no run of this model: correct the model",
    ),
    "unknown item": (
        {"item_id": "q9"},
        "item_id: q9: the benchmark has no such item: correct the id or remove the label",
    ),
    "a success": ({"item_id": "q1"}, "item_id: q1: not a failure of the run: remove the label"),
    "unknown category": (
        {"category": "E99"},
        "category: E99: no such category: use one of the taxonomy",
    ),
    "unknown alternative": (
        {"acceptable": ["E98"]},
        "acceptable: E98: no such category: use one of the taxonomy",
    ),
    "another's subcategory": (
        {"subcategory": "arithmetic"},
        "subcategory: arithmetic: E02 has no such subcategory: use one of the taxonomy",
    ),
    "no category": (
        {"category": None},
        (
            "category: : a fault of the model needs its category: "
            "give the category, another attribution or status"
        ),
    ),
    "twice": (
        {"item_id": "q3"},
        "item_id: q3: the failure has a label already on line 1: keep one",
    ),
}


@pytest.mark.parametrize("fault", LABEL_FAULTS)
def test_each_fault_of_a_label_has_its_line(tmp_path: Path, fault: str) -> None:
    root = sound(tmp_path)
    change, expected = LABEL_FAULTS[fault]
    rows = lines([{**LABEL, "item_id": "q3"}]) + "\n\n" + lines([{**LABEL, **change}])
    write(root, LABELS, rows)
    assert messages(root) == [f"{LABELS}:4: {expected}"]


def test_labels_of_no_benchmark_are_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, LABELS, lines([LABEL]))
    write(root, "labels/gone.jsonl", "")
    assert messages(root) == [
        "labels/gone.jsonl:0: -: gone: unknown benchmark: correct the file's name"
    ]
