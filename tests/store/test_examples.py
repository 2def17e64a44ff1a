"""Examples of the taxonomy are failures that may be shown and have the cause named."""

from pathlib import Path

import pytest

from tests.store.test_checks import messages
from tests.store.tree import BENCHMARK, TAXONOMY, lines, sound, write

TREE = "taxonomy/atlas.yml"
MEND = "remove the example or take another failure"
LABELS = lines(
    [
        {"item_id": "q3", "model": "acme__alpha", "labeller": "person", "category": "E13"},
        {"item_id": "q2", "model": "acme__alpha", "labeller": "person", "category": "E02"},
    ]
)


def with_example(tmp_path: Path, item: str = "q3", model: str = "acme__alpha") -> Path:
    root = sound(tmp_path)
    example = f"{{benchmark: sums, model: {model}, item_id: {item}}}"
    write(root, TREE, f"{TAXONOMY}    examples:\n      - {example}\n")
    write(root, "labels/sums.jsonl", LABELS)
    return root


def test_an_example_with_the_cause_has_no_message(tmp_path: Path) -> None:
    assert messages(with_example(tmp_path)) == []


@pytest.mark.parametrize(
    ("item", "model", "wrong"),
    [
        ("q2", "acme__alpha", "its label says E02"),
        ("q4", "acme__alpha", "its cause is not known: it has no label with a category"),
        ("q1", "acme__alpha", "not a failure of the run"),
        ("q3", "acme__beta", "no such run"),
    ],
)
def test_each_fault_of_an_example_has_its_exact_message(
    tmp_path: Path, item: str, model: str, wrong: str
) -> None:
    root = with_example(tmp_path, item, model)
    value = f"sums/{model}/{item}"
    assert messages(root) == [f"{TREE}:25: categories.1.examples.0: {value}: {wrong}: {MEND}"]


def test_an_example_of_a_withheld_benchmark_is_refused(tmp_path: Path) -> None:
    root = with_example(tmp_path)
    write(root, "benchmarks/sums/benchmark.yml", BENCHMARK.replace("full", "withheld"))
    assert messages(root) == [
        (
            f"{TREE}:25: categories.1.examples.0: sums/acme__alpha/q3: "
            f"the text of the benchmark is not shown: {MEND}"
        )
    ]
