"""Rows of runs that were read already: a build checks, judges and counts what it read once.

The runs on a benchmark are one table, in which a text stands once: a table for each of thousands of
runs would take several times the memory.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from generator.store.during import during

Mark = tuple[int, int, int]
"""What tells a file from one that took its place."""


class _Kept(NamedTuple):
    """What was read of a file."""

    mark: Mark
    """Which file it was."""
    whole: pa.Table
    """The table that its rows are kept in."""
    first: int
    """Place of the first of them."""
    many: int
    """How many there are."""
    notes: Mapping[bytes, bytes]
    """Notes of the file."""


_SEEN: ContextVar[dict[Path, _Kept] | None] = ContextVar("seen", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep what is read of the runs, for those who read it again before this ends."""
    with during(_SEEN, {}):
        yield


def mark(path: Path) -> Mark:
    """Return what tells a file from one that takes its place; to be asked before it is read."""
    known = path.stat()
    return known.st_ino, known.st_mtime_ns, known.st_size


class Rows(NamedTuple):
    """Rows of several files with the same columns."""

    whole: pa.Table
    """All of them, those of one file after those of another."""
    notes: tuple[Mapping[bytes, bytes], ...]
    """Notes of each file."""
    many: tuple[int, ...]
    """How many are of each."""


def gathered(
    tables: Sequence[pa.Table],
    texts: Sequence[str],
    wanted: Callable[[pa.Table], pa.Table] = lambda table: table,
) -> Rows | None:
    """Return what was read of files with the same columns; None if nothing is kept.

    Args:
        tables: What was read of each.
        texts: Columns of which a value stands in many rows.
        wanted: Returns what is to be kept of a table.
    """
    if not tables or not keeping_rows():
        return None
    parts = [wanted(table) for table in tables]
    whole = pa.concat_tables([_plain(part) for part in parts])
    for name in texts:
        column = whole[name].combine_chunks().dictionary_encode()
        whole = whole.set_column(whole.schema.get_field_index(name), name, column)
    notes = tuple(part.schema.metadata or {} for part in parts)
    return Rows(whole.combine_chunks(), notes, tuple(len(part) for part in parts))


def keep(paths: Sequence[Path], marks: Mapping[Path, Mark], rows: Rows | None) -> None:
    """Keep rows of files, if anything is kept.

    Args:
        paths: The files.
        marks: What tells each from others.
        rows: What was read of them, in their order; None for nothing.
    """
    seen = _SEEN.get()
    if seen is None or rows is None:
        return
    first = 0
    for path, notes, many in zip(paths, rows.notes, rows.many, strict=True):
        seen[path] = _Kept(marks[path], rows.whole, first, many, notes)
        first += many


def keeping_rows() -> bool:
    """Tell whether what is read of the runs is kept."""
    return _SEEN.get() is not None


def kept_rows(path: Path) -> pa.Table | None:
    """Return what is kept of a file; None where nothing is, or it changed since."""
    found = _known(path)
    return None if found is None else found.whole.slice(found.first, found.many)


def joined(parts: Sequence[pa.Table]) -> pa.Table:
    """Return tables with the same columns as one, whether they were kept or not."""
    if all(part.schema.equals(parts[0].schema) for part in parts):
        return pa.concat_tables(parts)
    return pa.concat_tables([_plain(part) for part in parts])


def _plain(table: pa.Table) -> pa.Table:
    """Return a table whose texts stand in every row, and whose columns may all lack values.

    What was kept no longer says which columns never do; what comes from a file does.
    """
    fields = [
        pa.field(
            field.name,
            field.type.value_type if pa.types.is_dictionary(field.type) else field.type,
        )
        for field in table.schema
    ]
    return table.replace_schema_metadata().cast(pa.schema(fields))


def kept_notes(path: Path) -> Mapping[bytes, bytes] | None:
    """Return the notes of a file; None where nothing is kept of it, or it changed since."""
    found = _known(path)
    return None if found is None else found.notes


def _known(path: Path) -> _Kept | None:
    found = (_SEEN.get() or {}).get(path)
    return found if found is not None and found.mark == mark(path) else None
