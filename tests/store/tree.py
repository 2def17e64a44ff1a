"""A small made-up content folder that is right, to be broken one file at a time."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

ATLAS = """\
title: Test atlas
description: A made-up atlas.
edition: 2026.01-dev
judges: [person, annotator-1, rules]
"""
TAXONOMY = """\
version: "1.0"
unit: One failed prediction.
attributions:
  - {id: model, name: The model, definition: The default.}
  - {id: benchmark, name: The benchmark, definition: The reference is wrong.}
  - {id: harness, name: The harness, definition: The answer was not found.}
groups:
  - {id: delivery, name: Delivery, question: What came out}
  - {id: calculation, name: Calculation, question: What was computed}
categories:
  - id: E02
    name: No Final Answer
    group: delivery
    definition: Empty, cut off, looping, or without an answer.
    subcategories:
      - {id: empty, name: Empty, definition: Nothing came out.}
      - {id: truncated, name: Cut off, definition: It stops in the middle.}
  - id: E13
    name: Computation Error
    group: calculation
    definition: The result of a calculation is wrong.
    subcategories:
      - {id: arithmetic, name: Arithmetic, definition: A false sum.}
"""
MODEL = "name: Alpha\ndeveloper: Acme\naliases: [alpha-1]\n"
BENCHMARK = """\
name: Sums
description: Made-up sums.
task_type: short-answer
licence: CC0-1.0
citation: None.
metric: exact match
success_threshold: 1.0
display: full
"""
RUN = """\
harness: by hand
harness_version: "1"
prompt: The question alone.
date: 2026-01-05
generation: {temperature: 0.0}
contributor: Nobody
licence: CC0-1.0
trained_on_test: "no"
"""
ITEMS = [
    {"item_id": f"q{number}", "input": f"What is {number} + 1?", "references": [str(number + 1)]}
    for number in range(1, 6)
]
PREDICTIONS = [
    {"item_id": "q1", "output": "1 + 1 = 2. The answer is 2.", "score": 1.0, "extracted": "2"},
    {"item_id": "q2", "output": "", "score": 0.0},
    {"item_id": "q3", "output": "3 + 1 = 5. The answer is 5.", "score": 0.0, "extracted": "5"},
    {"item_id": "q4", "output": "The answer is 7.", "score": 0.0, "extracted": "7"},
]


def write(root: Path, name: str, text: str) -> Path:
    """Write one file below the root."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lines(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def sound(root: Path) -> Path:
    """Write a content folder with nothing wrong and return it."""
    write(root, "atlas.yml", ATLAS)
    write(root, "taxonomy/atlas.yml", TAXONOMY)
    write(root, "models/acme__alpha.yml", MODEL)
    write(root, "benchmarks/sums/benchmark.yml", BENCHMARK)
    write(root, "benchmarks/sums/items.jsonl", lines(ITEMS))
    write(root, "predictions/sums/acme__alpha/run.yml", RUN)
    write(root, "predictions/sums/acme__alpha/predictions.jsonl", lines(PREDICTIONS))
    return root
