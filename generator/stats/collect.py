"""From content files to the tables that all numbers come from."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.errors import ContentError, Problem
from generator.records.benchmark import Item
from generator.records.keys import answer_hash
from generator.records.label import Label
from generator.records.taxonomy import Taxonomy
from generator.stats.tables import (
    ANSWER_COLUMNS,
    FAILURE_COLUMNS,
    ITEM_COLUMNS,
    LABEL_COLUMNS,
    Tables,
    attempts_of,
)
from generator.store.content import Content
from generator.store.inline import read_items, read_labels, read_predictions
from generator.store.references import IndexRow, read_index_table, scored
from generator.store.samples import counting_samples, read_sample_rows
from generator.store.seen import joined
from generator.store.unchanged import found_before
from generator.store.verdicts import framed, read_verdict_columns, read_verdict_table, shared
from generator.store.wordings import read_wordings
from generator.taxonomy.retirement import current


def collect(content: Content) -> Tables:
    """Read attempts, answers, verdicts and samples of all runs that were judged.

    Raises:
        ContentError: A sample holds a failure on which its judge did not speak.
    """
    answers, verdicts, items = [], [], []
    for benchmark in sorted({benchmark for benchmark, _ in content.runs}):
        asked = _asked(content, benchmark)
        items.append(asked.wordings)
        models: list[str] = []
        attempts, said = [], []
        for model in sorted(model for name, model in content.runs if name == benchmark):
            path = content.layout.verdicts(benchmark, model)
            attempted = _attempted(content, benchmark, model, asked.items)
            if attempted is None or not path.is_file():
                continue
            models.append(model)
            attempts.append(attempted)
            said.append(read_verdict_columns(path))
        if models:
            # The runs on a benchmark at once: thousands of small tables take longer to join than
            # to read, and all of them together take much memory.
            answers.append(_answered(content, benchmark, models, attempts))
            verdicts.append(_spoken(content, benchmark, models, said))
    answered = _stacked(answers, ANSWER_COLUMNS)
    return Tables(
        attempts=attempts_of(answered),
        failures=_weighed(content, verdicts),
        labels=_labels(content),
        answers=answered,
        items=_stacked(items, ITEM_COLUMNS),
    )


def _placed(
    content: Content, benchmark: str, models: Sequence[str], parts: Sequence[pa.Table]
) -> dict[str, pd.Series]:
    """Return benchmark and model of every row of the tables of the runs on a benchmark.

    They are categories, the same for all benchmarks: tables are put into groups by them all the
    time, and texts would have to be looked up row by row.
    """
    slugs, every = sorted(content.benchmarks), sorted(content.models)
    model = np.repeat([every.index(one) for one in models], [len(part) for part in parts])
    on = np.full(len(model), slugs.index(benchmark))
    return {
        "benchmark": pd.Series(pd.Categorical.from_codes(on, pd.Index(slugs))),
        "model": pd.Series(pd.Categorical.from_codes(model, pd.Index(every))),
    }


def _spoken(
    content: Content, benchmark: str, models: Sequence[str], parts: Sequence[pa.Table]
) -> pd.DataFrame:
    """Return what was said of the failures of the runs on a benchmark."""
    said = framed(joined(parts)).assign(**_placed(content, benchmark, models, parts))
    return as_current(said, content.taxonomy)


def _weighed(content: Content, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return what was said of all failures, with weights; empties the list of parts."""
    if not parts:
        return pd.DataFrame(columns=list(FAILURE_COLUMNS))
    spoken = pd.concat(parts, ignore_index=True)
    parts.clear()
    weights = _weights(content, spoken)
    if weights.empty:
        spoken["weight"] = float("nan")
    else:
        alike = weights.astype(spoken.dtypes[["benchmark", "model"]].to_dict())
        spoken = spoken.merge(alike, on=["benchmark", "model", "item_id"], how="left")
    return spoken[list(FAILURE_COLUMNS)]


def _answered(
    content: Content, benchmark: str, models: Sequence[str], parts: Sequence[pa.Table]
) -> pd.DataFrame:
    """Return what was answered in the runs on a benchmark, failed or not."""
    rows = joined(parts)
    threshold = content.benchmarks[benchmark].success_threshold
    made = pd.DataFrame(
        {
            **_placed(content, benchmark, models, parts),
            "item_id": shared(rows["item_id"]),
            "variant": rows["variant"].to_numpy().astype(np.int64),
            "failed": rows["score"].to_numpy() < threshold,
            "answer": shared(rows["answer"], None),
        }
    )
    return made[list(ANSWER_COLUMNS)]


def _stacked(frames: list[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Return frames as one with these columns."""
    if not frames:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(frames, ignore_index=True)[list(columns)]


def _labels(content: Content) -> pd.DataFrame:
    """Return the causes that are known from elsewhere; corrections are no measure of a judge."""
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
        if label.key is None
    ]
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS), dtype=object)


def _cause(taxonomy: Taxonomy, label: Label) -> tuple[str | None, tuple[str, ...]]:
    """Return category and acceptable categories of a label, with the ids of now."""
    others = (current(taxonomy, other, None)[0] for other in label.acceptable)
    return current(taxonomy, label.category, None)[0], tuple(other for other in others if other)


def read_current_table(path: Path, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the verdicts of a file as a table, retired ids read through their redirects.

    A verdict whose category was retired with nothing in its place counts as none: the failure is
    to be judged again.
    """
    return as_current(read_verdict_table(path), taxonomy)


def as_current(table: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return verdicts with retired ids read through their redirects; may change the table."""
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


class _Asked(NamedTuple):
    """The items of a benchmark."""

    items: dict[str, Item]
    """Items whose text is here, by id."""
    wordings: pd.DataFrame
    """One row per wording."""


def _asked(content: Content, benchmark: str) -> _Asked:
    """Return what a benchmark asks, from its texts or from what is kept of them."""
    if content.benchmarks[benchmark].source is not None:
        wordings = read_wordings(content.layout.item_hashes(benchmark))
        return _Asked({}, wordings.assign(benchmark=benchmark))
    problems: list[Problem] = []
    items = read_items(content.layout, benchmark, problems)
    if problems:
        raise ContentError(problems)
    rows = [
        (benchmark, item.item_id, 0, answer_hash(item.references[0]), dict(item.tags))
        for item in items.values()
    ]
    return _Asked(items, pd.DataFrame(rows, columns=list(ITEM_COLUMNS)))


def _attempted(
    content: Content, benchmark: str, model: str, items: dict[str, Item]
) -> pa.Table | None:
    """Return the items attempted, failed or not; None where that is not known yet."""
    description = content.benchmarks[benchmark]
    if description.source is not None:
        return read_index_table(content.layout.index(benchmark, model))
    key, layout = (benchmark, model), content.layout

    def read() -> pa.Table:
        problems: list[Problem] = []
        rows = read_predictions(layout, key, description, items, problems)
        found = [IndexRow(row.item_id, 0, row.score, answer_hash(row.extracted)) for row in rows]
        if problems:
            raise ContentError(problems)
        return scored(found)

    paths = (layout.items(benchmark), layout.outputs(*key))
    return found_before("attempts", paths, [description], read)


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
