"""The rules against annotated verdicts on real failures; the annotators never saw a rule."""

import gzip
import json
import re
from pathlib import Path

import pytest

from generator.judging.judge import judge_failure, rules_judge
from tests.judging.factory import failure

STRICT = re.compile(r"answer is \(?([A-J])\)?")


@pytest.mark.shared
def test_settled_verdicts_on_real_failures_are_right_nine_times_in_ten(shared_data: Path) -> None:
    annotated: dict[tuple[str, str], dict[str, str]] = {}
    with (shared_data / "verdicts_annotated.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["benchmark"] == "mmlu_pro":
                annotated[row["model"], row["id"].split("/")[1]] = row
    judge = rules_judge("1.0", 0.85)
    spoke = right = 0
    for model in {model for model, _ in annotated}:
        path = shared_data / "mmlu_pro" / f"{model}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [row for row in map(json.loads, lines) if isinstance(row, dict)]
        for row in rows:
            label = annotated.get((model, str(row["question_id"])))
            if label is None:
                continue
            output = row.get("generated_text") or row.get("model_outputs") or ""
            stated = STRICT.search(output)
            said = judge_failure(
                failure(
                    output,
                    task_type="multiple-choice",
                    input=row["question"],
                    choices=tuple(row["options"]),
                    references=(row["answer"],),
                    extracted=stated.group(1) if stated else None,
                ),
                judge,
                0.85,
                display_full=False,
            )
            if said.status == "verdict":
                spoke += 1
                right += (said.attribution, said.category) == (
                    label["attribution"],
                    label["category"],
                )
    assert spoke >= 100
    assert right / spoke >= 0.9
