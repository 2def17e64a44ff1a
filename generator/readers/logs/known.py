"""The items that a benchmark has, each read when a log asks for it.

Most rows of a log ask exactly what the benchmark has. Such an item is known by the bytes of its
line, without taking the line apart; all others are checked before anything is written.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import eq

from generator.errors import ContentError, Problem
from generator.records.benchmark import Item
from generator.store.documents import MAX_BYTES
from generator.store.inline import read_items
from generator.store.layout import Layout
from generator.store.lines import MAX_LINE, line_of, read_line
from generator.store.regular import fault

_BEGIN = re.compile(rb'\{"item_id":"([A-Za-z0-9_:./-]+)","input":"')
"""How a line begins that was written here."""
_BEFORE = len(b'{"item_id":"","input":"')
"""Bytes before an input, beside the identifier."""
_INPUT = re.compile(rb'\{"item_id":"[^"]*","input":"([^"\\]*(?:\\.[^"\\]*)*)"')
_CONTROL = re.compile(rb"\\u00(?:0[0-7bef]|1[0-9a-f])")
_OTHERWISE = re.compile(rb"\\(?:/|u(?!00(?:0[0-7bef]|1[0-9a-f])))")
"""An escape that is spelled in another way than here."""
_FIRST = 40
"""Bytes of an input that tell most items apart."""


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
            lines: The lines by identifier, without line feeds.
            items: The items, if they were checked; the lines are as they would be written then.
            whole: Reads all items, and raises what is wrong with any.
        """
        self._lines, self._items, self._whole = dict(lines), dict(items or {}), whole
        self._sound = set(self._items)
        """Those whose lines are as they would be written of an item that was checked."""

    def __getitem__(self, name: str) -> Item:
        if name not in self._items:
            item = read_line(self._lines[name], Item)
            # Where the line is at fault, everything that is wrong with the file is raised.
            self._items[name] = self._whole()[name] if item is None else item
            self._lines[name] = line_of(self._items[name])[:-1]
            self._sound.add(name)
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._lines

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
        there = self._lines.get(name) == line.removesuffix(b"\n")
        if there:
            self._sound.add(name)
        return there

    def having(self, names: Sequence[str], lines: Sequence[bytes]) -> list[bool]:
        """Tell the same of many items, whose lines are given without line feeds."""
        there = list(map(eq, map(self._lines.get, names), lines))
        self._sound.update(compress(names, there))
        return there

    def asking(self, line: bytes) -> Sequence[str]:
        """Return the identifiers of the items with the same input as the item of a line."""
        asked = _input(line)
        alike = self._alike.get(asked[:_FIRST].partition(b'"')[0], ())
        return [name for name in alike if _input(self._lines[name]) == asked] or ()

    def check(self) -> None:
        """Check the lines that nobody asked for."""
        for name in self._unread():
            self[name]

    def _unread(self) -> list[str]:
        return [name for name in self._lines if name not in self._sound]

    @cached_property
    def _alike(self) -> Mapping[bytes, list[str]]:
        """The identifiers of items whose inputs begin alike."""
        if not _as_here(b"\n".join([self._lines[name] for name in self._unread()])):
            self.check()  # those that are read are known as they would be written
        found: dict[bytes, list[str]] = defaultdict(list)
        for name, line in self._lines.items():
            start = _BEFORE + len(name)
            found[line[start : start + _FIRST].partition(b'"')[0]].append(name)
        return found


def _input(line: bytes) -> bytes:
    """Return the input in a line as it is written here, without quotation marks."""
    found = _INPUT.match(line)
    return b"" if found is None else found[1]


def of_items(items: Mapping[str, Item]) -> KnownItems:
    """Return items that were checked as those that are known."""
    return KnownItems({name: line_of(item)[:-1] for name, item in items.items()}, items)


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
    """Return lines by identifier; None where not all begin as here, or with one of their own."""
    lines = data.split(b"\n")
    if lines.pop() or max(map(len, lines), default=MAX_LINE) >= MAX_LINE:
        return None
    names = [begin[1].decode("ascii") for begin in map(_BEGIN.match, lines) if begin]
    found = dict(zip(names, lines, strict=False))
    return found if len(found) == len(lines) else None


def _as_here(data: bytes) -> bool:
    """Tell whether all characters are spelled as they are written here."""
    if b"\r" in data:
        return False
    if b"\\/" not in data and data.count(b"\\u") == len(_CONTROL.findall(data)):
        return True
    return _OTHERWISE.search(data.replace(b"\\\\", b"")) is None
