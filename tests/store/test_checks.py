"""Checks of the whole content: what loading alone would let through."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from generator.errors import InputError
from generator.records.verdict import Evidence
from generator.store.checks import CHECKS, check_content
from generator.store.content import load_content
from generator.store.verdicts import verdict_bytes, verdict_kinds
from tests.store.test_round_trips import FULL, verdict
from tests.store.tree import sound, write

PARQUET = "verdicts/sums/acme__alpha.parquet"


def messages(root: Path) -> list[str]:
    """Return every message on content that can be loaded."""
    return [str(problem) for problem in check_content(load_content(root))]


def put(root: Path, data: bytes, name: str = PARQUET) -> Path:
    """Write verdicts below the root."""
    path = write(root, name, "")
    path.write_bytes(data)
    return path


def test_verdicts_of_no_run_are_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([FULL], {}), "verdicts/sums/acme__gone.parquet")
    assert messages(root) == [
        "verdicts/sums/acme__gone.parquet:0: -: : verdicts of no run: remove the file"
    ]


def test_a_category_that_is_not_in_the_taxonomy_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    odd = FULL.model_copy(update={"category": "E99", "subcategory": None})
    put(root, verdict_bytes([odd, FULL], {}))
    assert messages(root) == [
        f"{PARQUET}:0: category: E99: no such category: run `erroratlas judge`"
    ]


def test_a_subcategory_of_another_category_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([FULL.model_copy(update={"subcategory": "empty"})], {}))
    assert messages(root) == [
        f"{PARQUET}:0: subcategory: empty: E13 has no such subcategory: run `erroratlas judge`"
    ]


def test_a_file_that_is_no_parquet_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, b"PAR1 not really")
    assert len(messages(root)) == 1
    assert "not a Parquet file of verdicts" in messages(root)[0]


def test_verdicts_that_contradict_themselves_are_refused(tmp_path: Path) -> None:
    broken = FULL.model_copy(update={"status": "undetermined"})
    path = put(tmp_path, verdict_bytes([broken], {}))
    with pytest.raises(InputError, match="not verdicts of this generator"):
        verdict_kinds(path)


def test_spans_that_run_backwards_are_refused(tmp_path: Path) -> None:
    span = Evidence.model_construct(quote=None, start=9, end=3)
    path = put(tmp_path, verdict_bytes([FULL.model_copy(update={"evidence": (span,)})], {}))
    with pytest.raises(InputError, match="not verdicts of this generator"):
        verdict_kinds(path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, verdict_bytes([FULL], {}))
    pq.write_table(pq.read_table(path).drop_columns(["title"]), path)
    with pytest.raises(InputError, match="not verdicts of this generator"):
        verdict_kinds(path)


def test_many_verdicts_of_few_kinds_are_checked_once_each(tmp_path: Path) -> None:
    rows = [verdict(f"q{n}") for n in range(50)] + [FULL]
    assert len(verdict_kinds(put(tmp_path, verdict_bytes(rows, {})))) == 2


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


def test_sample_rows_must_fit_the_design(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "samples/one.yml", SAMPLE)
    row = "sums,acme__alpha,q2,1.5\n"
    write(root, "samples/one.csv", HEAD + row + row + "sums,acme__beta,q3,x\n")
    assert messages(root) == [
        (
            "samples/one.csv:4: weight: x: input should be a valid number, unable to parse string "
            "as a number: correct the value"
        )
    ]
    write(root, "samples/one.csv", HEAD + row + row + row)
    assert messages(root) == [
        "samples/one.csv:3: item_id: q2: the failure is in the sample twice: remove one row",
        "samples/one.csv:4: item_id: q2: the failure is in the sample twice: remove one row",
        (
            "samples/one.csv:0: strata: sums/acme__alpha: 3 rows where the design says 2: "
            "correct the design or the rows"
        ),
    ]


def test_labels_must_name_runs(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "labels/sums.jsonl", '{"item_id":"q2","model":"acme__beta","labeller":"x"}\n')
    write(root, "labels/gone.jsonl", "")
    assert messages(root) == [
        "labels/gone.jsonl:0: -: gone: unknown benchmark: correct the file's name",
        "labels/sums.jsonl:1: model: acme__beta: no run of this model: correct the model",
    ]


def test_the_checks_are_named() -> None:
    assert list(CHECKS) == ["texts", "verdicts", "samples", "labels", "prices"]


def test_prices_are_checked(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "prices.yml", "currency: EUR\n")
    wrong = [str(problem) for problem in check_content(load_content(root))]
    assert any("prices.yml:1: currency: EUR: not an allowed value" in line for line in wrong)
    assert any("prices.yml:1: models: : the field is missing" in line for line in wrong)
