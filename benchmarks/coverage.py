"""Simulate atlases whose truth is known, and count how often the intervals hold it.

Run it in a checkout::

    .venv/bin/python -m benchmarks.coverage --atlases 2000

Prints a Markdown table: how often intervals of 95 % held the truth, by method and by the size of
the true share. ``--json FILE`` keeps the figures, ``--corrected`` tries shares corrected for a
judge's errors and nothing else. ``tests/stats/test_coverage.py`` runs a few of the same.
"""

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.written import markdown
from generator.stats.compositions import Composition, compose
from generator.stats.correction import prediction_powered, rogan_gladen
from generator.stats.intervals import wilson_ends
from generator.stats.precision import draws_of
from generator.stats.rates import rates
from generator.stats.tables import FAILURE_COLUMNS

LEVEL = 0.95
CATEGORIES = [f"E{number:02d}" for number in range(1, 13)]
UNDETERMINED = "undetermined"
CELLS = [*CATEGORIES, UNDETERMINED]
BANDS = {"under 2 %": 0.02, "2 to 10 %": 0.1, "10 to 50 %": 0.5, "over 50 %": 1.01}
"""Upper ends of the bands of true shares."""
JUDGES = {
    "any judge": (0.1, 0.95),
    "a good judge": (0.8, 0.97),
    "a judge blind to half": (0.05, 0.9),
    "a judge of few kinds": (0.85, 1.0),
}
"""How often a judge sees a category, between which bounds; drawn for each category."""
BLIND = {"a judge blind to half": (0.5, 0.0), "a judge of few kinds": (0.75, 0.1)}
"""Chance that a judge is blind to a category, and how much it sees of it then at the most."""
MISTAKEN = dict(zip(JUDGES, (0.1, 0.01, 0.02, 0.01), strict=True))
"""How often a judge that misses a failure takes it for another kind, not for undetermined."""
LABELLED = 70
"""Failures of a sample that a better judge read."""
A_TRUTH = 20
"""Atlases that share a truth."""

Spans = list[tuple[str, pd.Series, pd.DataFrame]]
"""Method; true shares; intervals."""


class Truth(NamedTuple):
    """What is made up: how likely each model is to fail each item, and in which way."""

    failing: np.ndarray
    """Items x models."""
    cells: np.ndarray
    """Items x models x cells: the chance of each cell, given that the item is failed."""


def truth(draw: np.random.Generator, models: int, items: int, *, alike: bool = False) -> Truth:
    """Return many items, of which an atlas asks a few.

    Items differ in difficulty and in what goes wrong on them, so failures of several models on one
    item resemble one another.

    Args:
        draw: Source of chance.
        models: Number of models.
        items: Number of items.
        alike: Whether all models fail in the same ways.
    """
    base = np.append(draw.dirichlet(np.full(len(CATEGORIES), 0.7)) * 0.6, 0.4)
    tilt = np.exp(draw.normal(0, 0.0 if alike else 0.6, size=(models, len(CELLS))))
    of_item = draw.dirichlet(np.maximum(base, 1e-3) * 3, size=items)
    cells = of_item[:, None, :] * tilt[None, :, :]
    difficulty, ability = draw.normal(0, 1.5, items), draw.normal(0, 0.7, models)
    failing = 1 / (1 + np.exp(ability[None, :] - difficulty[:, None]))
    return Truth(failing, cells / cells.sum(axis=2, keepdims=True))


def frame(model: np.ndarray, item: np.ndarray, cell: np.ndarray, weight: object) -> pd.DataFrame:
    """Return failures as the statistics take them."""
    name = np.array(CELLS, dtype=object)[cell]
    placed = name != UNDETERMINED
    columns = {
        "benchmark": "made-up",
        "model": np.array([f"m{number}" for number in range(100)], dtype=object)[model],
        "item_id": item.astype(str),
        "judge": "rules",
        "status": np.where(placed, "verdict", UNDETERMINED),
        "attribution": np.where(placed, np.array("model", dtype=object), np.array(None)),
        "category": np.where(placed, name, None),
        "weight": weight,
    }
    return pd.DataFrame(columns, columns=list(FAILURE_COLUMNS), index=range(len(cell)))


def asked(draw: np.random.Generator, world: Truth, items: int) -> pd.DataFrame:
    """Ask all models some of the items; return all their failures."""
    chosen = draw.choice(len(world.failing), items)
    item, model = np.nonzero(draw.random((items, world.failing.shape[1])) < world.failing[chosen])
    chances = world.cells[chosen[item], model].cumsum(axis=1)
    cell = (draw.random(len(item))[:, None] > chances[:, :-1]).sum(axis=1)
    return frame(model, item, cell, np.nan)


def sampled(draw: np.random.Generator, failures: pd.DataFrame, size: int) -> pd.DataFrame:
    """Draw some failures of each model, weighted by its design."""
    parts = []
    for _, rows in failures.groupby("model"):
        n = min(size, len(rows))
        drawn = rows.iloc[np.sort(draw.choice(len(rows), n, replace=False))]
        parts.append(drawn.assign(weight=len(rows) / n))
    return pd.concat(parts, ignore_index=True)


def both(method: str, made: Composition, classified: pd.Series, everything: pd.Series) -> Spans:
    """Return the intervals of a composition beside the true shares."""
    shares = made.shares.set_index("category")
    wide = shares[["low_of_all", "high_of_all"]].set_axis(["low", "high"], axis=1)
    return [
        (f"{method}, of classified", classified, shares[["low", "high"]]),
        (f"{method}, of all", everything, wide),
    ]


def true_shares(weights: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Return the shares of categories among the classified and among all, from cell weights."""
    inside = pd.Series(weights[: len(CATEGORIES)], CATEGORIES)
    return inside / inside.sum(), inside / weights.sum()


def counted(failures: pd.DataFrame) -> np.ndarray:
    """Count the failures of each cell."""
    cell = failures["category"].fillna(UNDETERMINED)
    return cell.value_counts().reindex(CELLS, fill_value=0).to_numpy(float)


def census(draw: np.random.Generator, world: Truth, replicates: int) -> Spans:
    """All failures looked at: one model, its rates, and several models on the same items."""
    items = int(draw.integers(200, 500))
    failures = asked(draw, world, items)
    one = failures[failures["model"] == "m0"]
    own = compose(one, CATEGORIES, LEVEL)
    weights = world.failing[:, :, None] * world.cells
    spans = both("one model, all failures", own, *true_shares(weights[:, 0].mean(axis=0)))
    rate = rates(own, items, len(one), LEVEL).set_index("category")
    often = pd.Series(weights[:, 0].mean(axis=0)[: len(CATEGORIES)], CATEGORIES)
    spans.append(("rate, all failures", often, _ends(rate, "rate_")))
    drawn = draws_of(failures, int(draw.integers(2**31)), replicates).together()
    whole = compose(failures, CATEGORIES, LEVEL, draws=drawn)
    classified, everything = true_shares(weights.mean(axis=(0, 1)))
    spans += both("several models, same items", whole, classified, everything)
    shares = whole.shares.set_index("category")["share"]
    naive = wilson_ends(shares, pd.Series(float(whole.classified), shares.index), LEVEL)
    spans.append(("(not used) the same without resampling, of classified", classified, naive))
    return spans


def sample(draw: np.random.Generator, world: Truth) -> Spans:
    """Samples of the failures: one model, its rates, several models weighted together."""
    failures = asked(draw, world, 1200)
    drawn = sampled(draw, failures, 70)
    own, one = drawn[drawn["model"] == "m0"], failures[failures["model"] == "m0"]
    made = compose(own, CATEGORIES, LEVEL)
    spans = both("sample of one model", made, *true_shares(counted(one)))
    weights = (world.failing[:, :1, None] * world.cells[:, :1])[:, 0].mean(axis=0)
    rate = rates(made, 1200, len(one), LEVEL).set_index("category")
    often = pd.Series(weights[: len(CATEGORIES)], CATEGORIES)
    spans.append(("rate, sample", often, _ends(rate, "rate_")))
    together_ = compose(drawn, CATEGORIES, LEVEL)
    return spans + both("sample of several models", together_, *true_shares(counted(failures)))


def corrected(draw: np.random.Generator, world: Truth, judge: str, labels: int = LABELLED) -> Spans:
    """A judge that errs spoke on all failures, a better one on a sample of them."""
    known = draw.choice(CELLS, 4000, p=(world.failing[:, :1] * world.cells[:, 0]).sum(axis=0)
                        / world.failing[:, 0].sum())  # fmt: skip
    sees = draw.uniform(*JUDGES[judge], len(CELLS))
    if judge in BLIND:
        chance, most = BLIND[judge]
        dim = draw.uniform(0, most, len(CELLS))
        sees = np.where(draw.random(len(CELLS)) < chance, dim, sees)
    power = dict(zip(CELLS, sees, strict=True))
    right = draw.random(4000) < pd.Series(known).map(power).to_numpy()
    wrong = np.where(draw.random(4000) < MISTAKEN[judge], draw.choice(CELLS, 4000), UNDETERMINED)
    said = np.where(right, known, wrong)
    place = draw.choice(4000, labels, replace=False)
    labelled = pd.DataFrame({"known": known[place], "said": said[place], "weight": 4000 / labels})
    made = prediction_powered(labelled, pd.Series(said), CATEGORIES, LEVEL).set_index("category")
    share = pd.Series(known).value_counts(normalize=True).reindex(CATEGORIES, fill_value=0.0)
    raw, ends = _ends(made, "raw_"), _ends(made, "corrected_")
    few = made["conservative"]
    return [
        (f"sample alone, beside {judge}", share, raw),
        (f"corrected (prediction-powered), {judge}", share, ends[~few]),
        (f"conservative, {judge}", share, ends[few]),
    ]


def transported(draw: np.random.Generator) -> Spans:
    """How a judge errs was found on other failures."""
    prevalence = draw.uniform(0.01, 0.6)
    sensitivity, specificity = draw.uniform(0.3, 0.95), draw.uniform(0.9, 0.999)
    apparent = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    row = {
        "said": draw.binomial(3000, apparent), "of": 3000,
        "found": draw.binomial(80, sensitivity), "positive": 80,
        "cleared": draw.binomial(400, specificity), "negative": 400,
    }  # fmt: skip
    found = rogan_gladen(pd.DataFrame([row]), LEVEL)
    known = not found["low"].isna().any()
    return [("corrected (Rogan-Gladen)", pd.Series([prevalence]), found)] if known else []


def _ends(rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    return rows[[f"{prefix}low", f"{prefix}high"]].set_axis(["low", "high"], axis=1)


def spans(
    chunk: int, seed: int, atlases: int, replicates: int, *, labels: int | None = None
) -> pd.DataFrame:
    """Return every interval of some atlases with one truth: method, share, held, width.

    Args:
        chunk: Number of the truth.
        seed: Of all that is drawn, with the number.
        atlases: How many share the truth.
        replicates: How often items are drawn again.
        labels: Failures that a better judge read, to try corrected shares alone.
    """
    draw = np.random.default_rng([seed, chunk])
    world = truth(draw, 5, 10_000)
    rows = []
    for _ in range(atlases):
        made: Spans = []
        if labels is None:
            made += [*census(draw, world, replicates), *sample(draw, world), *transported(draw)]
        for judge in JUDGES:
            made += corrected(draw, world, judge, labels or LABELLED)
        for method, shares, ends in made:
            share, slack = shares[ends.index], 1e-9  # an interval that ends there holds it
            held = (ends["low"] <= share + slack) & (share - slack <= ends["high"])
            made_of = {"method": method, "share": share, "held": held}
            table = pd.DataFrame({**made_of, "width": ends["high"] - ends["low"]})
            rows.append(table[ends["low"].notna()])  # of too few failures nothing is said
    return pd.concat(rows, ignore_index=True)


def coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how often intervals held the truth: one row per method, one column per band.

    Categories that cannot occur are left out: every interval holds a share of zero.
    """
    rows = rows[rows["share"] > 0]
    band = pd.cut(rows["share"], [0, *BANDS.values()], labels=list(BANDS))
    table = rows.groupby(["method", band], observed=True)["held"].mean().unstack()  # noqa: PD010 - made by groupby
    table.columns = table.columns.astype(str)
    methods = rows.groupby("method")
    table.insert(0, "all", methods["held"].mean())
    table["mean width"] = methods["width"].mean()
    return table.assign(intervals=methods.size()).reindex(list(dict.fromkeys(rows["method"])))


def main() -> None:
    """Parse, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--atlases", type=int, default=2000, help="for coverage")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--corrected", type=int, metavar="N", help="these alone, with N labels")
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    options = parser.parse_args()
    start = time.perf_counter()
    with ProcessPoolExecutor(options.workers) as pool:
        chunks = range(max(1, options.atlases // A_TRUTH))
        work = partial(
            spans, seed=options.seed, atlases=A_TRUTH, replicates=500, labels=options.corrected
        )
        held = coverage(pd.concat(pool.map(work, chunks), ignore_index=True))
    print(f"{markdown(held)}\n\n{time.perf_counter() - start:,.0f} s")
    if options.json:
        options.json.write_text(json.dumps(held.to_dict("index"), indent=2) + "\n")


if __name__ == "__main__":
    main()
