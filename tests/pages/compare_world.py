"""A made-up Atlas to compare: two benchmarks that most models ran, every population, odd names."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from generator.pages.edition import Edition
from generator.records.atlas import Atlas
from generator.records.keys import answer_hash
from generator.records.model import Model
from generator.records.taxonomy import Taxonomy
from generator.stats.atlas import AtlasNumbers, numbers
from generator.stats.steps import Step
from generator.stats.tables import (
    ANSWER_COLUMNS,
    ATTEMPT_COLUMNS,
    FAILURE_COLUMNS,
    ITEM_COLUMNS,
    LABEL_COLUMNS,
    Tables,
)
from generator.store.content import Content
from tests.pages import world

LEVEL = 0.95
READER = "annotator-2026-11"
JUDGES = ("person", READER, "llm", "rules")
SIZES = {"hidden_sums": 150, "open_sums": 60, "planted-faults": 40}
SAMPLED = ("lab__large", "lab__small", "third__sampled")
RULED = ("other__plain", "other__partial", "other__short")
JUDGED = ("judged__one", "judged__other")
PROGRAMS = ("erroratlas__planted", "erroratlas__second")
HOSTILE = '<img src=x onerror="alert(1)">{0} [x](javascript:alert(2)) = right\u202eto left'
"""Name of a model."""


def models() -> dict[str, Model]:
    """Return every model; one name is hostile."""
    names = {name: name.split("__")[1].title() for name in (*SAMPLED, *RULED, *JUDGED)}
    names["third__sampled"] = HOSTILE
    made = {name: Model(name=shown, developer="Lab") for name, shown in names.items()}
    for name in PROGRAMS:
        made[name] = Model(name=name.split("__")[1].title(), developer="Us", kind="program")
    return made


def _wordings() -> pd.DataFrame:
    """Return the items; every tenth of one benchmark has a second wording."""
    rows = [
        (benchmark, f"i{place}", variant, answer_hash("5"), {})
        for benchmark, size in SIZES.items()
        for place in range(size)
        for variant in range(2 if benchmark == "hidden_sums" and place % 10 == 0 else 1)
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def _answers(draw: np.random.Generator) -> pd.DataFrame:
    rows = []
    for model in models():
        for benchmark, size in SIZES.items():
            if (benchmark == "planted-faults") != (model in PROGRAMS):
                continue
            if model == "other__short" and benchmark == "hidden_sums":
                continue
            skill = draw.uniform(0.3, 0.6)
            for place in range(size):
                if draw.uniform() < 0.05:
                    continue  # not attempted
                second = benchmark == "hidden_sums" and place % 10 == 0 and model == "other__plain"
                failed = draw.uniform() > skill
                rows.append((benchmark, model, f"i{place}", int(second), failed, answer_hash("x")))
    return pd.DataFrame(rows, columns=list(ANSWER_COLUMNS))


def _verdicts(
    answers: pd.DataFrame, categories: Sequence[str], draw: np.random.Generator
) -> pd.DataFrame:
    """Return what judges said: rules of all failures, a reader of samples, a model of some runs."""
    rows = []
    for place, row in enumerate(answers[answers["failed"]].to_dict("records")):
        model = row["model"]
        found = [("rules", 0.4, None)]
        if model == "other__partial" and place % 7 == 0:
            found = []
        if model in SAMPLED and place % 3 == 0:
            found.append((READER, 0.9, 2.0 if place % 2 else 3.5))
        if model in JUDGED:
            found.append(("llm-x", 0.85, None))
        for judge, sure, weight in found:
            chance = draw.uniform()
            # The first few categories are common, the last ones never seen.
            kind = categories[int(draw.triangular(0, 0, len(categories) - 3))]
            fault = "model" if chance < sure else "benchmark" if chance < sure + 0.05 else None
            status = "verdict" if fault else "undetermined"
            category = kind if fault == "model" else None
            head = (row["benchmark"], model, row["item_id"], judge, status, fault, None)
            rows.append((*head, category, None, None, 0.9, weight))
    return pd.DataFrame(rows, columns=list(FAILURE_COLUMNS)).astype({"weight": float})


@cache
def tables(categories: tuple[str, ...]) -> Tables:
    """Return everything known, the same each time."""
    draw = np.random.default_rng(20261126)
    answers = _answers(draw)
    failures = _verdicts(answers, categories, draw)
    # A sample counts for its run alone: every judge's row on the failure carries its weight.
    keys = ["benchmark", "model", "item_id"]
    drawn = failures.loc[failures["weight"].notna(), [*keys, "weight"]]
    failures = failures.drop(columns="weight").merge(drawn, on=keys, how="left")
    grouped = answers.groupby(["benchmark", "model"])["failed"].agg(["size", "sum"])
    attempts = pd.DataFrame(
        [(*key, int(n), int(failed)) for key, n, failed in grouped.itertuples(name=None)],
        columns=list(ATTEMPT_COLUMNS),
    )
    labels = pd.DataFrame(columns=list(LABEL_COLUMNS), dtype=object)
    return Tables(attempts, failures[list(FAILURE_COLUMNS)], labels, answers, _wordings())


@cache
def counted(categories: tuple[str, ...]) -> AtlasNumbers:
    """Return the numbers."""
    steps = [Step("lab__large", "lab__small", "size")]
    return numbers(tables(categories), categories, JUDGES, LEVEL, steps=steps, seed=5)


def edition(tree: Taxonomy) -> Edition:
    """Return the edition; only what Compare draws on is there."""
    atlas = Atlas(title="Example", description="Made up.", edition="2026.12", judges=JUDGES, seed=5)
    categories = tuple(entry.id for entry in tree.categories)
    content = Content(Path(), atlas, tree, models(), world.benchmarks(), {}, {}, {})
    return Edition(content, counted(categories))
