"""The numbers that a release publishes, from rows of attempts and verdicts alone.

A data package holds these rows, so whoever has one can compute its numbers again.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from generator.stats.atlas import by_run, primary_rows, rules_alone, with_accuracy
from generator.stats.compositions import Composition, compose
from generator.stats.precision import draws_of
from generator.stats.tables import attempts_of, settled

RUN = ("benchmark", "model")
_SHARES = ("count", "share", "low", "high")
_OF_ALL = ("share_of_all", "low_of_all", "high_of_all")


class Published(NamedTuple):
    """Tables of numbers; the columns ``basis`` to ``n`` say of what a row is a share."""

    runs: pd.DataFrame
    """One row per run: benchmark, model, attempted, failed, accuracy, low, high."""
    shares_by_run: pd.DataFrame
    """One row per run, set of numbers (``primary``, ``rules_alone``) and category, zeros included:
    basis, judges, population, looked_at, n (failures with a category); category, count, share, low,
    high (of n), share_of_all, low_of_all, high_of_all (of looked_at)."""
    outcomes_by_run: pd.DataFrame
    """The same by outcome; n is looked_at."""
    shares_by_benchmark: pd.DataFrame
    """As by run, its runs taken together: those with a sample, else all."""
    outcomes_by_benchmark: pd.DataFrame
    """The same by outcome."""


class Settings(NamedTuple):
    """What the numbers depend on beside the rows."""

    categories: tuple[str, ...]
    """Category ids in the order of the taxonomy."""
    judges: tuple[str, ...]
    """Judges in the order in which they count."""
    level: float
    """Confidence level in (0, 1)."""
    seed: int
    """Of everything drawn at random."""
    delivery: tuple[str, ...] = ()
    """Categories about what came out, not about what was worked out."""
    systems: tuple[str, ...] = ()
    """Language models, of which pairs one step apart are held against each other."""


def counting(failures: pd.DataFrame, judges: Sequence[str]) -> pd.DataFrame:
    """Return one row per failure with the verdict that counts, and whether shares rest on it.

    Args:
        failures: One row per failure and judge; see ``tables``.
        judges: Judges in the order in which they count.
    """
    one_each = settled(failures, judges)
    shown = primary_rows(one_each).index
    return one_each.assign(in_shares=one_each.index.isin(shown))


def published(failures: pd.DataFrame, answers: pd.DataFrame, settings: Settings) -> Published:
    """Compute what a release publishes.

    Args:
        failures: One row per failure and judge; see ``tables``.
        answers: One row per item attempted: benchmark, model, item_id, failed.
        settings: What the numbers depend on beside them.

    Returns:
        Tables, sorted by benchmark and model, categories and outcomes in their order.

    Source:
        As :func:`generator.stats.compositions.compose` and
        :func:`generator.stats.intervals.wilson`.
    """
    categories, judges, level, seed, *_ = settings
    shown = primary_rows(settled(failures, judges))
    runs = {key: compose(rows, categories, level) for key, rows in sorted(by_run(shown).items())}
    alone = rules_alone(failures, runs, categories, level)
    own = [({**_named(key), "numbers": "primary"}, made) for key, made in runs.items()]
    own += [
        ({**_named(key), "numbers": "rules_alone"}, made) for key, made in sorted(alone.items())
    ]
    whole = [
        ({"benchmark": str(name)}, _together(rows, settings, seed))
        for name, rows in shown.groupby("benchmark", observed=True)
    ]
    return Published(
        runs=with_accuracy(attempts_of(answers.astype({"failed": bool})), level),
        shares_by_run=_stacked(own, "shares"),
        outcomes_by_run=_stacked(own, "outcomes"),
        shares_by_benchmark=_stacked(whole, "shares"),
        outcomes_by_benchmark=_stacked(whole, "outcomes"),
    )


def _named(key: tuple[str, str]) -> dict[str, str]:
    return dict(zip(RUN, key, strict=True))


def _together(rows: pd.DataFrame, settings: Settings, seed: int) -> Composition:
    """Return the composition of a benchmark: of its samples, else of all its failures."""
    sampled = rows[rows["weight"].notna()]
    used = sampled if len(sampled) else rows
    several = sampled.empty and len(used["model"].unique()) > 1
    draws = draws_of(used, seed).together() if several else None
    return compose(used, settings.categories, settings.level, draws=draws)


def _stacked(made: list[tuple[dict[str, str], Composition]], part: str) -> pd.DataFrame:
    """Return one part of all compositions as one table."""
    columns = ["category", *_SHARES, *_OF_ALL] if part == "shares" else ["outcome", *_SHARES]
    frames = []
    for key, found in made:
        about = {
            **key,
            "basis": found.basis,
            "judges": "+".join(found.judges),
            "population": found.population,
            "looked_at": found.looked_at,
            "n": found.classified if part == "shares" else found.looked_at,
        }
        rows = getattr(found, part)[columns].reset_index(drop=True)
        head = pd.DataFrame({name: [value] * len(rows) for name, value in about.items()})
        frames.append(head.join(rows))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
