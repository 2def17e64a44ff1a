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
    """What a judge said of one failure, as the file has it."""

    item_id: str
    """Item."""
    judge: str
    """Name of the judge."""
    title: str
    """The error in a few words."""
    summary: str | None
    """The error in a sentence or two."""
    category: str | None
    """Category of the first major error."""
    subcategory: str | None
    """Subcategory of it."""
    rule: str | None
    """The rule that settled it."""
    subtype: str | None
    """Finer, for faults of the benchmark or the harness."""
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


_PLAIN = (
    "item_id", "judge", "title", "summary", "category", "subcategory", "rule",
    "attribution_subtype", "judge_version", "prompt_hash", "taxonomy",
)  # fmt: skip
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
    refused = f"{path.name}: not verdicts of this generator: run `erroratlas judge` again"
    wanted = [*_PLAIN, "secondary", "evidence", *(["criteria"] if criteria else [])]
    table = read_table(path, wanted, refused)
    if len(table) > _FEW:
        table = table.filter(pc.is_valid(table["title"]))
    table = table.combine_chunks()
    try:
        columns = [table[name].to_pylist() for name in _PLAIN]
        spans = _spans(table["evidence"])
    except (KeyError, TypeError) as error:
        raise InputError(refused) from error
    further = _lists(table["secondary"])
    told = _lists(table["criteria"]) if criteria else [()] * len(table)
    for plain, *others in zip(zip(*columns, strict=True), further, spans, told, strict=True):
        if plain[_TITLE] is not None:
            yield Detail(*plain, *others)


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
