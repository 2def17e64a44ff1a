"""All tables of a data package."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from generator.records.release import Release
from generator.release.columns import KEYS, NUMBERS
from generator.release.rows import attempt_rows, failure_rows, item_rows, tagged, verdict_rows
from generator.stats.benchmarks import DELIVERY
from generator.stats.further import further
from generator.stats.published import Settings, published
from generator.stats.tables import FAILURE_COLUMNS, Tables
from generator.store.content import Content
from generator.taxonomy.export import csv_table
from generator.taxonomy.tree import members

ABOUT = {
    "runs": "One row per run: items answered and failed, accuracy, and how it was made.",
    "shares_by_run": "One row per run and category, zeros included: count, share, interval, n.",
    "outcomes_by_run": "One row per run and outcome: what came of looking at its failures.",
    "shares_by_benchmark": "One row per benchmark and category, its runs taken together.",
    "outcomes_by_benchmark": "One row per benchmark and outcome, its runs taken together.",
    "rates_by_run": "One row per run and category: how often it occurs, per item attempted.",
    "distinctive": "One row per run and category that it or its pool has: what stands out.",
    "corrected": "One row per run with a sample and category: its share, corrected by the rules.",
    "similarity": "One row per model and other model: how far apart their signatures are.",
    "slices": "One row per slice of a benchmark: predictions that failed.",
    "slices_by_run": "One row per run and slice: predictions that failed, beside all others.",
    "shares_by_slice": "One row per slice of a benchmark and category: count, share, interval.",
    "items_failed": "One row per item attempted: by how many models, and how many failed it.",
    "subcategories": "One row per benchmark and subcategory seen, its runs taken together.",
    "causes": "One row per benchmark and cause that says nothing of what models can do.",
    "strong_and_weak": "One row per benchmark and category: strong models beside weak ones.",
    "carried": "One row per run that rules alone judged and category: corrected by other runs.",
    "pairs": "One row per pair of models one step apart and category or outcome: its rate in both.",
    "judges": "One row per benchmark and two judges: how often they say the same.",
    "failures": "One row per failure, with the verdict that counts.",
    "verdicts": "One row per failure and judge that spoke on it.",
    "attempts": "One row per item and run: whether it was failed.",
    "items": "One row per item, with the slices that it belongs to.",
    "models": "One row per model or other system.",
    "benchmarks": "One row per benchmark.",
    "taxonomy": "One row per category, subcategory, attribution and retired identifier.",
}
"""What a row of each table is."""
_DIFFERENCE = {"low": "difference_low", "high": "difference_high"}
_RENAMED = {
    "runs": {"failed": "failures"},
    "slices": {"failed": "failures"},
    "slices_by_run": {"failed": "failures"},
    "similarity": {"n": "effective", "n_other": "effective_other"},
    "items_failed": {"models": "attempted_by", "failed": "failed_by"},
    "causes": {"share": "share_of_all", "low": "low_of_all", "high": "high_of_all"},
    "strong_and_weak": _DIFFERENCE,
    "pairs": {**_DIFFERENCE, "name": "kind_of_failure"},
    "carried": {
        "corrected": "carried",
        "low": "carried_low",
        "high": "carried_high",
        "runs": "tried",
    },
}
"""Columns that are called otherwise here, since a name means the same in every table."""
_RUN_FACTS = ("harness", "harness_version", "date", "contributor", "licence", "trained_on_test")
_MODEL = ("name", "developer", "kind", "released", "parameters", "open_weights", "licence", "url")
_BENCHMARK = (
    "name", "task_type", "licence", "metric", "success_threshold", "display", "synthetic", "url",
    "citation",
)  # fmt: skip


def package_tables(content: Content, tables: Tables, release: Release) -> dict[str, pd.DataFrame]:
    """Return the tables of a package by name, in the order of their descriptions.

    Raises:
        InputError: A file of verdicts was not written by the generator.
    """
    verdicts = verdict_rows(content, tables)
    attempts = attempt_rows(tables)
    taxonomy = content.taxonomy
    categories = [entry.id for entry in taxonomy.categories]
    delivery = [entry.id for entry in members(taxonomy, DELIVERY)]
    settings = settings_of(release, categories, delivery, content.systems)
    items = item_rows(tables)
    numbers = numbers_of(verdicts, attempts, items, settings)
    found = {
        **numbers,
        "runs": _with_facts(content, numbers["runs"]),
        "failures": failure_rows(verdicts, release.judges),
        "verdicts": verdicts,
        "attempts": attempts,
        "items": items,
        "models": _described(content.models, "model", _MODEL),
        "benchmarks": _described(content.benchmarks, "benchmark", _BENCHMARK),
        "taxonomy": pd.read_csv(io.StringIO(csv_table(content)), dtype=object),
    }
    return {name: found[name] for name in KEYS}


def settings_of(
    release: Release,
    categories: Sequence[str],
    delivery: Sequence[str] = (),
    systems: Sequence[str] = (),
) -> Settings:
    """Return what the published numbers depend on beside the rows."""
    level, seed = release.confidence_level, release.seed
    kinds = (tuple(delivery), tuple(systems))
    return Settings(tuple(categories), release.judges, level, seed, *kinds)


def numbers_of(
    verdicts: pd.DataFrame, attempts: pd.DataFrame, items: pd.DataFrame, settings: Settings
) -> dict[str, pd.DataFrame]:
    """Return the published numbers that follow from the rows of a package, by name of the table.

    Raises:
        ValueError: What the rows hold cannot be counted.
    """
    rows = verdicts[list(FAILURE_COLUMNS)]
    named = published(rows, attempts, settings)._asdict()
    named |= further(rows, attempts, tagged(items), settings)._asdict()
    return {name: named[name].rename(columns=_RENAMED.get(name, {})) for name in NUMBERS}


def _with_facts(content: Content, runs: pd.DataFrame) -> pd.DataFrame:
    """Add how each run was made."""
    rows = [
        {"benchmark": key[0], "model": key[1], **{name: getattr(run, name) for name in _RUN_FACTS}}
        for key, run in content.runs.items()
    ]
    facts = pd.DataFrame(rows, columns=["benchmark", "model", *_RUN_FACTS], dtype=object)
    return runs.merge(facts, on=["benchmark", "model"], how="left")


def _described(records: Mapping[str, Any], key: str, fields: tuple[str, ...]) -> pd.DataFrame:
    """Return records as rows; what is not known is missing."""
    rows = [
        {key: name, **{field: getattr(record, field) for field in fields}}
        for name, record in sorted(records.items())
    ]
    return pd.DataFrame(rows, columns=[key, *fields], dtype=object)
