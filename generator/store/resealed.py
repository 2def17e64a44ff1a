"""A verdict file made from another: some of its rows as they stand, and verdicts that are new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path

from generator.errors import InputError
from generator.records.verdict import Verdict
from generator.store.parquet import read_parts
from generator.store.verdict_rows import Row, placed, rows_of, written
from generator.store.verdict_schema import PLAIN

_AT_A_TIME = 1_000
"""Rows of the old file that are read at a time."""


def resealed_bytes(
    path: Path, kept: Sequence[bool], verdicts: Iterable[Verdict], stamp: Mapping[str, str]
) -> bytes:
    """Return a verdict file; what is kept of the old one never becomes Python values.

    Args:
        path: The old file; it need not be there.
        kept: Which of its rows stay, in the order of the file.
        verdicts: Verdicts that come in, in the order of items and judges.
        stamp: Per judge, the hash of what it was given.

    Raises:
        InputError: The old file was not written by the generator.
    """
    return written([_kept(path, kept), rows_of(verdicts)], stamp)


def _kept(path: Path, kept: Sequence[bool]) -> Iterator[Row]:
    """Yield the rows of a file that stay; they stand in order, or it is none of ours."""
    if not path.is_file():
        return
    refused = f"{path.name}: not verdicts of this generator: run `erroratlas judge` again"
    number, last = 0, None
    for part in read_parts(path, PLAIN, _AT_A_TIME, refused):
        rows = list(placed(part))
        if len(kept) < number + len(rows):
            raise InputError(refused)
        for row in compress(rows, kept[number : number + len(rows)]):
            if last is not None and row.key < last:
                raise InputError(refused)
            last = row.key
            yield row
        number += len(rows)
    if number != len(kept):
        raise InputError(refused)
