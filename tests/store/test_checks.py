"""Checks of the whole content: what loading alone would let through."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from generator.errors import InputError
from generator.records.benchmark import Item
from generator.records.keys import prediction_key
from generator.records.prediction import Prediction
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.checks import CHECKS, check_content
from generator.store.content import load_content
from generator.store.verdicts import verdict_bytes, verdict_kinds, whole_table
from tests.store.test_round_trips import FULL, RULES, verdict
from tests.store.tree import ITEMS, PREDICTIONS, sound, write

PARQUET = "verdicts/sums/acme__alpha.parquet"
ANNOTATOR = JudgeId(name="annotator-1", version="1", prompt_hash="", taxonomy="1.0")
AGAIN = "run `erroratlas judge`"


def on(item: str, judge: JudgeId = RULES, **fields: object) -> Verdict:
    """Return a verdict on a prediction of the sound content, tied to its bytes."""
    number = int(item.removeprefix("q")) - 1
    row = {**PREDICTIONS[number], "output": PREDICTIONS[number]["output"]}
    key = prediction_key("sums", Item.model_validate(ITEMS[number]), Prediction.model_validate(row))
    return verdict(item, judge).model_copy(update={"key": key, **fields})


WRONG_SUM = on("q3", **{name: getattr(FULL, name) for name in FULL.model_fields_set - {"key"}})
WRONG_SUM = WRONG_SUM.model_copy(update={"item_id": "q3", "secondary": ()})


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
    odd = WRONG_SUM.model_copy(update={"category": "E99", "subcategory": None})
    put(root, verdict_bytes([odd, on("q2")], {}))
    assert messages(root) == [
        f"{PARQUET}:0: category: E99: no such category: run `erroratlas judge`"
    ]


def test_a_subcategory_of_another_category_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([WRONG_SUM.model_copy(update={"subcategory": "empty"})], {}))
    assert messages(root) == [
        f"{PARQUET}:0: subcategory: empty: E13 has no such subcategory: run `erroratlas judge`"
    ]


def test_a_file_that_is_no_parquet_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, b"PAR1 not really")
    assert len(messages(root)) == 1
    assert "not a Parquet file of verdicts" in messages(root)[0]


def test_verdicts_that_contradict_themselves_are_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([WRONG_SUM.model_copy(update={"status": "undetermined"})], {}))
    assert messages(root) == [f"{PARQUET}:0: -: : a verdict that contradicts itself: {AGAIN}"]


def test_spans_that_run_backwards_are_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    spans = [
        Evidence.model_construct(quote=None, start=start, end=end)
        for start, end in [(9, 3), (-1, 2)]
    ]
    put(root, verdict_bytes([on("q2"), on("q3", evidence=tuple(spans))], {}))
    assert messages(root) == [
        f"{PARQUET}:0: evidence: q3: 9 to 3: not a span: {AGAIN}",
        f"{PARQUET}:0: evidence: q3: -1 to 2: not a span: {AGAIN}",
    ]


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, verdict_bytes([FULL], {}))
    pq.write_table(pq.read_table(path).drop_columns(["title"]), path)
    with pytest.raises(InputError, match="not verdicts of this generator"):
        whole_table(path)


def test_many_verdicts_of_few_kinds_are_checked_once_each(tmp_path: Path) -> None:
    rows = [verdict(f"q{n}") for n in range(50)] + [FULL]
    assert len(verdict_kinds(whole_table(put(tmp_path, verdict_bytes(rows, {}))))) == 2


def test_verdicts_on_every_failure_are_right(tmp_path: Path) -> None:
    root = sound(tmp_path)
    rows = [on("q2"), WRONG_SUM, on("q4"), on("q2", ANNOTATOR)]
    put(root, verdict_bytes(rows, {"rules": "ff"}))
    assert messages(root) == []


VERDICT_FAULTS: dict[str, tuple[list[Verdict], list[str]]] = {
    "on a success": (
        [on("q1"), on("q2"), on("q3"), on("q4")],
        [f"item_id: q1: not a failure of the run: {AGAIN}"],
    ),
    "on no item": (
        [verdict("q9"), on("q2"), on("q3"), on("q4")],
        [f"item_id: q9: not a failure of the run: {AGAIN}"],
    ),
    "missing": (
        [on("q2")],
        [
            f"item_id: q3: a failure without a verdict of the rules: {AGAIN}",
            f"item_id: q4: a failure without a verdict of the rules: {AGAIN}",
        ],
    ),
    "twice": (
        [on("q2"), on("q2"), on("q3"), on("q4")],
        [f"item_id: q2: rules: two verdicts of one judge on it: {AGAIN}"],
    ),
    "unknown judge": (
        [on("q2"), on("q3"), on("q4"), on("q2", ANNOTATOR.model_copy(update={"name": "who"}))],
        ["judge: who: atlas.yml has no such judge: add it to judges or remove its verdicts"],
    ),
    "confidence": (
        [on("q2", confidence=1.5), on("q3", confidence=float("nan")), on("q4", confidence=0.0)],
        [
            f"confidence: q2: 1.5: not within 0 to 1: {AGAIN}",
            f"confidence: q3: nan: not within 0 to 1: {AGAIN}",
        ],
    ),
    "other text": (
        [on("q2"), on("q3", key="ab" * 32), on("q4")],
        [f"key: q3: a verdict on another text than the item and output here: {AGAIN}"],
    ),
    "misquoted": (
        [
            on("q2"),
            on("q3", evidence=(Evidence(quote="3 + 1 = 4", start=0, end=9),)),
            on("q4", evidence=(Evidence(start=0, end=99),)),
        ],
        [
            f"evidence: q3: 0 to 9: not word for word what the output says there: {AGAIN}",
            f"evidence: q4: 0 to 99: not word for word what the output says there: {AGAIN}",
        ],
    ),
}


@pytest.mark.parametrize("fault", VERDICT_FAULTS)
def test_each_fault_of_a_verdict_has_its_exact_message(tmp_path: Path, fault: str) -> None:
    root = sound(tmp_path)
    rows, expected = VERDICT_FAULTS[fault]
    put(root, verdict_bytes(rows, {"rules": "ff"}))
    assert messages(root) == [f"{PARQUET}:0: {message}" for message in expected]


def test_verdicts_on_changed_text_are_no_fault_before_judging(tmp_path: Path) -> None:
    root = sound(tmp_path)
    rows, _ = VERDICT_FAULTS["other text"]
    put(root, verdict_bytes([*rows, on("q1")], {"rules": "ff"}))
    assert check_content(load_content(root), judged=False) == []
    assert len(check_content(load_content(root))) == 2


def test_rules_without_a_stamp_may_be_silent(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([on("q2", ANNOTATOR)], {}))
    assert messages(root) == []


def test_one_fault_of_many_rows_is_told_briefly(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([verdict(f"x{n}") for n in range(30)], {}))
    found = messages(root)
    assert len(found) == 21
    assert found[-1] == f"{PARQUET}:0: item_id: 10 more: not a failure of the run: {AGAIN}"


def test_the_checks_are_named() -> None:
    assert list(CHECKS) == [
        "tree",
        "texts",
        "references",
        "renamed",
        "panel",
        "verdicts",
        "samples",
        "labels",
        "prices",
        "speed",
        "examples",
        "proposals",
    ]


def test_what_building_costs_is_checked(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "speed.json", '{"measured": "yesterday"}')
    wrong = [str(problem) for problem in check_content(load_content(root))]
    assert any("speed.json:0: measured: yesterday: " in line for line in wrong)


def test_prices_are_checked(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, "prices.yml", "currency: EUR\n")
    wrong = [str(problem) for problem in check_content(load_content(root))]
    assert any("prices.yml:1: currency: EUR: not an allowed value" in line for line in wrong)
    assert any("prices.yml:1: models: : the field is missing" in line for line in wrong)


def test_a_former_identifier_leads_to_one_that_is_not_in_use(tmp_path: Path) -> None:
    root = sound(tmp_path)
    model, benchmark = root / "models/acme__alpha.yml", root / "benchmarks/sums/benchmark.yml"
    for path, former in ((model, "acme__old"), (benchmark, "additions")):
        path.write_text(path.read_text() + f"formerly: [{former}]\n", encoding="utf-8")
    assert messages(root) == []
    again = "name: N\ndeveloper: A\nformerly: [acme__old, acme__alpha]\n"
    write(root, "models/acme__new.yml", again)
    start, there = "models/acme__new.yml:0: formerly: acme__", "stands in models/acme__alpha.yml"
    assert messages(root) == [
        f"{start}old: {there} as well: an old address leads to one page: keep it once",
        f"{start}alpha: is an identifier in use, and its address has a page: take it out",
    ]


def test_a_panel_is_for_a_benchmark_by_reference(tmp_path: Path) -> None:
    root = sound(tmp_path)
    path = root / "benchmarks/sums/benchmark.yml"
    path.write_text(path.read_text() + "panel: [acme__alpha]\n", encoding="utf-8")
    (message,) = messages(root)
    assert message.startswith("benchmarks/sums/benchmark.yml:0: panel: acme__alpha: the benchmark")
    assert message.endswith("no answers are held beside others: take it out")
