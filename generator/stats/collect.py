"""From content files to the tables that all numbers come from."""

from pathlib import Path

import pandas as pd

from generator.errors import ContentError, Problem
from generator.records.label import Label
from generator.records.taxonomy import Taxonomy
from generator.stats.tables import (
    ATTEMPT_COLUMNS,
    FAILURE_COLUMNS,
    ITEM_COLUMNS,
    LABEL_COLUMNS,
    Tables,
)
from generator.store.content import Content
from generator.store.inline import read_items, read_labels, read_predictions
from generator.store.references import read_index
from generator.store.samples import counting_samples, read_sample_rows
from generator.store.verdicts import read_verdict_table
from generator.taxonomy.retirement import current


def collect(content: Content) -> Tables:
    """Read attempts, verdicts and samples of all runs that were judged.

    Raises:
        ContentError: A sample holds a failure on which its judge did not speak.
    """
    attempts, verdicts = [], []
    for benchmark, model in sorted(content.runs):
        path = content.layout.verdicts(benchmark, model)
        counted = _counted(content, benchmark, model)
        if counted is None or not path.is_file():
            continue
        attempts.append((benchmark, model, *counted))
        spoken_here = read_current_table(path, content.taxonomy)
        verdicts.append(spoken_here.assign(benchmark=benchmark, model=model))
    if not verdicts:
        empty = pd.DataFrame(columns=list(FAILURE_COLUMNS))
        counted_runs = pd.DataFrame(attempts, columns=list(ATTEMPT_COLUMNS))
        return Tables(counted_runs, empty, _labels(content), items=_items(content))
    spoken = pd.concat(verdicts, ignore_index=True)
    weighted = spoken.merge(
        _weights(content, spoken), on=["benchmark", "model", "item_id"], how="left"
    )
    return Tables(
        attempts=pd.DataFrame(attempts, columns=list(ATTEMPT_COLUMNS)),
        failures=weighted[list(FAILURE_COLUMNS)],
        labels=_labels(content),
        items=_items(content),
    )


def _labels(content: Content) -> pd.DataFrame:
    """Return the causes that are known from elsewhere."""
    rows = [
        (
            benchmark,
            label.model,
            label.item_id,
            label.status,
            label.attribution,
            *_cause(content.taxonomy, label),
        )
        for benchmark in sorted(content.benchmarks)
        for label in read_labels(content.layout, benchmark)
    ]
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS), dtype=object)


def _items(content: Content) -> pd.DataFrame:
    """Return the items whose text is in the content."""
    problems: list[Problem] = []
    rows = [
        (benchmark, item.item_id, 0, None, dict(item.tags))
        for benchmark, description in sorted(content.benchmarks.items())
        if description.source is None
        for item in read_items(content.layout, benchmark, problems).values()
    ]
    if problems:
        raise ContentError(problems)
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def _cause(taxonomy: Taxonomy, label: Label) -> tuple[str | None, tuple[str, ...]]:
    """Return category and acceptable categories of a label, with the ids of now."""
    others = (current(taxonomy, other, None)[0] for other in label.acceptable)
    return current(taxonomy, label.category, None)[0], tuple(other for other in others if other)


def read_current_table(path: Path, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the verdicts of a file as a table, retired ids read through their redirects.

    A verdict whose category was retired with nothing in its place counts as none: the failure is
    to be judged again.
    """
    table = read_verdict_table(path)
    if not taxonomy.retired:
        return table
    given = table["category"].notna()
    pairs = [
        current(taxonomy, category, sub if isinstance(sub, str) else None)
        for category, sub in zip(
            table.loc[given, "category"], table.loc[given, "subcategory"], strict=True
        )
    ]
    for place, name in enumerate(("category", "subcategory")):
        now = pd.Series([pair[place] for pair in pairs], table.index[given], dtype=object)
        table[name] = table[name].where(~given, now)
    gone = given & table["category"].isna()
    table.loc[gone, "status"] = "no_verdict"
    table.loc[gone, "attribution"] = None
    return table


def _counted(content: Content, benchmark: str, model: str) -> tuple[int, int] | None:
    """Return how many items were attempted and failed; None where that is not known yet."""
    description = content.benchmarks[benchmark]
    if description.source is not None:
        scores = read_index(content.layout.index(benchmark, model))["score"]
        if scores.empty:
            return None
    else:
        problems: list[Problem] = []
        items = read_items(content.layout, benchmark, problems)
        key = (benchmark, model)
        rows = read_predictions(content.layout, key, description, items, problems)
        scores = pd.Series([row.score for row in rows], dtype=float)
        if problems:
            raise ContentError(problems)
    return len(scores), int((scores < description.success_threshold).sum())


def _weights(content: Content, spoken: pd.DataFrame) -> pd.DataFrame:
    """Return the weight of every failure in the sample that describes its run."""
    rows, problems = [], []
    counting = counting_samples(content)
    layout = content.layout
    for name, sample in content.samples.items():
        path = layout.sample_rows(name)
        by_judge = spoken[spoken["judge"] == sample.judge]
        judged = set(
            zip(by_judge["benchmark"], by_judge["model"], by_judge["item_id"], strict=True)
        )
        for line, row in enumerate(read_sample_rows(path, layout.name(path)), start=2):
            place = (row.benchmark, row.model, row.item_id)
            if place not in judged:
                wrong = f"{sample.judge} gave no verdict on it"
                mend = "remove the row or import the verdict"
                problems.append(
                    Problem(layout.name(path), line, "item_id", "/".join(place), wrong, mend)
                )
            if counting.get((row.benchmark, row.model)) == name:
                rows.append((*place, row.weight))
    if problems:
        raise ContentError(problems)
    columns = ["benchmark", "model", "item_id", "weight"]
    return pd.DataFrame(rows, columns=columns).astype({"weight": float})
