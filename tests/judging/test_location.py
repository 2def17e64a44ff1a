"""Where the rules see the first error, against steps that people marked as the first mistake."""

import json
from pathlib import Path

import pytest

from generator.judging.judge import findings_of
from generator.judging.rules import RULES
from tests.judging.factory import failure

LEAST_EXACT = {
    "dyck_languages": 0.97,
    "multistep_arithmetic": 0.96,
    "tracking_shuffled_objects": 0.95,
}
MOST_ALARMS = 3


@pytest.mark.shared
@pytest.mark.parametrize("task", sorted(LEAST_EXACT))
def test_the_first_error_falls_into_the_marked_step(shared_data: Path, task: str) -> None:
    (path,) = (shared_data / "mirror").glob(f"**/BIG-Bench-Mistake/*/{task}.jsonl")
    exact = spoke = alarms = 0
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            output = "\n".join(row["steps"])
            given = failure(
                output,
                task_type="mixed",
                input=row["input"],
                references=(row["target"],),
                extracted=row["answer"],
            )
            starts = [
                finding.start
                for finding in findings_of(given)
                if RULES[finding.rule].family == "replay"
                or finding.rule in {"false-step-of-expression", "order-of-operations"}
            ]
            if row["mistake_index"] is None:
                alarms += bool(starts) and row["answer"] == row["target"]
            elif starts:
                spoke += 1
                exact += output.count("\n", 0, min(starts)) == row["mistake_index"]
    assert spoke >= 200
    assert exact / spoke >= LEAST_EXACT[task]
    assert alarms <= MOST_ALARMS
