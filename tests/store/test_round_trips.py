"""What is written is read back as it was, and the same records give the same bytes."""

from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.records.benchmark import Item
from generator.records.model import Model
from generator.records.sample import SampleRow
from generator.records.verdict import Criterion, Evidence, JudgeId, Verdict
from generator.store.atomic import write_bytes
from generator.store.documents import read_document, write_document
from generator.store.lines import read_lines, write_lines
from generator.store.ordering import natural
from generator.store.references import (
    IndexRow,
    ItemVariants,
    index_bytes,
    item_variant_bytes,
    read_index,
    read_index_stamp,
    read_item_variants,
)
from generator.store.samples import read_sample_rows, write_sample_rows
from generator.store.verdicts import read_stamp, read_verdicts, verdict_bytes

# Lone surrogates cannot be written as UTF-8; everything else may stand in an output.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
RULES = JudgeId(name="rules", version="1", prompt_hash="ab", taxonomy="1.0")


@given(st.lists(TEXT, min_size=1, max_size=5))
@settings(max_examples=60)
def test_texts_with_any_character_survive_json_lines(tmp_path_factory, texts: list[str]) -> None:
    items = [
        Item(item_id=f"q{n}", input=text, references=(text,), tags={"subject": text})
        for n, text in enumerate(texts)
    ]
    path = tmp_path_factory.mktemp("lines") / "items.jsonl"
    path.write_bytes(write_lines(items))
    problems: list[Problem] = []
    assert [row.record for row in read_lines(path, Item, "x", problems)] == items
    assert problems == []


@given(TEXT.filter(lambda text: text and not set(text) & {"\n", "\r"}))
@example("\x85")
@example("a\u2028b\ufeff")
@example("0777")
@example("1:30")
@example("1_000")
@example("1e5")
@example("-.5")
@example("0x1f")
@example("12e4567")
@settings(max_examples=60)
def test_yaml_documents_survive(tmp_path_factory, text: str) -> None:
    model = Model(name=text, developer="no", aliases=("1", "true", "2024-01-01"), parameters=7)
    path = tmp_path_factory.mktemp("yaml") / "model.yml"
    path.write_text(write_document(model), encoding="utf-8", newline="")
    assert read_document(path, Model, "x") == (model, [])


def verdict(item: str, judge: JudgeId = RULES, **fields: object) -> Verdict:
    """Return a verdict on an item."""
    return Verdict.model_validate(
        {"key": "0f" * 32, "item_id": item, "judge": judge, "status": "undetermined", **fields}
    )


FULL = verdict(
    "q10",
    status="verdict",
    attribution="model",
    category="E13",
    subcategory="arithmetic",
    secondary=("E02",),
    rule="false-equation",
    title="A false sum",
    summary="The sum is false.",
    criteria=(Criterion(criterion="adds up", present=False, quality=0.5, comment="no"),),
    evidence=(Evidence(quote="3 + 1 = 5", start=0, end=9),),
    confidence=0.9,
    tokens=12,
)


def test_verdicts_survive_parquet_in_a_fixed_order(tmp_path: Path) -> None:
    other = JudgeId(name="annotator-1", version="1", prompt_hash="", taxonomy="1.0")
    rows = [FULL, verdict("q2"), verdict("q2", other)]
    data = verdict_bytes(rows, {"rules": "ff"})
    path = tmp_path / "v.parquet"
    path.write_bytes(data)
    assert read_verdicts(path) == [rows[2], rows[1], rows[0]]
    assert read_verdicts(path, ["rules"]) == [rows[1], rows[0]]
    assert read_stamp(path) == {"rules": "ff"}
    assert verdict_bytes(reversed(rows), {"rules": "ff"}) == data


def test_no_verdicts_are_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "v.parquet"
    path.write_bytes(verdict_bytes([], {"rules": "ff"}))
    assert read_verdicts(path) == []
    assert read_stamp(path) == {"rules": "ff"}


def test_item_wordings_keep_their_numbers(tmp_path: Path) -> None:
    variants = ItemVariants()
    numbers = [
        variants.add("q1", b"a" * 32, {"subject": "sums"}, b"1" * 8),
        variants.add("q2", b"b" * 32, {}, None),
        variants.add("q1", b"c" * 32, {}, b"2" * 8),
        variants.add("q1", b"a" * 32, {}, b"1" * 8),
    ]
    assert numbers == [0, 0, 1, 0]
    path = tmp_path / "items.parquet"
    path.write_bytes(item_variant_bytes(variants))
    again = read_item_variants(path)
    assert again.add("q1", b"c" * 32, {}, b"2" * 8) == 1
    assert again.add("q1", b"d" * 32, {}, None) == 2
    assert len(again) == 4
    assert again.several() == {"q1": frozenset({b"a" * 32, b"c" * 32, b"d" * 32})}
    assert list(read_item_variants(path).rows()) == list(variants.rows())


def test_an_index_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "index.parquet"
    rows = [IndexRow("q1", 0, 1.0, b"answered"), IndexRow("q2", 3, 0.0)]
    path.write_bytes(index_bytes(rows, "ff"))
    assert path.read_bytes() == index_bytes(rows, "ff")
    assert read_index_stamp(path) == "ff"
    frame = read_index(path)
    assert frame.to_dict("list") == {
        "item_id": ["q1", "q2"],
        "variant": [0, 3],
        "score": [1.0, 0.0],
        "answer": [b"answered", None],
    }


def test_wordings_of_before_references_were_kept_are_completed(tmp_path: Path) -> None:
    variants = ItemVariants()
    variants.add("q1", b"a" * 32, {}, b"1" * 8)
    path = tmp_path / "items.parquet"
    path.write_bytes(item_variant_bytes(variants))
    pq.write_table(pq.read_table(path).drop_columns(["reference"]), path)
    again = read_item_variants(path)
    assert again.add("q1", b"a" * 32, {}, b"1" * 8) == 0
    assert list(again.rows()) == list(variants.rows())
    assert read_index_stamp(path) is None


def test_sample_rows_are_read_back(tmp_path: Path) -> None:
    row = SampleRow(benchmark="sums", model="acme__alpha", item_id="q1", weight=6.5)
    write_sample_rows(tmp_path / "s.csv", [row])
    assert read_sample_rows(tmp_path / "s.csv", "s.csv") == [row]


def test_items_are_ordered_as_people_count() -> None:
    assert sorted(["q10", "q2", "a", "7", "q2b"], key=natural) == ["7", "a", "q2", "q2b", "q10"]


def test_a_file_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    assert write_bytes(path, b"one")
    assert not write_bytes(path, b"one")
    assert write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file"]
