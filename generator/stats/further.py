"""What the site publishes beside shares, from rows of attempts, verdicts and items alone.

A data package holds these rows too: whoever has one can compute all of this again.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from generator.records.keys import RunKey
from generator.stats.atlas import by_run, primary_rows, rules_alone
from generator.stats.benchmarks import SLICE_COLUMNS, Anatomy, anatomy
from generator.stats.comparisons import comparisons
from generator.stats.compositions import compose
from generator.stats.correction import CORRECTED_COLUMNS, corrected_runs
from generator.stats.distinctive import DISTINCTIVE_COLUMNS, compared, distinctive
from generator.stats.pairwise import pairwise
from generator.stats.pools import together
from generator.stats.published import Settings
from generator.stats.rates import rates_of_runs
from generator.stats.similarity import PAIR_COLUMNS, similarities
from generator.stats.slices import RUN_SLICE_COLUMNS
from generator.stats.stacks import (
    of_benchmarks,
    of_judges,
    of_pairs,
    of_sides,
    of_similarities,
    of_slices,
    of_subcategories,
)
from generator.stats.steps import one_step_apart
from generator.stats.tables import Tables, attempts_of, settled
from generator.stats.transport import CARRIED_COLUMNS, carried, trials
from generator.stats.trust import measuring

RUN = ("benchmark", "model")
_RATES = ("category", "rate", "rate_low", "rate_high")
_GROUND = ("benchmark", "basis", "judges")
_SHARES = (
    "category", "count", "share", "low", "high", "share_of_all", "low_of_all", "high_of_all",
)  # fmt: skip
_SUBSHARES = ("benchmark", "category", "subcategory", "count", "share", "low", "high")
_CAUSES = ("benchmark", "cause", "count", "share", "low", "high")
_SIDES = (
    "benchmark", "part", "strong_models", "weak_models", "category", "strong", "weak",
    "difference", "low", "high", "p", "q",
)  # fmt: skip
_PAIRS = (
    "model", "other", "step", "verdicts", "ground", "shared", "name", "of", "first", "second",
    "difference", "low", "high", "only_first", "only_second", "method", "p", "q",
)  # fmt: skip
_JUDGES = (
    "benchmark", "judge", "other_judge", "both", "spoken", "same",
    "agreement", "agreement_low", "agreement_high", "kappa", "kappa_low", "kappa_high",
    "kappa_of_all", "kappa_of_all_low", "kappa_of_all_high",
)  # fmt: skip


class Further(NamedTuple):
    """Tables of numbers."""

    rates_by_run: pd.DataFrame
    """One row per run and category: rate, rate_low, rate_high, per item attempted."""
    distinctive: pd.DataFrame
    """One row per run that has a pool and category; see ``distinctive.distinctive``."""
    corrected: pd.DataFrame
    """One row per run with a sample and category; see ``correction.corrected_runs``."""
    similarity: pd.DataFrame
    """One row per model and other model: benchmark, basis, judges; see ``similarity``."""
    slices: pd.DataFrame
    """One row per benchmark and slice; see ``benchmarks.Anatomy``."""
    slices_by_run: pd.DataFrame
    """One row per run and slice; see ``slices.run_slices``."""
    shares_by_slice: pd.DataFrame
    """One row per benchmark, slice and category, zeros included: basis and shares."""
    items_failed: pd.DataFrame
    """One row per item attempted: by how many models, and how many of them failed it."""
    subcategories: pd.DataFrame
    """One row per benchmark and subcategory seen, its runs taken together."""
    causes: pd.DataFrame
    """One row per benchmark and cause that is not about its task; see ``causes.causes``."""
    strong_and_weak: pd.DataFrame
    """One row per benchmark and category; see ``benchmarks.Standing``."""
    carried: pd.DataFrame
    """One row per run that rules alone judged and category; see ``transport.carried``."""
    pairs: pd.DataFrame
    """One row per pair of models one step apart, verdicts and category or outcome; see
    ``comparison.Comparison``."""
    judges: pd.DataFrame
    """One row per benchmark and two judges that looked at the same; see ``pairwise.pairwise``."""


def further(
    failures: pd.DataFrame, answers: pd.DataFrame, items: pd.DataFrame, settings: Settings
) -> Further:
    """Compute what the site publishes beside shares.

    Args:
        failures: One row per failure and judge; see ``tables``.
        answers: One row per item attempted: benchmark, model, item_id, failed.
        items: One row per item or wording: benchmark, item_id, tags.
        settings: What the numbers depend on beside them.

    Returns:
        Tables, sorted by benchmark and model, categories in their order.

    Source:
        As the function that each table names.
    """
    categories, judges, level, seed, *_ = settings
    answers = answers.astype({"failed": bool})
    shown = primary_rows(settled(failures, judges))
    measured, runs = measuring(failures), by_run(shown)
    primary = {key: compose(rows, categories, level) for key, rows in sorted(runs.items())}
    attempts = {
        (str(row["benchmark"]), str(row["model"])): (int(row["attempted"]), int(row["failed"]))
        for row in attempts_of(answers).to_dict("records")
    }
    pool, wholes = together(shown, categories, level, seed)
    anatomies = {
        str(name): _anatomy(rows, answers, items, settings)
        for name, rows in shown.groupby("benchmark", observed=True)
        if (answers["benchmark"] == name).any()
    }
    return Further(
        rates_by_run=_rates(rates_of_runs(primary, attempts, level)),
        distinctive=_ordered(distinctive(compared(primary, pool), 1 - level), DISTINCTIVE_COLUMNS),
        corrected=_ordered(
            corrected_runs(measured, shown, categories=categories, judges=judges, level=level),
            (*RUN, *CORRECTED_COLUMNS),
        ),
        similarity=_joined(
            [*of_similarities(similarities(primary, level))], (*_GROUND, *PAIR_COLUMNS)
        ),
        slices=_stacked(anatomies, "slices", SLICE_COLUMNS),
        slices_by_run=_stacked(anatomies, "by_model", RUN_SLICE_COLUMNS),
        shares_by_slice=_ordered(
            of_slices(anatomies), ("benchmark", "tag", "value", "basis", *_SHARES)
        ),
        items_failed=_stacked(anatomies, "items", ("item_id", "models", "failed")),
        subcategories=_ordered(of_subcategories(wholes) if wholes else pd.DataFrame(), _SUBSHARES),
        causes=_stacked(anatomies, "causes", _CAUSES[1:]),
        strong_and_weak=_ordered(of_sides(anatomies), _SIDES),
        carried=_ordered(
            carried(
                measured,
                trials(measured, runs, primary, categories=categories, level=level),
                primary,
                level=level,
            ),
            CARRIED_COLUMNS,
        ),
        pairs=_ordered(
            of_pairs(
                comparisons(
                    Tables(attempts_of(answers), failures, pd.DataFrame(), answers, items),
                    shown,
                    primary,
                    rules_alone(failures, primary, categories, level),
                    one_step_apart(settings.systems),
                    categories=categories,
                    level=level,
                )
            ),
            _PAIRS,
        ),
        judges=_ordered(of_judges(pairwise(measured, judges, level)), _JUDGES),
    )


def _anatomy(
    shown: pd.DataFrame, answers: pd.DataFrame, items: pd.DataFrame, settings: Settings
) -> Anatomy:
    """Return what one benchmark measures, whose failures these are."""
    name = shown["benchmark"].iloc[0]
    own, asked = (
        table[table["benchmark"] == name].reset_index(drop=True) for table in (answers, items)
    )
    return anatomy(
        own,
        asked,
        shown,
        categories=settings.categories,
        delivery=settings.delivery,
        level=settings.level,
        seed=settings.seed,
    )


def _rates(found: Mapping[RunKey, pd.DataFrame]) -> pd.DataFrame:
    frames = [
        frame.assign(benchmark=benchmark, model=model)
        for (benchmark, model), frame in sorted(found.items())
    ]
    return _joined(frames, (*RUN, *_RATES))


def _stacked(anatomies: Mapping[str, Anatomy], part: str, columns: Sequence[str]) -> pd.DataFrame:
    tables = {name: getattr(found, part) for name, found in anatomies.items()}
    return _ordered(of_benchmarks(tables) if tables else pd.DataFrame(), ("benchmark", *columns))


def _joined(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    return _ordered(pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(), columns)


def _ordered(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return these columns, also of a table without rows, which may lack some."""
    chosen = frame[list(columns)] if len(frame) else pd.DataFrame(columns=list(columns))
    return chosen.reset_index(drop=True)
