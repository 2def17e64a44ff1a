"""Count how often the rules see the first error where people marked the first mistake.

Run it in a checkout, with a local copy of the upstream files of BIG-Bench-Mistake::

    python -m benchmarks.first_mistake --mirror DIR

Prints a Markdown table: traces in which people marked a mistake, those of them in which a rule that
replays the task speaks, and how many of these begin in the marked step; then, of the traces without
a mark, those in which a rule speaks all the same. A trace without a mark whose answer is wrong
holds a mistake that nobody marked, so alarms are counted apart where the answer is right.
"""

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.judging.judge import findings_of
from generator.judging.rules import RULES
from generator.records.failure import Failure

STEPWISE = frozenset({"false-step-of-expression", "order-of-operations"})
"""Rules that name a step of the task, beside those that replay it."""


class Located(NamedTuple):
    """What came of the traces of one task."""

    marked: int = 0
    """Traces in which people marked a first mistake."""
    spoke: int = 0
    """Of those, traces in which a rule speaks."""
    exact: int = 0
    """Of those, traces in which it speaks of the marked step."""
    unmarked: int = 0
    """Traces without a mark."""
    alarms: int = 0
    """Of those, traces in which a rule speaks."""
    right: int = 0
    """Traces without a mark whose answer is right."""
    false_alarms: int = 0
    """Of those, traces in which a rule speaks."""


def first_step(row: Mapping[str, Any]) -> int | None:
    """Return the number of the step in which the rules see the first error, none if in none."""
    output = "\n".join(row["steps"])
    failure = Failure(
        key="0" * 64,
        benchmark="big-bench-mistake",
        model="somebody__something",
        item_id="1",
        task_type="mixed",
        input=row["input"],
        choices=(),
        references=(row["target"],),
        solution=None,
        output=output,
        extracted=row["answer"],
        finish_reason=None,
    )
    starts = [
        finding.start
        for finding in findings_of(failure)
        if RULES[finding.rule].family == "replay" or finding.rule in STEPWISE
    ]
    return output.count("\n", 0, min(starts)) if starts else None


def located(rows: Iterable[Mapping[str, Any]]) -> Located:
    """Count over the traces of a task."""
    total = [0] * len(Located._fields)
    for row in rows:
        step, marked = first_step(row), row["mistake_index"]
        spoke, right = step is not None, row["answer"].strip() == row["target"].strip()
        seen = Located(
            marked=marked is not None,
            spoke=marked is not None and spoke,
            exact=marked is not None and step == marked,
            unmarked=marked is None,
            alarms=marked is None and spoke,
            right=marked is None and right,
            false_alarms=marked is None and right and spoke,
        )
        total = [before + more for before, more in zip(total, seen, strict=True)]
    return Located(*total)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mirror", type=Path, required=True, help="copy of the upstream files")
    paths = sorted(parser.parse_args().mirror.glob("**/BIG-Bench-Mistake/*/*.jsonl"))
    if not paths:
        parser.error("no files of BIG-Bench-Mistake in this folder")
    print("| task | marked | spoke | in the marked step | alarms, no mark | and a right answer |")
    print("|---|---:|---:|---:|---:|---:|")
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            seen = located(map(json.loads, lines))
        print(
            f"| {path.stem.replace('_', ' ')} | {seen.marked} | {seen.spoke} "
            f"| {seen.exact} = {100 * seen.exact / max(seen.spoke, 1):.1f} % "
            f"| {seen.alarms} of {seen.unmarked} | {seen.false_alarms} of {seen.right} |"
        )


if __name__ == "__main__":
    main()
