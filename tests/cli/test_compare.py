"""``erroratlas compare``."""

import json
from pathlib import Path

import pytest

from tests.cli.test_main import project, run
from tests.store.tree import MODEL, RUN, lines, write

__all__ = ["project"]

COUNT = 40


@pytest.fixture
def judged(project: Path) -> Path:
    """Two models on the same 40 items, the second of which is silent on every other one."""
    content = project / "content"
    items = [
        {"item_id": f"q{n}", "input": f"What is {n} + 1?", "references": [str(n + 1)]}
        for n in range(COUNT)
    ]
    write(content, "benchmarks/sums/items.jsonl", lines(items))
    write(content, "models/acme__beta.yml", MODEL.replace("Alpha", "Beta").replace("alpha", "beta"))
    for model, silent in (("alpha", COUNT), ("beta", 2)):
        rows = [
            {"item_id": f"q{n}", "output": "", "score": 0.0}
            if n % silent == 0
            else {"item_id": f"q{n}", "output": f"{n + 1}", "score": 1.0, "extracted": f"{n + 1}"}
            for n in range(COUNT)
        ]
        write(content, f"predictions/sums/acme__{model}/run.yml", RUN)
        write(content, f"predictions/sums/acme__{model}/predictions.jsonl", lines(rows))
    status, _, messages = run(project, "judge", "--all", "--workers", "1")
    assert status == 0, messages
    return project


def test_two_models_on_the_same_items_are_compared_item_by_item(judged: Path) -> None:
    status, out, messages = run(judged, "compare", "acme__beta", "acme__alpha", "--format", "json")
    assert status == 0, messages
    found = json.loads(out)
    assert (found["ground"], found["shared_items"]) == ("shared items", COUNT)
    row = next(row for row in found["rows"] if row["name"] == "E02")
    assert (row["first"], row["second"], row["only_first"]) == (0.5, 1 / COUNT, 19)
    assert row["p"] == pytest.approx(2 / 2**19)
    assert row["q"] < 0.05


def test_the_table_says_what_it_rests_on(judged: Path) -> None:
    status, out, _ = run(judged, "compare", "--rules", "acme__beta", "acme__alpha")
    assert status == 0
    assert out.startswith(f"Rates per item over the {COUNT} items of sums")
    assert "E02" in out
    assert "E13" not in out  # neither failed so


def test_models_without_anything_in_common_get_a_warning_and_no_numbers(judged: Path) -> None:
    write(judged / "content", "models/acme__idle.yml", "name: Idle\ndeveloper: Acme\n")
    status, out, _ = run(judged, "compare", "acme__idle", "acme__alpha")
    assert status == 0
    assert out.startswith("Warning: no fair comparison")


def test_an_unknown_model_is_a_wrong_call(project: Path) -> None:
    status, _, messages = run(project, "compare", "nobody", "acme__alpha")
    assert status == 2
    assert "no such model" in messages


def test_a_chance_is_never_said_to_be_none(judged: Path) -> None:
    _, out, _ = run(judged, "compare", "acme__beta", "acme__alpha")
    assert "below 0.001" in out
    assert " 0.000" not in out


def test_nothing_is_compared_with_itself(judged: Path) -> None:
    for name in ("acme__alpha", str(judged)):
        status, out, messages = run(judged, "compare", name, name)
        assert (status, out) == (2, "")
        assert "named twice" in messages
