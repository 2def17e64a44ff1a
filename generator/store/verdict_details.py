"""What verdicts say beyond their kind, read by column: whole records of all of them take long."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from generator.errors import InputError
from generator.store.parquet import read_table


class Detail(NamedTuple):
    """What a judge said of one failure, as the file has it, besides what the numbers have of it."""

    item_id: str
    """Item."""
    judge: str
    """Name of the judge."""
    title: str
    """The error in a few words."""
    summary: str | None
    """The error in a sentence or two."""
    version: str
    """Version of the judge."""
    prompt: str
    """Hash of the prompt."""
    taxonomy: str
    """Version of the taxonomy used."""
    secondary: tuple[str, ...]
    """Further errors."""
    spans: tuple[tuple[int, int], ...]
    """Where the output shows it."""
    criteria: tuple[dict[str, Any], ...]
    """What a right answer needs; none where they were not asked for."""


_SAID = ("item_id", "judge", "title", "summary")
_PLAIN = (*_SAID, "judge_version", "prompt_hash", "taxonomy")
_REFUSED = "{}: not verdicts of this generator: run `erroratlas judge` again"
_TITLE = _PLAIN.index("title")
_FEW = 500
"""Verdicts that are told apart one by one: for few, Arrow's filter takes longer than all else."""
_ENDS = ("start", "end")


def read_details(path: Path, *, criteria: bool) -> Iterator[Detail]:
    """Yield what verdicts with a title say; the others say no more than *undetermined*.

    Args:
        path: Parquet file that was checked; none are yielded if there is no such file.
        criteria: Whether criteria are wanted.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return
    table = _read(path, [*_PLAIN, "secondary", "evidence", *(["criteria"] if criteria else [])])
    try:
        columns = [table[name].to_pylist() for name in _PLAIN]
        spans = _spans(table["evidence"])
    except (KeyError, TypeError) as error:
        raise InputError(_REFUSED.format(path.name)) from error
    further = _lists(table["secondary"])
    told = _lists(table["criteria"]) if criteria else [()] * len(table)
    for plain, *others in zip(zip(*columns, strict=True), further, spans, told, strict=True):
        if plain[_TITLE] is not None:
            yield Detail(*plain, *others)


def read_titles(path: Path) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield item, judge, title and summary of verdicts with a title.

    Args:
        path: Parquet file that was checked; none are yielded if there is no such file.

    Raises:
        InputError: The file was not written by the generator.
    """
    if path.is_file():
        table = _read(path, list(_SAID))
        for said in zip(*(table[name].to_pylist() for name in _SAID), strict=True):
            if said[_TITLE] is not None:
                yield said


def _read(path: Path, wanted: list[str]) -> pa.Table:
    """Return some columns, of many verdicts only those with a title."""
    table = read_table(path, wanted, _REFUSED.format(path.name))
    if len(table) > _FEW:
        table = table.filter(pc.is_valid(table["title"]))
    return table.combine_chunks()


def _spans(column: pa.ChunkedArray) -> list[tuple[tuple[int, int], ...]]:
    """Return where the evidence is; to read the quotes as well would take long."""
    found: list[tuple[tuple[int, int], ...]] = []
    for part in column.chunks:
        pairs = list(zip(*(part.values.field(name).to_pylist() for name in _ENDS), strict=True))
        ends = part.offsets.to_pylist()
        found += [tuple(pairs[first:last]) for first, last in pairwise(ends)]
    return found


def _lists(column: pa.ChunkedArray) -> list[tuple[Any, ...]]:
    """Return a column of lists; most of them are empty, and one by one would take long."""
    found: list[tuple[Any, ...]] = []
    for part in column.chunks:
        values, ends = part.values.to_pylist(), part.offsets.to_pylist()
        found += [tuple(values[first:last]) for first, last in pairwise(ends)]
    return found
