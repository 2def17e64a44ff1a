"""Call differences in made-up atlases, and count how many are none.

Run it in a checkout::

    .venv/bin/python -m benchmarks.discoveries --atlases 500 --pairs 2000

Prints a Markdown table: the false discovery rate of what is called distinctive of a model, with and
without differences, and how many of the differences of ten points were found; then that of strong
against weak models that fail in the same ways, of very different numbers of failures.
``tests/stats/test_coverage.py`` runs a few of the same.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.coverage import (
    A_TRUTH,
    CATEGORIES,
    LEVEL,
    Truth,
    asked,
    frame,
    sampled,
    truth,
)
from benchmarks.written import markdown
from generator.stats.benchmarks import held_apart
from generator.stats.compositions import Composition, compose
from generator.stats.distinctive import compared, distinctive
from generator.stats.precision import draws_of


def mixed(draw: np.random.Generator, models: int, items: int) -> Truth:
    """Return a truth in which models differ in four categories and in no other."""
    world = truth(draw, models, items, alike=True)
    common = world.cells.mean(axis=(0, 1))[: len(CATEGORIES)]
    some = np.sort(np.argsort(common)[-4:])
    for model in range(models):
        world.cells[:, model, some] = world.cells[:, model][:, draw.permutation(some)]
    return world


def discoveries(chunk: int, seed: int, atlases: int) -> pd.DataFrame:
    """Call categories distinctive in some atlases; return how many are not, atlas by atlas.

    Returns:
        scene, called, false (called, but the truth is no difference or one the other way), real
        (true differences of at least ten points), found (those of them that were called).
    """
    draw = np.random.default_rng([seed, chunk, 1])
    rows = []
    for name, world in (
        ("no differences", truth(draw, 6, 10_000, alike=True)),
        ("four categories differ", mixed(draw, 6, 10_000)),
    ):
        weights = (world.failing[:, :, None] * world.cells).mean(axis=0)[:, : len(CATEGORIES)]
        own = weights / weights.sum(axis=1, keepdims=True)
        others = weights.sum(axis=0) - weights
        gap = own - others / others.sum(axis=1, keepdims=True)
        # What differs by less is left from making the truth of finitely many items.
        sign = np.where(np.abs(gap) < EVEN, 0, np.sign(gap))
        for _ in range(atlases):
            failures = asked(draw, world, 400)
            for basis, shown in (("all", failures), ("sample", sampled(draw, failures, 70))):
                counts = _discovered(shown, sign, gap, int(draw.integers(2**31)))
                rows.append((f"{name}, {basis}", *counts))
    return pd.DataFrame(rows, columns=["scene", "called", "false", "real", "found"])


EVEN = 0.003
"""Differences of true shares below this count as none."""


def _discovered(
    shown: pd.DataFrame, sign: np.ndarray, gap: np.ndarray, seed: int
) -> tuple[int, int, int, int]:
    draws = draws_of(shown, seed, 500) if shown["weight"].isna().all() else None
    primary, pool = {}, {}
    for model, rows in shown.groupby("model"):
        name = str(model)
        others = None if draws is None else draws.together(without=name)
        primary["made-up", name] = compose(rows, CATEGORIES, LEVEL)
        rest = shown[shown["model"] != name]
        pool["made-up", name] = compose(rest, CATEGORIES, LEVEL, draws=others)
    made = distinctive(compared(primary, pool), 1 - LEVEL)
    own = made["model"].str[1:].astype(int).to_numpy()
    category = pd.Index(CATEGORIES).get_indexer(pd.Index(made["category"]))
    called, up = made["distinctive"].to_numpy(), np.sign(made["log_odds"].to_numpy())
    wrong = called & (up != sign[own, category])
    real = np.abs(gap[own, category]) >= 0.1  # noqa: PLR2004 - ten points
    return int(called.sum()), int(wrong.sum()), int(real.sum()), int((called & real).sum())


class Sides(NamedTuple):
    """How many failures strong and weak models have."""

    strong: tuple[int, ...]
    """Of each strong model."""
    weak: tuple[int, ...]
    """Of each weak one."""
    items: int
    """Items that all of them attempted."""
    kinds: tuple[float, ...] = ()
    """How frequent the categories are; of few kinds most are rare. Drawn where none are given."""
    sample: int = 0
    """Failures of each that were looked at; 0 for all."""


BFCL = (0.592, 0.402, 0.0056, 0.0005)
"""What failures on BFCL are made of."""
SIDES = {
    "BFCL, 326 and 1,891": Sides((126, 200), (894, 997), 2000, BFCL),
    "BFCL, 126 and 997": Sides((126,), (997,), 2000, BFCL),
    "326 and 1,891 of all kinds": Sides((126, 200), (894, 997), 2000),
    "126 and 997 of all kinds": Sides((126,), (997,), 2000),
    "MMLU-Pro, samples of 70": Sides((300,) * 4, (700,) * 4, 1200, sample=70),
}
"""Sizes like those of benchmarks of the Atlas."""


def alike(draw: np.random.Generator, sides: Sides) -> tuple[Composition, Composition]:
    """Return what the failures of both sides are made of; no kind is more frequent on either.

    What goes wrong differs from item to item and not from model to model, and items that are hard
    for one are hard for all: failures of several models on one item resemble one another.
    """
    kinds = np.zeros(len(CATEGORIES) + 1)
    kinds[: len(sides.kinds)] = sides.kinds
    if not sides.kinds:
        kinds[:-1] = draw.dirichlet(np.full(len(CATEGORIES), 0.7))
    of_item = draw.dirichlet(np.maximum(kinds, 1e-5) * 3, size=sides.items)
    hard = np.exp(draw.normal(0, 1, sides.items))
    made = []
    for side in (sides.strong, sides.weak):
        item = np.concatenate(
            [draw.choice(sides.items, n, replace=False, p=hard / hard.sum()) for n in side]
        )
        model = np.repeat(np.arange(len(side)), side)
        chances = of_item[item].cumsum(axis=1)
        cell = (draw.random(len(item))[:, None] > chances[:, :-1]).sum(axis=1)
        rows = frame(model, item, cell, np.nan)
        if sides.sample:
            made.append(compose(sampled(draw, rows, sides.sample), CATEGORIES, LEVEL))
        else:
            draws = draws_of(rows, int(draw.integers(2**31)), 200).together()
            made.append(compose(rows, CATEGORIES, LEVEL, draws=draws))
    return made[0], made[1]


def apart(chunk: int, seed: int, pairs: int) -> pd.DataFrame:
    """Hold strong against weak models that fail alike; return what is called, pair by pair.

    Returns:
        As :func:`discoveries`; there is nothing to be found.
    """
    draw = np.random.default_rng([seed, chunk, 2])
    rows = []
    for name, sides in SIDES.items():
        for _ in range(pairs):
            called = int((held_apart(*alike(draw, sides))["q"] <= 1 - LEVEL).sum())
            rows.append((f"strong and weak alike, {name}", called, called, 0, 0))
    return pd.DataFrame(rows, columns=["scene", "called", "false", "real", "found"])


def discovered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the false discovery rate and the power of each scene."""
    false = rows["false"] / rows["called"].clip(lower=1)
    grouped = rows.assign(rate=false).groupby("scene", sort=False)
    sums = grouped[["called", "real", "found"]].sum()
    return pd.DataFrame(
        {
            "false discovery rate": grouped["rate"].mean(),
            "called": sums["called"],
            "found of differences of ten points": sums["found"] / sums["real"].clip(lower=1),
            "atlases": grouped.size(),
        }
    )


def main() -> None:
    """Parse, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--atlases", type=int, default=500, help="for what is distinctive")
    parser.add_argument("--pairs", type=int, default=2000, help="of strong and weak models")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.workers) as pool:
        rows = [
            part
            for test, tries in (
                (partial(discoveries, seed=options.seed, atlases=A_TRUTH), options.atlases),
                (partial(apart, seed=options.seed, pairs=A_TRUTH), options.pairs),
            )
            for part in pool.map(test, range(tries // A_TRUTH))
        ]
    found = discovered(pd.concat(rows, ignore_index=True))
    print(markdown(found))
    if options.json:
        options.json.write_text(json.dumps(found.to_dict("index"), indent=2) + "\n")


if __name__ == "__main__":
    main()
