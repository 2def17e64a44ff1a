"""What an edition was made from, as one record."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from generator.judging.run import State
from generator.readers.runs import text_hash
from generator.records.keys import RunKey
from generator.records.release import (
    Counts,
    FrozenJudge,
    FrozenRun,
    FrozenSample,
    FrozenSource,
    Release,
)
from generator.release.rows import attempt_rows, verdict_rows
from generator.stats.tables import FAILURE_COLUMNS, PLACE, Tables, settled
from generator.store.content import Content


def freeze(
    content: Content,
    tables: Tables,
    states: Mapping[RunKey, State],
    *,
    version: str,
    commit: str,
    date: dt.date,
) -> Release:
    """Return what a release keeps of the content.

    Args:
        content: The content.
        tables: What was collected from it.
        states: Of every run, whether its verdicts are fresh.
        version: Version of the release.
        commit: Commit that it is made from.
        date: Day of the release.

    Raises:
        InputError: A file of verdicts was not written by the generator.
    """
    atlas = content.atlas
    verdicts = verdict_rows(content, tables)
    asked = sorted({benchmark for benchmark, _ in content.runs})
    return Release(
        version=version,
        date=date,
        commit=commit,
        taxonomy=content.taxonomy.version,
        judges=atlas.judges,
        confidence_level=atlas.confidence_level,
        rule_threshold=atlas.rule_threshold,
        seed=atlas.seed,
        success_thresholds={name: content.benchmarks[name].success_threshold for name in asked},
        counts=counts_of(
            verdicts,
            attempt_rows(tables),
            atlas.judges,
            categories=len(content.taxonomy.categories),
            subcategories=sum(len(entry.subcategories) for entry in content.taxonomy.categories),
        ),
        spoke=tuple(spoke_of(verdicts)),
        samples=tuple(_samples(content)),
        sources=tuple(_sources(content, asked)),
        runs=tuple(_run(content, key, states[key]) for key in sorted(content.runs)),
    )


def counts_of(
    verdicts: pd.DataFrame,
    attempts: pd.DataFrame,
    judges: Sequence[str],
    *,
    categories: int,
    subcategories: int,
) -> Counts:
    """Return how much an edition holds, from its rows."""
    counting = settled(verdicts[list(FAILURE_COLUMNS)], judges)
    found = counting["status"].value_counts()
    return Counts(
        models=len(attempts["model"].unique()),
        benchmarks=len(attempts["benchmark"].unique()),
        runs=len(attempts[["benchmark", "model"]].drop_duplicates()),
        predictions=len(attempts),
        failures=len(verdicts[list(PLACE)].drop_duplicates()),
        classified=int(counting["category"].notna().sum()),
        other_fault=int(counting["attribution"].isin(["benchmark", "harness"]).sum()),
        undetermined=int(found.get("undetermined", 0)),
        no_verdict=int(found.get("no_verdict", 0)),
        categories=categories,
        subcategories=subcategories,
    )


def spoke_of(verdicts: pd.DataFrame) -> Iterator[FrozenJudge]:
    """Yield the judges in each of their versions."""
    keys = ["judge", "judge_version", "prompt_hash", "taxonomy"]
    counts = verdicts.groupby([*keys, "status"], observed=True, dropna=False).size()
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for *identity, status, number in counts.reset_index(name="number").to_numpy(object).tolist():
        found.setdefault(tuple(map(str, identity)), {})[str(status)] = int(number)
    for (name, version, prompt, taxonomy), own in sorted(found.items()):
        yield FrozenJudge(
            name=name,
            version=version,
            prompt_hash=prompt,
            taxonomy=taxonomy,
            verdicts=own.get("verdict", 0),
            undetermined=own.get("undetermined", 0),
            no_verdict=own.get("no_verdict", 0),
        )


def _samples(content: Content) -> Iterator[FrozenSample]:
    for name, sample in sorted(content.samples.items()):
        yield FrozenSample(
            name=name,
            judge=sample.judge,
            seed=sample.seed,
            drawn=sample.drawn,
            population=sum(part.population for part in sample.strata),
            sampled=sum(part.sampled for part in sample.strata),
        )


def _sources(content: Content, benchmarks: list[str]) -> Iterator[FrozenSource]:
    for name in benchmarks:
        source = content.benchmarks[name].source
        for file in source.files if source else ():
            yield FrozenSource(benchmark=name, **file.model_dump())


def _run(content: Content, key: RunKey, state: State) -> FrozenRun:
    return FrozenRun(
        benchmark=key[0],
        model=key[1],
        text=text_hash(content, key),
        verdicts=_checksum(content.layout.verdicts(*key)),
        pending=None if state == "fresh" else state,
    )


def _checksum(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
