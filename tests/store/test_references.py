"""Checks of the sets kept by reference."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.records.keys import answer_hash
from generator.records.verdict import Evidence
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.references import (
    IndexRow,
    ItemVariants,
    index_bytes,
    item_variant_bytes,
)
from generator.store.verdicts import verdict_bytes
from tests.store.test_round_trips import verdict
from tests.store.tree import BENCHMARK, RUN, sound, write

INDEX = "predictions/kept/acme__alpha/index.parquet"
HASHES = "benchmarks/kept/items.parquet"
PARQUET = "verdicts/kept/acme__alpha.parquet"
AGAIN = "run `erroratlas judge`"
SOURCE = f"""\
source:
  reader: any
  files:
    - {{name: file, url: "https://example.org/f", revision: "1", sha256: {"ab" * 32}, bytes: 1,
       licence: MIT}}
"""


def kept(root: Path) -> Path:
    """Return sound content with a benchmark by reference: q1 is solved, q2 and q3 are not."""
    sound(root)
    described = BENCHMARK.replace("display: full", "display: withheld")
    write(root, "benchmarks/kept/benchmark.yml", described + SOURCE)
    write(root, "predictions/kept/acme__alpha/run.yml", RUN + "source: {files: [file]}\n")
    variants = ItemVariants()
    for item in ("q1", "q2", "q3"):
        variants.add(item, item.encode() * 16, {}, answer_hash("B"))
    write(root, HASHES, "").write_bytes(item_variant_bytes(variants))
    taken = [IndexRow("q1", 0, 1.0, answer_hash("B")), IndexRow("q2", 0, 0.0, answer_hash("C"))]
    index(root, [*taken, IndexRow("q3", 0, 0.5, None)])
    rows = [verdict("q2", evidence=(Evidence(start=0, end=3),)), verdict("q3")]
    write(root, PARQUET, "").write_bytes(verdict_bytes(rows, {"rules": "ff"}))
    return root


def index(root: Path, rows: list[IndexRow]) -> None:
    """Write the index of the run."""
    write(root, INDEX, "").write_bytes(index_bytes(rows))


def messages(root: Path) -> list[str]:
    """Return every message on content that can be loaded."""
    return [str(problem) for problem in check_content(load_content(root))]


def test_a_sound_set_by_reference_has_no_message(tmp_path: Path) -> None:
    assert messages(kept(tmp_path)) == []


def test_a_run_that_was_never_judged_has_no_message(tmp_path: Path) -> None:
    root = kept(tmp_path)
    for name in (INDEX, HASHES, PARQUET):
        (root / name).unlink()
    assert messages(root) == []


@pytest.mark.parametrize("name", [INDEX, HASHES])
def test_a_missing_table_is_found(tmp_path: Path, name: str) -> None:
    root = kept(tmp_path)
    (root / name).unlink()
    assert messages(root) == [f"{name}:0: -: : the file is missing: {AGAIN}"]


@pytest.mark.parametrize("name", [INDEX, HASHES])
def test_a_table_that_cannot_be_read_is_found(tmp_path: Path, name: str) -> None:
    root = kept(tmp_path)
    (root / name).write_bytes(b"PAR1 no")
    short = name.rsplit("/", 1)[-1]
    wrong = f"{short}: not a Parquet file of this generator: {AGAIN} again"
    assert messages(root) == [f"{name}:0: -: : {wrong}: {AGAIN}"]


def test_a_table_with_other_columns_is_found(tmp_path: Path) -> None:
    root = kept(tmp_path)
    (root / INDEX).write_bytes((root / HASHES).read_bytes())
    wrong = f"index.parquet: not the columns of this generator: {AGAIN} again"
    assert messages(root) == [f"{INDEX}:0: -: : {wrong}: {AGAIN}"]


@pytest.mark.parametrize(("name", "column"), [(INDEX, "answer"), (HASHES, "reference")])
def test_a_table_of_before_answers_were_kept_is_to_be_made_again(
    tmp_path: Path, name: str, column: str
) -> None:
    root = kept(tmp_path)
    path = root / name
    pq.write_table(pq.read_table(path).drop_columns([column]), path)
    wrong = f"{path.name}: not the columns of this generator: {AGAIN} again"
    assert messages(root) == [f"{name}:0: -: : {wrong}: {AGAIN}"]


def test_an_answer_of_another_width_is_found(tmp_path: Path) -> None:
    root = kept(tmp_path)
    table = pq.read_table(root / INDEX)
    wide = pa.array([b"0" * 16] * table.num_rows, pa.binary(16))
    pq.write_table(table.set_column(3, "answer", wide), root / INDEX)
    wrong = f"index.parquet: not the columns of this generator: {AGAIN} again"
    assert messages(root) == [f"{INDEX}:0: -: : {wrong}: {AGAIN}"]


def test_a_folder_in_place_of_a_table_is_found(tmp_path: Path) -> None:
    root = kept(tmp_path)
    for name in (INDEX, PARQUET):
        (root / name).unlink()
        (root / name).mkdir()
    mend = "put the file itself in its place"
    assert messages(root) == [
        f"{INDEX}:0: -: : not a regular file: {mend}",
        f"{PARQUET}:0: -: : not a regular file: {mend}",
    ]


def test_rows_of_an_index_are_checked(tmp_path: Path) -> None:
    root = kept(tmp_path)
    rows = [("q1", 0, 1.0), ("q1", 0, 1.0), ("q2", 1, 0.0), ("q3", 0, 1.5), ("q9", 0, float("nan"))]
    index(root, [IndexRow(*row) for row in rows])
    assert messages(root) == [
        f"{INDEX}:0: item_id: q1: the item stands twice: {AGAIN}",
        f"{INDEX}:0: item_id: q2: items.parquet has no such item and wording: {AGAIN}",
        f"{INDEX}:0: item_id: q9: items.parquet has no such item and wording: {AGAIN}",
        f"{INDEX}:0: score: q3: 1.5: outside the benchmark's score range 0 to 1: {AGAIN}",
        f"{INDEX}:0: score: q9: nan: outside the benchmark's score range 0 to 1: {AGAIN}",
    ]


def test_an_empty_index_is_found(tmp_path: Path) -> None:
    root = kept(tmp_path)
    index(root, [])
    assert messages(root) == [f"{INDEX}:0: -: : the run has no predictions: {AGAIN}"]


def test_verdicts_follow_the_index(tmp_path: Path) -> None:
    root = kept(tmp_path)
    index(root, [IndexRow("q1", 0, 0.0), IndexRow("q2", 0, 1.0), IndexRow("q3", 0, 0.0)])
    assert messages(root) == [
        f"{PARQUET}:0: item_id: q2: not a failure of the run: {AGAIN}",
        f"{PARQUET}:0: item_id: q1: a failure without a verdict of the rules: {AGAIN}",
    ]


def test_a_panel_names_models_that_ran_the_benchmark(tmp_path: Path) -> None:
    path = kept(tmp_path) / "benchmarks/kept/benchmark.yml"
    named = "panel: [acme__alpha, acme__alpha, acme__beta]\nsource:"
    path.write_text(path.read_text("utf-8").replace("source:", named, 1), encoding="utf-8")
    start = "benchmarks/kept/benchmark.yml:0: panel: acme__"
    assert [one for one in messages(tmp_path) if "panel" in one] == [
        f"{start}alpha: stands there twice: keep it once",
        f"{start}beta: has no predictions on this benchmark: add them, or name another model",
    ]
