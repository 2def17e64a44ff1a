"""What an edition was made from, as one record."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

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
from generator.stats.tables import PLACE, Tables, settled
from generator.store.content import Content
from generator.store.verdicts import whole_table

_IDENTITY = ("judge", "judge_version", "prompt_hash", "taxonomy")


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
        counts=_counts(content, tables),
        spoke=tuple(_spoke(content)),
        samples=tuple(_samples(content)),
        sources=tuple(_sources(content, asked)),
        runs=tuple(_run(content, key, states[key]) for key in sorted(content.runs)),
    )


def _counts(content: Content, tables: Tables) -> Counts:
    counting = settled(tables.failures, content.atlas.judges)
    found = counting["status"].value_counts()
    entries = content.taxonomy.categories
    return Counts(
        models=len({model for _, model in content.runs}),
        benchmarks=len({benchmark for benchmark, _ in content.runs}),
        runs=len(content.runs),
        predictions=int(tables.attempts["attempted"].sum()),
        failures=len(tables.failures[list(PLACE)].drop_duplicates()),
        classified=int(counting["category"].notna().sum()),
        undetermined=int(found.get("undetermined", 0)),
        no_verdict=int(found.get("no_verdict", 0)),
        categories=len(entries),
        subcategories=sum(len(entry.subcategories) for entry in entries),
    )


def _spoke(content: Content) -> Iterator[FrozenJudge]:
    """Yield the judges in each of their versions."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for key in content.runs:
        path = content.layout.verdicts(*key)
        if not path.is_file():
            continue
        table = whole_table(path).select([*_IDENTITY, "status"])
        grouped = table.group_by([*_IDENTITY, "status"], use_threads=False)
        for row in grouped.aggregate([([], "count_all")]).to_pylist():
            counts = found.setdefault(tuple(str(row[name]) for name in _IDENTITY), {})
            counts[row["status"]] = counts.get(row["status"], 0) + row["count_all"]
    for (name, version, prompt, taxonomy), counts in sorted(found.items()):
        yield FrozenJudge(
            name=name,
            version=version,
            prompt_hash=prompt,
            taxonomy=taxonomy,
            verdicts=counts.get("verdict", 0),
            undetermined=counts.get("undetermined", 0),
            no_verdict=counts.get("no_verdict", 0),
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
