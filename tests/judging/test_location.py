"""Where the rules see the first error, against steps that people marked as the first mistake."""

import json
from pathlib import Path

import pytest

from benchmarks.first_mistake import located

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
    with path.open(encoding="utf-8") as lines:
        seen = located(map(json.loads, lines))
    assert seen.spoke >= 200
    assert seen.exact / seen.spoke >= LEAST_EXACT[task]
    assert seen.false_alarms <= MOST_ALARMS
