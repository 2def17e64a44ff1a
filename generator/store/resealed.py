"""A verdict file made from another: some of its rows as they stand, and verdicts that are new."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from generator.errors import InputError
from generator.records.verdict import Verdict
from generator.store.parquet import read_table
from generator.store.verdict_schema import PLAIN
from generator.store.verdicts import row_bytes, verdict_rows


def resealed_bytes(
    path: Path, kept: Sequence[bool], verdicts: Iterable[Verdict], stamp: Mapping[str, str]
) -> bytes:
    """Return a verdict file; what is kept of the old one never becomes Python values.

    Args:
        path: The old file; it need not be there.
        kept: Which of its rows stay, in the order of the file.
        verdicts: Verdicts that come in.
        stamp: Per judge, the hash of what it was given.

    Raises:
        InputError: The old file was not written by the generator.
    """
    rows = [verdict_rows(verdicts)]
    if path.is_file():
        refused = f"{path.name}: not verdicts of this generator: run `erroratlas judge` again"
        table = read_table(path, PLAIN.names, refused)
        try:
            rows.append(table.filter(pa.array(kept, pa.bool_())).cast(PLAIN))
        except (pa.ArrowException, ValueError) as error:
            raise InputError(refused) from error
    return row_bytes(pa.concat_tables(rows), stamp)
