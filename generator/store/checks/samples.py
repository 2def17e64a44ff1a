"""Samples: strata that are runs, rows that are failures with a verdict of the sample's judge."""

import math
from collections import Counter
from collections.abc import Iterator

from generator.errors import ContentError, InputError, Problem
from generator.records.judges import is_listed
from generator.records.sample import Sample, SampleRow
from generator.store.checks.held import Held, RunKey
from generator.store.content import Content
from generator.store.samples import read_sample_rows
from generator.store.verdicts import judged_items

_ROUNDING = 1e-5
"""Largest relative difference of a weight; six digits of it are written."""


def check_samples(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with any sample."""
    layout = content.layout
    for path in sorted(layout.samples.glob("*.csv")):
        if path.stem not in content.samples:
            wrong, mend = "a sample without a design", f"add samples/{path.stem}.yml"
            yield Problem(layout.name(path), 0, "-", path.stem, wrong, mend)
    for sample_name, sample in content.samples.items():
        yield from _design(content, sample_name, sample)
        path = layout.sample_rows(sample_name)
        name = layout.name(path)
        try:
            rows = read_sample_rows(path, name)
        except ContentError as error:
            yield from error.problems
            continue
        yield from _rows(content, held, name, sample, rows)
        yield from _counts(name, sample, rows)


def _design(content: Content, sample_name: str, sample: Sample) -> Iterator[Problem]:
    """Yield what the design names and is not there."""
    name = content.layout.name(content.layout.sample(sample_name))
    if not is_listed(content.atlas.judges, sample.judge):
        mend = "add it to judges or correct the name"
        yield Problem(name, 0, "judge", sample.judge, "atlas.yml has no such judge", mend)
    met: set[RunKey] = set()
    for number, stratum in enumerate(sample.strata):
        key = (stratum.benchmark, stratum.model)
        field, value = f"strata.{number}", "/".join(key)
        if key not in content.runs:
            yield Problem(name, 0, field, value, "no such run", "correct the stratum")
        elif key in met:
            yield Problem(name, 0, field, value, "the stratum stands twice", "remove one")
        met.add(key)


def _rows(
    content: Content, held: Held, name: str, sample: Sample, rows: list[SampleRow]
) -> Iterator[Problem]:
    """Yield rows that stand twice, weigh wrongly or are no failures with a verdict."""
    weights = {
        (part.benchmark, part.model): part.population / part.sampled for part in sample.strata
    }
    judged = {key: _judged(content, key, sample.judge) for key in weights}
    seen: set[tuple[str, str, str]] = set()
    for line, row in enumerate(rows, start=2):
        key = (row.benchmark, row.model)
        if (*key, row.item_id) in seen:
            wrong = "the failure is in the sample twice"
            yield Problem(name, line, "item_id", row.item_id, wrong, "remove one row")
            continue
        seen.add((*key, row.item_id))
        if key not in weights:
            continue
        if not math.isclose(row.weight, weights[key], rel_tol=_ROUNDING):
            wrong = "not the population of its stratum by the number drawn"
            mend = f"give {weights[key]:.6g} or correct the design"
            yield Problem(name, line, "weight", f"{row.weight:g}", wrong, mend)
        failures, spoken = held.failures.get(key), judged[key]
        if failures is not None and row.item_id not in failures:
            wrong = "not a failure of the run"
            yield Problem(name, line, "item_id", row.item_id, wrong, "remove the row")
        elif spoken is not None and row.item_id not in spoken:
            wrong = f"no verdict of {sample.judge} on it"
            mend = "take its verdict in, see `erroratlas import`, or remove the row"
            yield Problem(name, line, "item_id", row.item_id, wrong, mend)


def _judged(content: Content, key: RunKey, judge: str) -> frozenset[str] | None:
    """Return the items that a judge spoke on; None where that is reported as unreadable."""
    if key not in content.runs:
        return None
    try:
        return judged_items(content.layout.verdicts(*key), judge)
    except InputError:
        return None


def _counts(name: str, sample: Sample, rows: list[SampleRow]) -> Iterator[Problem]:
    """Yield strata with more or fewer rows than the design says."""
    drawn = Counter((row.benchmark, row.model) for row in rows)
    for stratum in sample.strata:
        count = drawn.pop((stratum.benchmark, stratum.model), 0)
        if count != stratum.sampled:
            wrong = f"{count} rows where the design says {stratum.sampled}"
            value = f"{stratum.benchmark}/{stratum.model}"
            yield Problem(name, 0, "strata", value, wrong, "correct the design or the rows")
    for benchmark, model in drawn:
        mend = "add the stratum to the design"
        value = f"{benchmark}/{model}"
        yield Problem(name, 0, "model", value, "rows of no stratum", mend)
