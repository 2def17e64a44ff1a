"""The failures of a named sample, as CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from generator.errors import ContentError, Problem
from generator.records.judges import ordered
from generator.records.sample import SampleRow
from generator.store.atomic import write_text
from generator.store.content import Content
from generator.store.documents import read_text
from generator.store.problems import problems_of

COLUMNS = tuple(SampleRow.model_fields)


def write_sample_rows(path: Path, rows: Iterable[SampleRow]) -> bool:
    """Write the rows in the order given."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row.benchmark, row.model, row.item_id, f"{row.weight:.6g}"])
    return write_text(path, out.getvalue())


def counting_samples(content: Content) -> dict[tuple[str, str], str]:
    """Return the sample that describes each run: of several, that of the judge that counts most."""
    order = ordered(content.atlas.judges, {one.judge for one in content.samples.values()})

    def place(name: str) -> tuple[int, str]:
        judge = content.samples[name].judge
        return (order.index(judge) if judge in order else len(order), name)

    found: dict[tuple[str, str], str] = {}
    for name in sorted(content.samples, key=place):
        for stratum in content.samples[name].strata:
            found.setdefault((stratum.benchmark, stratum.model), name)
    return found


def read_sample_rows(path: Path, name: str) -> list[SampleRow]:
    """Return the failures of a sample.

    Args:
        path: CSV file.
        name: Path as messages show it.

    Raises:
        ContentError: Rows are at fault.
    """
    text, problem = read_text(path, name)
    if problem is not None:
        raise ContentError([problem])
    numbered = _numbered(text, name)
    header = tuple(next(numbered, (1, []))[1])
    if header != COLUMNS:
        wrong = "not the columns of a sample"
        raise ContentError(
            [Problem(name, 1, "-", ",".join(header), wrong, f"use {','.join(COLUMNS)}")]
        )
    rows, problems = [], []
    for line, cells in numbered:
        if not cells:
            continue
        if len(cells) != len(COLUMNS):
            wrong = f"{len(cells)} values for {len(COLUMNS)} columns"
            problems.append(Problem(name, line, "-", "", wrong, "give one value per column"))
            continue
        try:
            rows.append(SampleRow.model_validate(dict(zip(COLUMNS, cells, strict=True))))
        except ValidationError as error:
            problems += problems_of(error, SampleRow, name, _always(line))
    if problems:
        raise ContentError(problems)
    return rows


def _numbered(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their line."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        wrong = f"not CSV: {error}"
        raise ContentError(
            [Problem(name, reader.line_num, "-", "", wrong, "write one short value per column")]
        ) from error


def _always(line: int) -> Callable[[object], int]:
    """Return a function that gives this line for every location."""
    return lambda _: line
