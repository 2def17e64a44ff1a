"""Verdicts in full, one file per run, and the titles and summaries that many of them share."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

import pandas as pd

from generator.charts.labels import listed
from generator.judging.finals import Span
from generator.pages.escaping import visible
from generator.pages.examples import Text, TextsOf, texts_reader, texts_shown
from generator.pages.excerpts import LIMIT
from generator.pages.format import count, counted
from generator.pages.turns import OTHERS_LIMIT, OWN_LIMIT, SPEAKERS, note, place_words, shown_turns
from generator.records.keys import RunKey
from generator.records.taxonomy import Taxonomy
from generator.store.aside import aside
from generator.store.content import Content
from generator.store.kept import file_hash, recalled_later
from generator.store.verdict_details import Detail, read_details
from generator.taxonomy.retirement import further_now

TEXTS_AT_A_TIME = 2_000
"""Titles with their summaries in one file."""


class Texts:
    """Titles with summaries, each once, in the order in which failures name them first."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        """One per failure: which text it has, counted from 1; 0 for none."""
        self._known: dict[tuple[str, str], int] = {}

    def add(self, said: Iterable["Said | None"]) -> None:
        """Note what is said of the next failures."""
        self.codes += [
            0 if text is None else self._known.setdefault(text, len(self._known) + 1)
            for text in said
        ]

    def __len__(self) -> int:
        return len(self._known)

    def parts(self) -> Iterator[list[list[str]]]:
        """Yield the texts, so many at a time."""
        texts = [list(text) for text in self._known]
        for start in range(0, len(texts), TEXTS_AT_A_TIME):
            yield texts[start : start + TEXTS_AT_A_TIME]


Said = tuple[str, str]
"""A title with its summary."""
Made = tuple[list[Said | None], bytes]
"""What is said of each failure of a run, and the file of the run."""


class Shard(NamedTuple):
    """The file of a run, which may still be under way."""

    path: str
    """Path of the file."""
    made: Callable[[], Made]
    """Gives what is said and the file."""


def shards_begun(content: Content, rows: pd.DataFrame, folder: str) -> list[Shard]:
    """Begin one file per run, those of many runs aside.

    Args:
        content: What is committed.
        rows: One per failure with the verdict that counts, those of a run together, counted from 0.
        folder: Where the files lie.

    Returns:
        The files in the order of the rows.
    """
    # A table for each run would take longer than what is done with it.
    failures = list(map(Failed, *(_known(rows[name]) for name in _KNOWN)))
    first = rows[["benchmark", "model"]].drop_duplicates()
    ends = [*first.index.tolist()[1:], len(failures)]
    batches: dict[str, _Batch] = {}
    found = []
    for (start, benchmark, model), end in zip(first.itertuples(), ends, strict=True):
        if benchmark not in batches:
            batches[benchmark] = _Batch(content, benchmark)
        made = batches[benchmark].shard(model, failures[start:end])
        found.append(Shard(f"{folder}/runs/{benchmark}/{model}.json", made))
    worth = sum(len(batch.missing) for batch in batches.values()) > _MANY
    for batch in batches.values():
        batch.begin(worth=worth)
    return found


_MANY = 200
"""Runs from which a process of its own is worth starting."""


class Failed(NamedTuple):
    """What the numbers have of a failure, which need not be read again."""

    item_id: str
    """Item."""
    judge: str
    """Judge that counts."""
    category: str | None
    """Category, as the taxonomy has it now."""
    rule: str | None
    """Rule that settled it."""
    subtype: str | None
    """Finer, for faults of the benchmark or the harness."""


_KNOWN = ("item_id", "judge", "category", "rule", "attribution_subtype")


def _known(column: pd.Series) -> list[Any]:
    """Return the values of a column, nothing where one is missing."""
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values


class _Batch:
    """The runs on a benchmark whose files were not made before, to be made together."""

    def __init__(self, content: Content, benchmark: str) -> None:
        self._layout, self._benchmark = content.layout, benchmark
        # No more than is looked at, so that it is sent at once.
        self._content = replace(
            content,
            benchmarks={benchmark: content.benchmarks[benchmark]},
            models={},
            runs={},
            samples={},
            crosswalks={},
            releases={},
        )
        shown = texts_shown(content.benchmarks[benchmark])
        self._items = file_hash(content.layout.items(benchmark)) if shown else ""
        self.missing: list[tuple[RunKey, _Columns]] = []
        """Runs, and their failures by column: thousands of small records take far longer to send
        and to hash."""
        self._made: Callable[[], list[Made]] = list

    def shard(self, model: str, wanted: Sequence[Failed]) -> Callable[[], Made]:
        """Return how to get the file of a run, once the batch has begun.

        Args:
            model: Model of the run.
            wanted: Its failures, each with the judge that counts.
        """
        run = (self._benchmark, model)
        columns = list(zip(*wanted, strict=True))
        about = (
            file_hash(self._layout.verdicts(*run)),
            [self._items, file_hash(self._layout.outputs(*run))] if self._items else [],
            self._content.taxonomy.retired,
            columns,
        )

        def start() -> Callable[[], Made]:
            self.missing.append((run, columns))
            place = len(self.missing) - 1
            return lambda: self._made()[place]

        return recalled_later("explore shard", about, start)

    def begin(self, *, worth: bool) -> None:
        """Begin with what is missing, aside if that is worth it."""
        if self.missing:
            work = cache(partial(_all_made, self._content, self.missing))
            self._made = aside(_all_made, self._content, self.missing) if worth else work


_Columns = list[tuple[Any, ...]]


def _all_made(content: Content, wanted: Sequence[tuple[RunKey, _Columns]]) -> list[Made]:
    """Return the files of runs on one benchmark, and what is said of each of their failures.

    Args:
        content: What is committed; of its benchmarks, that of the runs is enough.
        wanted: The runs, and their failures by column.
    """
    texts_of = texts_reader(content)
    known: dict[Said | None, Said | None] = {}  # what is said of many is sent once
    found = []
    for run, columns in wanted:
        said, data = _made(content, texts_of, run, list(map(Failed, *columns)))
        found.append(([known.setdefault(one, one) for one in said], data))
    return found


def _made(content: Content, texts_of: TextsOf, run: RunKey, wanted: list[Failed]) -> Made:
    shown = texts_of(*run, {failed.item_id for failed in wanted})
    details = read_details(content.layout.verdicts(*run), criteria=bool(shown))
    verdicts = {(one.item_id, one.judge): one for one in details}
    said: list[Said | None] = []
    described: dict[str, Any] = {}
    for place, failed in enumerate(wanted):
        verdict = verdicts.get((failed.item_id, failed.judge))
        said.append(_said(verdict))
        detail = _detail(content.taxonomy, failed, verdict, shown.get(failed.item_id))
        if detail:
            described[str(place)] = detail
    shared = _taken_out(described.values())
    shard = {
        "items": [failed.item_id for failed in wanted],
        "shared": shared,
        "verdicts": described,
    }
    data = json.dumps(shard, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return said, (data + "\n").encode()


def _said(verdict: Detail | None) -> Said | None:
    if verdict is None:
        return None
    return visible(verdict.title), visible(verdict.summary or "")


def _taken_out(details: Collection[dict[str, Any]]) -> dict[str, Any]:
    """Take out of the verdicts of a run who gave most of them, which is the same all over."""
    told = [tuple(one.get(name, "") for name in _WHO) for one in details]
    if not told:
        return {}
    most = Counter(told).most_common(1)[0][0]
    for one, who in zip(details, told, strict=True):
        if who == most:
            for name in _WHO:
                one.pop(name, None)
    return {name: value for name, value in zip(_WHO, most, strict=True) if value}


_WHO = ("version", "prompt", "taxonomy")
"""Which version of a judge gave a verdict."""


def _detail(
    taxonomy: Taxonomy, failed: Failed, verdict: Detail | None, text: Text | None
) -> dict[str, Any]:
    """Return what a row opens to, besides what the columns say; nothing that is withheld."""
    detail: dict[str, Any] = {}
    if verdict is not None:
        detail = {
            "rule": failed.rule,
            "subtype": failed.subtype,
            "further": list(further_now(taxonomy, failed.category, verdict.secondary)),
            "spans": [list(span) for span in verdict.spans],
            "version": verdict.version,
            "prompt": verdict.prompt[:12],
            "taxonomy": verdict.taxonomy,
        }
    if verdict is not None and text is not None:
        # What a judge says of criteria may repeat the task, so it goes with the text.
        detail["criteria"] = [
            [
                visible(one["criterion"]),
                one["present"],
                one["quality"],
                visible(one["comment"] or ""),
            ]
            for one in verdict.criteria
        ]
    if text is not None:
        # Offsets count code points of the text as it is; what hides is shown by the page.
        detail["asked"] = text.item.input[:LIMIT]
        detail["choices"] = "\n".join(
            f"{chr(ord('A') + place)}. {choice}" for place, choice in enumerate(text.item.choices)
        )
        detail["right"] = list(text.item.references)
        rest = 0 if text.messages else len(text.output) - LIMIT
        detail["output"] = "" if text.messages else text.output[:LIMIT]
        detail["missing"] = f"{counted(rest, 'further character')} not shown." if rest > 0 else ""
        evidence = [Span(*span) for span in (verdict.spans if verdict else ())]
        detail["turns"] = _turns(text, evidence)
        detail["places"] = listed(list(place_words(text.messages, evidence)))
    return {name: value for name, value in detail.items() if value not in (None, [], "")}


def _turns(text: Text, evidence: Sequence[Span]) -> list[list[Any]]:
    """Return the turns of a conversation that are shown, none where there is none.

    Each is role, speaker, the rest of its heading, how many turns before it are not shown, the
    place of what is said (``said`` or ``folded``), and that in parts: label, text and evidence.
    """
    turns = []
    for one in shown_turns(text.messages, evidence):
        role = one.turn.role
        limit = OWN_LIMIT if role == "assistant" else OTHERS_LIMIT
        labels = [f"Call {number}" for number in range(1, len(one.calls) + 1)]
        parts = [*([("", one.said)] if one.said else []), *zip(labels, one.calls, strict=True)]
        said = [
            [_label(label, part.text, limit), part.text[:limit], part.marks]
            for label, part in parts
        ]
        place = "folded" if one.folded else "said"
        turns.append([role, SPEAKERS[role], note(one), one.skipped_words, place, said])
    return turns


def _label(label: str, text: str, limit: int) -> str:
    """Return a label that also says how much of a text is shown, if not all."""
    cut = f"first {count(limit)} of {counted(len(text), 'character')}" if len(text) > limit else ""
    return ", ".join(filter(None, (label, cut)))
