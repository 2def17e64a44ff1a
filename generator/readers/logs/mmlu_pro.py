"""MMLU-Pro outputs as a log, in columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.pinned import mmlu_pro_files, read_mmlu_pro
from generator.readers.logs.stretch import Stretch
from generator.readers.mmlu_pro import BARE, entries_of, row_of
from generator.readers.mmlu_pro_columns import columns_of
from generator.readers.rows import Place


def read_mmlu_pro_in_columns(
    paths: Sequence[Path], choice: Choice, account: Account
) -> Iterator[Entry | Stretch]:
    """Yield the outputs of one model; see ``StretchReader``."""
    row_by_row = read_mmlu_pro(paths, choice, account)  # tells what the log knows
    files = mmlu_pro_files(paths)
    every = entries_of(files, choice.select)
    bare = [number for number, row in enumerate(every) if isinstance(row, str)]
    rows = [row for row in every if not isinstance(row, str)] if bare else every
    columns = columns_of(rows)
    if columns is None:
        del every, rows  # the file is read again
        yield from row_by_row
        return
    (path,) = files.values()

    def entry(place: int) -> Entry:
        number = place + 1 + sum(at - passed <= place for passed, at in enumerate(bare))
        row = row_of(Place(path, number), rows[place])
        return Entry(Spot(str(path), number), row.item, row.prediction)

    whole = Stretch(*columns, "multiple-choice", entry)
    begin = 0
    for passed, at in enumerate([*bare, len(every)]):
        end = at - passed
        if begin < end:
            account.rows += end - begin
            yield whole.part(begin, end)
        if at < len(every):
            account.rows += 1
            account.drop(Spot(str(path), account.rows), BARE)
        begin = end
