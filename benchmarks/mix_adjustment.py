"""Prove by simulation that comparisons between models hold what their intervals promise.

Run it in a checkout::

    .venv/bin/python benchmarks/mix_adjustment.py --atlases 2000

Each simulated atlas has a known truth. Two questions are asked of it:

- *Mix*: a model failed on two benchmarks in another mix than the reference. How far off are its
  raw shares, how far off are the adjusted ones, and how often does the interval of an adjusted
  share, and of the difference between two models, hold the truth?
- *Pairs*: two models attempted the same items, hard ones being hard for both. How often does the
  interval of the difference between their rates hold the truth, and how often does McNemar's test
  call a difference where there is none?

Prints a Markdown table; ``--json FILE`` keeps the figures.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from generator.stats.comparison import paired
from generator.stats.compositions import Composition, compose
from generator.stats.differences import independent_difference
from generator.stats.mixes import mix_adjusted

SEED = 20261123
LEVEL = 0.95
KINDS = ("E02", "E06", "E09", "E11", "E13")
MIX = {"one": 0.3, "other": 0.7}
"""Reference mix."""
SIGNATURES = {
    "one": np.array([0.45, 0.10, 0.10, 0.15, 0.20]),
    "other": np.array([0.08, 0.22, 0.30, 0.25, 0.15]),
}
"""How both models fail on each benchmark."""
FAILURES = ({"one": 320, "other": 90}, {"one": 80, "other": 260})
"""Failures of the two models: each ran mostly what the other did not."""
ITEMS = 800
HARD = 0.4
"""Share of hard items."""
RATES = (
    {"hard": np.array([0.06, 0.10, 0.15, 0.12, 0.08]), "easy": np.full(5, 0.02)},
    {"hard": np.array([0.06, 0.04, 0.20, 0.05, 0.08]), "easy": np.full(5, 0.02)},
)
"""Rate of each kind by model; the first and the last are the same for both."""
TOGETHER = 0.5
"""How often both models meet an item with the same luck."""


def composition(draw: np.random.Generator, signature: np.ndarray, failures: int) -> Composition:
    """Return the composition of failures drawn from a signature."""
    kinds = np.repeat(KINDS, draw.multinomial(failures, signature))
    rows = pd.DataFrame({"category": kinds, "status": "verdict", "attribution": "model"})
    rows = rows.assign(
        subcategory=None,
        judge="rules",
        weight=np.nan,
        benchmark="b",
        model="m",
        item_id=rows.index.astype(str),
    )
    return compose(rows, KINDS, LEVEL)


def mixed(draw: np.random.Generator) -> pd.DataFrame:
    """Return one atlas: per kind how far off raw and adjusted shares are, and what is held."""
    truth = sum(weight * SIGNATURES[name] for name, weight in MIX.items())
    models = [
        {name: composition(draw, SIGNATURES[name], count) for name, count in failures.items()}
        for failures in FAILURES
    ]
    own, other = (mix_adjusted(parts, MIX, LEVEL).head(len(KINDS)) for parts in models)
    counts = np.sum([part.shares["count"].to_numpy() for part in models[0].values()], axis=0)
    apart = independent_difference(own, other)
    return pd.DataFrame(
        {
            "kind": KINDS,
            "raw": counts / counts.sum() - truth,
            "adjusted": own["share"] - truth,
            "share held": (own["low"] <= truth) & (truth <= own["high"]),
            "difference held": (apart["low"] <= 0) & (apart["high"] >= 0),
        }
    )


def pairs(draw: np.random.Generator) -> pd.DataFrame:
    """Return one atlas: per kind whether the difference over shared items is held, and p."""
    hard = draw.random(ITEMS) < HARD
    luck = draw.random((2, ITEMS))
    luck[1] = np.where(draw.random(ITEMS) < TOGETHER, luck[0], luck[1])
    items = np.array([f"i{number}" for number in range(ITEMS)])
    parts = []
    for model, rates in enumerate(RATES):
        edges = np.where(hard[:, None], np.cumsum(rates["hard"]), np.cumsum(rates["easy"]))
        place = (luck[model][:, None] >= edges).sum(axis=1)
        failed = place < len(KINDS)
        kinds = np.array(KINDS)[place[failed]]
        parts.append(
            pd.DataFrame({"model": str(model), "item_id": items[failed], "category": kinds})
        )
    rows = pd.concat(parts).assign(benchmark="one", status="verdict", attribution="model")
    shared = pd.DataFrame({"benchmark": "one", "item_id": items, "variant": 0})
    found = paired(shared, rows, ("0", "1"), KINDS, LEVEL).head(len(KINDS))
    true = [HARD * rates["hard"] + (1 - HARD) * rates["easy"] for rates in RATES]
    apart = true[0] - true[1]
    return pd.DataFrame(
        {
            "kind": KINDS,
            "same": np.isclose(apart, 0),
            "held": (found["low"] <= apart) & (apart <= found["high"]),
            "called": found["p"] < 1 - LEVEL,
        }
    )


def simulated(
    what: Callable[[np.random.Generator], pd.DataFrame], atlases: int, seed: int = SEED
) -> pd.DataFrame:
    """Return the rows of many atlases."""
    draw = np.random.default_rng(seed)
    return pd.concat([what(draw) for _ in range(atlases)], ignore_index=True)


def figures(atlases: int, seed: int = SEED) -> dict[str, float]:
    """Return what is measured, all of it shares or differences of shares."""
    mixes, both = simulated(mixed, atlases, seed), simulated(pairs, atlases, seed)
    off = mixes.groupby("kind")[["raw", "adjusted"]].mean().abs().max()
    return {
        "raw share, largest mean error": float(off["raw"]),
        "adjusted share, largest mean error": float(off["adjusted"]),
        "adjusted share, interval holds": float(mixes["share held"].mean()),
        "adjusted difference, interval holds": float(mixes["difference held"].mean()),
        "paired difference, interval holds": float(both["held"].mean()),
        "McNemar, called where there is none": float(both.loc[both["same"], "called"].mean()),
        "McNemar, called where there is one": float(both.loc[~both["same"], "called"].mean()),
    }


def main() -> None:
    """Parse, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--atlases", type=int, default=2000)
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    options = parser.parse_args()
    start = time.perf_counter()
    found = figures(options.atlases)
    print(f"Python {platform.python_version()}, {options.atlases:,} atlases, seed {SEED}, ", end="")
    print(f"{time.perf_counter() - start:.0f} s\n")
    print("| figure | per cent |\n|---|---:|")
    for name, value in found.items():
        print(f"| {name} | {value * 100:.1f} |")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
