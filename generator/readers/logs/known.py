"""The items that a benchmark has, each read when a log asks for it.

Most rows of a log ask exactly what the benchmark has. Such an item is known by the bytes of its
line, without taking the line apart; all others are checked before anything is written.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from generator.errors import ContentError, Problem
from generator.records.benchmark import Item
from generator.store.documents import MAX_BYTES
from generator.store.inline import read_items
from generator.store.layout import Layout
from generator.store.lines import MAX_LINE, line_of, read_line
from generator.store.regular import fault

_BEGIN = re.compile(rb'\{"item_id":"([A-Za-z0-9_:./-]+)","input":"')
"""How a line begins that was written here."""
_INPUT = re.compile(rb'\{"item_id":"[^"]*","input":("[^"\\]*(?:\\.[^"\\]*)*")')
_CONTROL = re.compile(rb"\\u00(?:0[0-7bef]|1[0-9a-f])")
_OTHERWISE = re.compile(rb"\\(?:/|u(?!00(?:0[0-7bef]|1[0-9a-f])))")
"""An escape that is spelled in another way than here."""


class KnownItems(Mapping[str, Item]):
    """The items of a benchmark by identifier.

    Raises:
        ContentError: Lines of the file are at fault; wherever the first of them is met.
    """

    def __init__(
        self,
        lines: Mapping[str, bytes],
        items: Mapping[str, Item] | None = None,
        whole: Callable[[], Mapping[str, Item]] = dict,
    ) -> None:
        """Keep what is known.

        Args:
            lines: The lines, as they would be written, by identifier.
            items: Those items that were checked.
            whole: Reads all items, and raises what is wrong with any.
        """
        self._lines, self._whole = lines, whole
        self._items = dict(items or {})
        self._unread = {name: None for name in lines if name not in self._items}

    def __getitem__(self, name: str) -> Item:
        if name not in self._items:
            item = read_line(self._lines[name], Item)
            # Where the line is at fault, everything that is wrong with the file is raised.
            self._items[name] = self._whole()[name] if item is None else item
            self._unread.pop(name, None)
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def has(self, name: str, line: bytes) -> bool:
        """Tell whether an item that was checked stands there word for word.

        Args:
            name: Its identifier.
            line: Its line, as it would be written.
        """
        there = self._lines.get(name) == line
        if there:
            self._unread.pop(name, None)
        return there

    def asking(self, line: bytes) -> Sequence[str]:
        """Return the identifiers of the items with the same input as the item of a line."""
        return self._inputs.get(_input(line), ())

    def check(self) -> None:
        """Check the lines that nobody asked for."""
        for name in tuple(self._unread):
            self[name]

    @cached_property
    def _inputs(self) -> Mapping[bytes, list[str]]:
        found: dict[bytes, list[str]] = {}
        for name, line in self._lines.items():
            found.setdefault(_input(line), []).append(name)
        return found


def _input(line: bytes) -> bytes:
    """Return the input in a line, as it is written."""
    found = _INPUT.match(line)
    return b"" if found is None else found[1]


def of_items(items: Mapping[str, Item]) -> KnownItems:
    """Return items that were checked as those that are known."""
    return KnownItems({name: line_of(item) for name, item in items.items()}, items)


def of_benchmark(layout: Layout, benchmark: str) -> KnownItems:
    """Return the items of a benchmark; none where it has no file of them.

    Raises:
        ContentError: Lines of the file are at fault.
    """

    def whole() -> Mapping[str, Item]:
        problems: list[Problem] = []
        items = read_items(layout, benchmark, problems)
        if problems:
            raise ContentError(problems)
        return items

    path = layout.items(benchmark)
    if not path.is_file():
        return KnownItems({})
    lines = None if fault(path, "", MAX_BYTES) else _lines(path.read_bytes())
    return of_items(whole()) if lines is None else KnownItems(lines, whole=whole)


def _lines(data: bytes) -> dict[str, bytes] | None:
    """Return lines by identifier; None where not all are as they are written here, or each once."""
    if b"\r" in data or not _as_here(data):
        return None
    found: dict[str, bytes] = {}
    for line in data.splitlines(keepends=True):
        begin = _BEGIN.match(line)
        if begin is None or len(line) > MAX_LINE or (name := begin[1].decode("ascii")) in found:
            return None
        found[name] = line
    return found if data.endswith(b"\n") else None


def _as_here(data: bytes) -> bool:
    """Tell whether all characters are spelled as they are written here."""
    if b"\\/" not in data and data.count(b"\\u") == len(_CONTROL.findall(data)):
        return True
    return _OTHERWISE.search(data.replace(b"\\\\", b"")) is None
