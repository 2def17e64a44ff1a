"""Samples: strata that are runs, rows that are failures with a verdict of the sample's judge."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.errors import ContentError, InputError, Problem
from generator.records.judges import is_listed
from generator.records.keys import RunKey
from generator.records.sample import Sample, SampleRow, Stratum
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.samples import read_sample_rows
from generator.store.verdicts import judged_items
from generator.store.wordings import read_wordings

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
        placed = list(_placed(content, held, sample, rows))
        yield from _rows(content, held, name, sample, placed)
        yield from _counts(name, sample, placed)


def _placed(
    content: Content, held: Held, sample: Sample, rows: Iterable[SampleRow]
) -> Iterator[tuple[SampleRow, Stratum | None]]:
    """Yield the rows with the stratum that each is in."""
    sliced = {part.benchmark for part in sample.strata if part.tags}
    tags = {benchmark: _tags(content, held, benchmark) for benchmark in sliced}
    for row in rows:
        own = tags.get(row.benchmark, {}).get(row.item_id, {})
        yield row, sample.stratum(row.benchmark, row.model, own)


def _design(content: Content, sample_name: str, sample: Sample) -> Iterator[Problem]:
    """Yield what the design names and is not there."""
    name = content.layout.name(content.layout.sample(sample_name))
    if not is_listed(content.atlas.judges, sample.judge):
        mend = "add it to judges or correct the name"
        yield Problem(name, 0, "judge", sample.judge, "atlas.yml has no such judge", mend)
    for number, stratum in enumerate(sample.strata):
        field = f"strata.{number}"
        if (stratum.benchmark, stratum.model) not in content.runs:
            yield Problem(name, 0, field, stratum.name, "no such run", "correct the stratum")
        elif any(stratum.overlaps(other) for other in sample.strata[:number]):
            wrong = "the stratum overlaps an earlier one"
            yield Problem(name, 0, field, stratum.name, wrong, "remove one or give other tags")


def _rows(
    content: Content,
    held: Held,
    name: str,
    sample: Sample,
    rows: Sequence[tuple[SampleRow, Stratum | None]],
) -> Iterator[Problem]:
    """Yield rows that stand twice, weigh wrongly or are no failures with a verdict."""
    keys = {(part.benchmark, part.model) for part in sample.strata}
    judged = {key: _judged(content, key, sample.judge) for key in keys}
    seen: set[tuple[str, str, str]] = set()
    for line, (row, stratum) in enumerate(rows, start=2):
        key = (row.benchmark, row.model)
        if (*key, row.item_id) in seen:
            wrong = "the failure is in the sample twice"
            yield Problem(name, line, "item_id", row.item_id, wrong, "remove one row")
            continue
        seen.add((*key, row.item_id))
        if stratum is None:
            continue
        if not math.isclose(row.weight, stratum.weight, rel_tol=_ROUNDING):
            wrong = "not the population of its stratum by the number drawn"
            mend = f"give {stratum.weight:.6g} or correct the design"
            yield Problem(name, line, "weight", f"{row.weight:g}", wrong, mend)
        failures, spoken = held.failures.get(key), judged[key]
        if failures is not None and row.item_id not in failures:
            wrong = "not a failure of the run"
            yield Problem(name, line, "item_id", row.item_id, wrong, "remove the row")
        elif spoken is not None and row.item_id not in spoken:
            wrong = f"no verdict of {sample.judge} on it"
            mend = "take its verdict in, see `erroratlas import`, or remove the row"
            yield Problem(name, line, "item_id", row.item_id, wrong, mend)


def _tags(content: Content, held: Held, benchmark: str) -> Mapping[str, Mapping[str, str]]:
    """Return the tags of the items of a benchmark, by item."""
    if benchmark in held.items:
        return {name: item.tags for name, item in held.items[benchmark].items()}
    if benchmark not in held.known:
        return {}  # its table is at fault, which is reported
    wordings = read_wordings(content.layout.item_hashes(benchmark))
    first = wordings.drop_duplicates("item_id")
    return dict(zip(first["item_id"], first["tags"], strict=True))


def _judged(content: Content, key: RunKey, judge: str) -> frozenset[str] | None:
    """Return the items that a judge spoke on; None where that is reported as unreadable."""
    if key not in content.runs:
        return None
    try:
        return judged_items(content.layout.verdicts(*key), judge)
    except InputError:
        return None


def _counts(
    name: str, sample: Sample, rows: Sequence[tuple[SampleRow, Stratum | None]]
) -> Iterator[Problem]:
    """Yield strata with more or fewer rows than the design says."""
    drawn = Counter(
        stratum.name if stratum else f"{row.benchmark}/{row.model}" for row, stratum in rows
    )
    for stratum in sample.strata:
        count = drawn.pop(stratum.name, 0)
        if count != stratum.sampled:
            wrong = f"{count} rows where the design says {stratum.sampled}"
            mend = "correct the design or the rows"
            yield Problem(name, 0, "strata", stratum.name, wrong, mend)
    for value in drawn:
        mend = "add the stratum to the design"
        yield Problem(name, 0, "model", value, "rows of no stratum", mend)
