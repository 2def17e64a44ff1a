"""Entries of a log joined to the items of a benchmark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.errors import Problem
from generator.readers.logs.account import Account, Entry
from generator.readers.logs.known import KnownItems, of_items
from generator.readers.logs.sheets import Joined, Sheets
from generator.readers.logs.stretch import Stretch
from generator.records.benchmark import Item, TaskType
from generator.records.prediction import Prediction
from generator.store.lines import MAX_LINE, line_of
from generator.store.problems import visible

TWICE = "the item was answered already: one prediction per item, the first"
UNKNOWN = "the benchmark has no such item (--add-items takes new ones in)"
OTHER_TEXT = "the item's text is not the benchmark's (--match id trusts the identifier)"
NO_QUESTION = "the log does not hold what was asked"
NO_REFERENCE = "no reference answer"
TOO_LONG = f"longer than the {MAX_LINE:,} bytes that a line may have"
CONTRADICTS = "the score and what the log says of right and wrong disagree"

_SHORT = 80


@dataclass
class Joining:
    """How the entries of one log are joined."""

    slug: str
    """Benchmark."""
    score_range: tuple[float, float]
    """Its lowest and highest score."""
    threshold: float
    """A score below it is a failure."""
    items: Mapping[str, Item]
    """Its items by identifier."""
    account: Account
    """Is told what was dropped."""
    adding: bool
    """Whether items that the benchmark does not have are added."""
    by_id: bool
    """Whether an identifier is trusted where the text differs."""
    taken: int = 0
    """Predictions taken."""
    failed: int = 0
    """Those below the threshold."""
    added: int = 0
    """Items added."""
    kinds: set[TaskType] = field(default_factory=set)
    """What answers look like, told from the items added."""
    _seen: set[str] = field(default_factory=set)

    @cached_property
    def _known(self) -> KnownItems:
        return self.items if isinstance(self.items, KnownItems) else of_items(self.items)

    def join(self, entries: Iterator[Entry | Stretch], sheets: Sheets) -> None:
        """Read all entries and write those that can be taken in.

        Args:
            entries: Entries of the log.
            sheets: Where they are written.
        """
        for entry in entries:
            if isinstance(entry, Stretch):
                self._take_stretch(entry, sheets)
            else:
                self._take(entry, sheets)
        self._known.check()

    def _take(self, entry: Entry, sheets: Sheets) -> None:
        """Write an entry, or tell why it is not taken in."""
        joined = self._join(entry)
        if isinstance(joined, str):
            self.account.drop(entry.spot, joined)
            return
        if self._refused(entry, joined):
            return
        if not sheets.write(joined):
            self.account.drop(entry.spot, TOO_LONG)
            return
        self._seen.add(joined.prediction.item_id)
        self.taken += 1
        if joined.new is not None:
            self.added += 1
            self.kinds.add(_kind(joined.new, joined.prediction))
        right = joined.prediction.score >= self.threshold
        self.failed += not right
        if entry.correct is not None and entry.correct != right:
            self.account.notes[CONTRADICTS] += 1

    def _take_stretch(self, stretch: Stretch, sheets: Sheets) -> None:
        """Write the rows that are as nearly all are at once, and each of the others by itself."""
        new = self.adding and not self._known
        size = len(stretch.names)
        there = [new] * size if new else self._known.having(stretch.names, stretch.items)
        begin = 0
        for odd in [*(n for n, known in enumerate(there) if not (new or known)), size]:
            if begin < odd and not self._took(stretch.part(begin, odd), sheets, new=new):
                for place in range(begin, odd):
                    self._take(stretch.entry(place), sheets)
            if odd < size:
                self._take(stretch.entry(odd), sheets)
            begin = odd + 1

    def _took(self, part: Stretch, sheets: Sheets, *, new: bool) -> bool:
        """Write rows at once, if there is nothing against any of them."""
        low, high = self.score_range
        if not (low <= min(part.scores) and max(part.scores) <= high):
            return False
        if not self._seen.isdisjoint(part.names) or not sheets.write_all(part, new=new):
            return False
        self._seen.update(part.names)
        self.taken += len(part.names)
        self.failed += len([score for score in part.scores if score < self.threshold])
        if new:
            self.added += len(part.names)
            self.kinds.add(part.kind)
        return True

    def _refused(self, entry: Entry, joined: Joined) -> bool:
        """Tell whether a prediction cannot be taken in; why is told."""
        score = joined.prediction.score
        if joined.prediction.item_id in self._seen:
            self.account.drop(entry.spot, TWICE)
            return True
        low, high = self.score_range
        if low <= score <= high:
            return False
        wrong = f"outside the benchmark's score range {low:g} to {high:g}"
        mend = "choose another score with --metric, or correct score_range"
        shown = visible(f"{score:g}")
        self.account.fault(Problem(entry.spot.path, entry.spot.line, "score", shown, wrong, mend))
        return True

    def _join(self, entry: Entry) -> Joined | str:
        """Find the item of an entry; say why where there is none."""
        item, name, known = entry.item, entry.prediction.item_id, self._known
        if item is None:
            if name in known:
                return Joined(entry.prediction, None)
            return UNKNOWN if known else NO_QUESTION
        line = line_of(item)
        if known.has(name, line) or (name in known and (self.by_id or _same(item, known[name]))):
            return Joined(entry.prediction, None)
        others = [other for other in known.asking(line) if _same(item, known[other])]
        if others:
            return Joined(entry.prediction.model_copy(update={"item_id": others[-1]}), None)
        if name in known or not self.adding:
            return OTHER_TEXT if name in known else UNKNOWN
        return Joined(entry.prediction, item, line) if item.references else NO_REFERENCE


def _same(one: Item, other: Item) -> bool:
    """Tell whether two items have one hash, without computing it."""
    return (one.input, one.choices, one.references) == (
        other.input,
        other.choices,
        other.references,
    )


def _kind(item: Item, prediction: Prediction) -> TaskType:
    """Tell what an answer looks like."""
    if not isinstance(prediction.output, str):
        return "tool-use"
    if item.choices:
        return "multiple-choice"
    return "short-answer" if max(map(len, item.references)) <= _SHORT else "free-text"
