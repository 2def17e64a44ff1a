"""A made-up checkout for measuring: as many failures as wanted, each of GSM8K's size.

The failures are prose about a wrong number, so that the rules leave every one of them open.
"""

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = "sums"
MODELS = 25
"""Of each item one model is right, and its output is shown beside the failures of the others."""
MOST = 200_000
"""Failures of one benchmark: its items stay below the 10 MB that a file of items may have."""
QUESTION, SOLUTION = 240, 290
"""Characters: the means of GSM8K."""
SHORTEST, LONGEST = 150, 460
"""Characters of an output: the range of the middle four fifths of GSM8K's failures, mean 305."""
_WORDS = """
the a of in so then each all some next shop girl boy farmer train garden apples pencils tickets
marbles sells buys keeps gives takes counts adds shares divides leaves more fewer half twice
together after before morning evening week price weight distance hours minutes
"""
_ATLAS = """\
title: Made up
description: A made-up atlas.
edition: 2026.01-dev
judges: [llm, rules]
"""
_DESCRIPTION = """\
name: Sums
description: Made-up sums.
task_type: short-answer
licence: CC0-1.0
citation: None.
metric: exact match
success_threshold: 1.0
display: full
"""
_RUN = """\
harness: by hand
harness_version: "1"
prompt: The question alone.
contributor: Nobody
licence: CC0-1.0
trained_on_test: "no"
"""


def write_checkout(root: Path, failures: int) -> None:
    """Write a checkout with so many failures.

    Args:
        root: An empty folder.
        failures: Number of failures; beyond 200,000 they are those of several benchmarks.
    """
    content = root / "content"
    models = {f"models/acme__m{n}.yml": f"name: M{n}\ndeveloper: Acme\n" for n in range(MODELS)}
    _write(content, {"atlas.yml": _ATLAS, **models})
    (content / "taxonomy").mkdir()
    shutil.copy(ROOT / "content/taxonomy/atlas.yml", content / "taxonomy/atlas.yml")
    for number, start in enumerate(range(0, failures, MOST)):
        name = BENCHMARK if number == 0 else f"{BENCHMARK}-{number + 1}"
        _write_benchmark(content, name, min(MOST, failures - start), first=number * MOST)


def _write(content: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _write_benchmark(content: Path, name: str, failures: int, first: int) -> None:
    """Write a benchmark and the predictions of all models on it, with so many failures.

    Args:
        content: The folder to write into.
        name: Id of the benchmark.
        failures: Number of failures.
        first: Number of its first item, so that the questions of two benchmarks differ.
    """
    items = -(-failures // (MODELS - 1))
    runs = {f"predictions/{name}/acme__m{n}/run.yml": _RUN for n in range(MODELS)}
    _write(content, {f"benchmarks/{name}/benchmark.yml": _DESCRIPTION, **runs})
    with (content / f"benchmarks/{name}/items.jsonl").open("w") as file:
        file.writelines(f"{json.dumps(item)}\n" for item in _items(items, first))
    left = failures
    for model in range(MODELS):
        rows = list(_predictions(model, items, left))
        left -= sum(row["score"] == 0.0 for row in rows)
        path = content / f"predictions/{name}/acme__m{model}/predictions.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def _items(number: int, first: int) -> Iterator[dict[str, object]]:
    dice = random.Random(1 + first)  # noqa: S311  made-up text, no secret
    for place in range(number):
        question = f"Story {first + place}: {_prose(dice, QUESTION)}. How many are left?"
        yield {
            "item_id": f"q{place}",
            "input": question,
            "references": [str(place + 1)],
            "solution": _prose(dice, SOLUTION),
        }


def _predictions(model: int, items: int, most: int) -> Iterator[dict[str, object]]:
    """Yield the rows of a model, with so many failures at most."""
    dice = random.Random(100 + model)  # noqa: S311  made-up text, no secret
    failures = 0
    for place in range(items):
        right = place % MODELS == model or failures == most
        failures += not right
        number = place + 1 if right else place + 7 + model
        text = _prose(dice, dice.randint(SHORTEST, LONGEST) - 20)
        yield {
            "item_id": f"q{place}",
            "output": f"{text}. The answer is {number}.",
            "extracted": str(number),
            "score": float(right),
        }


def _prose(dice: random.Random, characters: int) -> str:
    """Return about so many characters of words."""
    text = " ".join(dice.choices(_WORDS.split(), k=characters // 4))
    return text[:characters].rstrip().capitalize()
