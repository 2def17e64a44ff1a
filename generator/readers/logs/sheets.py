"""The files that a log becomes, written line by line or many lines at once."""

import gzip
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from generator.errors import InputError
from generator.readers.logs.stretch import Stretch
from generator.records.benchmark import Item
from generator.records.prediction import Prediction
from generator.store.lines import MAX_LINE, MAX_PACKED, line_of

_AT_ONCE = 1_000
"""Lines that are joined before they are written."""


class Joined(NamedTuple):
    """A prediction, and the item where the benchmark did not have it."""

    prediction: Prediction
    """The prediction, under the benchmark's identifier of the item."""
    new: Item | None
    """The item, if it is to be added."""
    new_line: bytes = b""
    """Its line, likewise."""


class Sheet:
    """A file that is written from its beginning, and its size."""

    def __init__(self, stream: IO[bytes], what: str, limit: int, size: int = 0) -> None:
        """Begin.

        Args:
            stream: Is written to.
            what: What is in the file, for messages.
            limit: Most bytes that it may have.
            size: Bytes that will stand before what is written.
        """
        self._stream, self._what, self._limit, self._size = stream, what, limit, size

    def add(self, line: bytes) -> None:
        """Write a line; what is too large already need not be read to its end."""
        self._stream.write(line)
        self._size += len(line)
        if self._size > self._limit:
            _hold(self._size, self._what, self._limit)

    def has_room(self, lines: Sequence[bytes]) -> bool:
        """Tell whether lines, each without its line feed, can all be written."""
        longest, size = max(map(len, lines)), sum(map(len, lines)) + len(lines)
        return longest < MAX_LINE and self._size + size <= self._limit

    def add_all(self, lines: Sequence[bytes]) -> None:
        """Write lines, each without its line feed, for which there is room."""
        for begin in range(0, len(lines), _AT_ONCE):
            self.add(b"\n".join([*lines[begin : begin + _AT_ONCE], b""]))


class Sheets(NamedTuple):
    """What a log becomes."""

    predictions: Sheet
    """All that were taken."""
    items: Sheet
    """The new ones."""

    def write(self, joined: Joined) -> bool:
        """Write a prediction and its item; return False if one of them is too long."""
        line = line_of(joined.prediction)
        if max(len(line), len(joined.new_line)) > MAX_LINE:
            return False
        self.predictions.add(line)
        if joined.new_line:
            self.items.add(joined.new_line)
        return True

    def write_all(self, stretch: Stretch, *, new: bool) -> bool:
        """Write many predictions, and their items if they are new.

        Returns:
            False, and nothing was written, if a line is too long or there is no room for all.
        """
        room = self.predictions.has_room(stretch.predictions)
        if not room or (new and not self.items.has_room(stretch.items)):
            return False
        self.predictions.add_all(stretch.predictions)
        if new:
            self.items.add_all(stretch.items)
        return True


def pack(outputs: Path) -> None:
    """Pack predictions that are too large for a plain file; the same bytes each time.

    Level 9 takes over half as much time again as level 6, and saves two bytes in a hundred.
    """
    packed = outputs.with_name(f"{outputs.name}.gz")
    with (
        outputs.open("rb") as source,
        packed.open("wb") as sink,
        gzip.GzipFile("", "wb", 6, sink, mtime=0) as stream,
    ):
        shutil.copyfileobj(source, stream, 1 << 20)
    outputs.unlink()
    _hold(packed.stat().st_size, "packed predictions", MAX_PACKED)


def _hold(size: int, what: str, limit: int) -> None:
    """Refuse a file that no command would read."""
    if size > limit:
        msg = (
            f"the {what} come to {size:,} bytes or more, and such a file may have {limit:,}: "
            "import a part of the log, or keep the benchmark by reference"
        )
        raise InputError(msg)
