"""The failures that a judge is to be asked about, kept on disk and called up item by item.

Texts are read run by run and needed item by item, over all runs. The docket turns them round: a
database in an unnamed file of the cache, gone with the process. Memory holds one item at a time.
"""

import json
import math
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from generator.judging.peers import PEERS
from generator.records.benchmark import Item, TaskType
from generator.records.failure import Failure
from generator.records.keys import RunKey
from generator.records.messages import Message
from generator.store.ordering import natural

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
PRAGMA temp_store = FILE;
CREATE TABLE item (id INTEGER PRIMARY KEY, place TEXT, hash BLOB, body TEXT, UNIQUE (place, hash));
CREATE TABLE correct (item INTEGER, rank INTEGER, output TEXT);
CREATE TABLE failure (
    id INTEGER PRIMARY KEY, item INTEGER, run INTEGER, key BLOB, audit INTEGER, draw INTEGER,
    done INTEGER, wanted INTEGER DEFAULT 0, body TEXT
);
"""
_INDEXES = """
CREATE INDEX correct_item ON correct (item, rank);
CREATE INDEX failure_item ON failure (item, run);
CREATE INDEX failure_run ON failure (run, draw);
"""


class Case(NamedTuple):
    """A failure to be judged."""

    run: RunKey
    """Benchmark and model."""
    failure: Failure
    """The failure."""
    peers: tuple[str, ...]
    """Correct outputs of other models on the same wording of the item."""


class Listed(NamedTuple):
    """A failure on its way into the docket."""

    failure: Failure
    """The failure."""
    audit: bool
    """Whether rules settled it, and it is asked about to measure them."""
    draw: int
    """Its number in the draw of a sample."""
    done: bool
    """Whether the judge has spoken on it already."""


class Counts(NamedTuple):
    """How much of a stratum is wanted and done."""

    failures: int
    """Failures that the judge could be asked about."""
    wanted: int
    """Failures in the sample, or all."""
    pending: int
    """Wanted failures that the judge has not spoken on."""


class Stratified(NamedTuple):
    """What was drawn of one run."""

    model: str
    """Model."""
    population: int
    """Failures of the run."""
    drawn: dict[str, bytes]
    """Keys of the failures drawn, by item."""


class Docket:
    """Failures and correct outputs of the runs of one benchmark."""

    def __init__(self, folder: Path, benchmark: str, task_type: TaskType) -> None:
        """Open an empty docket.

        Args:
            folder: Folder with room for the texts of a benchmark.
            benchmark: Benchmark.
            task_type: What an answer looks like.
        """
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".docket-", suffix=".db")
        os.close(handle)
        self._path = Path(name)
        self._base = sqlite3.connect(name, isolation_level=None)
        self._base.executescript(_SCHEMA)
        if os.name == "posix":
            self._path.unlink()  # The open file lives on without its name, and dies with us.
        self._base.execute("BEGIN")
        self._benchmark = benchmark
        self._task_type = task_type
        self._models: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def begin(self, model: str) -> None:
        """Begin the run of a model; runs come in the order in which they are to be asked about."""
        self._models.append(model)

    def item(self, item: Item, digest: bytes) -> int:
        """Return the number of a wording of an item; a new one is written down."""
        place = _sortable(item.item_id)
        found = self._base.execute(
            "SELECT id FROM item WHERE place = ? AND hash = ?", (place, digest)
        ).fetchone()
        if found is not None:
            return int(found[0])
        body = json.dumps([item.item_id, item.input, item.choices, item.references, item.solution])
        values = (place, digest, body)
        row = self._base.execute("INSERT INTO item (place, hash, body) VALUES (?, ?, ?)", values)
        return int(row.lastrowid or 0)

    def add_correct(self, item: int, rank: int, output: str) -> None:
        """Write down a correct output, with its rank among those of its item."""
        values = (item, rank, json.dumps(output))
        self._base.execute("INSERT INTO correct VALUES (?, ?, ?)", values)

    def add_failure(self, item: int, listed: Listed) -> None:
        """Write down a failure of the run begun last."""
        failure, audit, draw, done = listed
        turns = [turn.model_dump(exclude_defaults=True) for turn in failure.messages]
        body = json.dumps([failure.output, failure.extracted, failure.finish_reason, turns])
        self._base.execute(
            "INSERT INTO failure (item, run, key, audit, draw, done, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (item, len(self._models) - 1, bytes.fromhex(failure.key), audit, draw, done, body),
        )

    def close_lists(self, share: float) -> None:
        """Choose what is wanted; nothing can be added any more.

        Of the failures of every run, the lowest numbers drawn are wanted: as many as the share
        comes to, rounded up. A larger share holds every smaller one, and what was asked before
        counts.

        Args:
            share: Share of each run's failures that is wanted, in (0, 1].
        """
        self._base.executescript(_INDEXES)
        strata = self._base.execute("SELECT run, COUNT(*) FROM failure GROUP BY run")
        for run, count in strata.fetchall():
            wanted = math.ceil(share * count - 1e-9)
            self._base.execute(
                "UPDATE failure SET wanted = 1 WHERE id IN "
                "(SELECT id FROM failure WHERE run = ? ORDER BY draw, key LIMIT ?)",
                (run, wanted),
            )

    def set_aside(self, aside: Callable[[str, str], bool]) -> None:
        """Take pending failures as done, to be called once the lists are closed.

        Args:
            aside: Tells by model and key whether a failure is not to be called up.
        """
        rows = self._base.execute("SELECT id, run, key FROM failure WHERE wanted AND NOT done")
        found = [(row,) for row, run, key in rows if aside(self._models[run], key.hex())]
        self._base.executemany("UPDATE failure SET done = 1 WHERE id = ?", found)

    def strata(self) -> list[Stratified]:
        """Return what is wanted of every run with failures."""
        found = []
        for place, model in enumerate(self._models):
            rows = self._base.execute(
                "SELECT item.body, failure.key, wanted FROM failure JOIN item "
                "ON item.id = failure.item WHERE run = ?",
                (place,),
            ).fetchall()
            if rows:
                drawn = {json.loads(body)[0]: key for body, key, wanted in rows if wanted}
                found.append(Stratified(model, len(rows), drawn))
        return found

    def counts(self, *, audit: bool) -> Counts:
        """Count failures over all runs: those that rules settled (``audit``) or the others."""
        row = self._base.execute(
            "SELECT COUNT(*), COALESCE(SUM(wanted), 0), COALESCE(SUM(wanted AND NOT done), 0) "
            "FROM failure WHERE audit = ?",
            (audit,),
        ).fetchone()
        return Counts(*map(int, row))

    def cases(self, *, every: int = 1, peers: int = PEERS) -> Iterator[Case]:
        """Yield the failures that are wanted and not done, by item and then by model.

        Args:
            every: Only every so many-th failure, for estimates.
            peers: Most correct outputs given with a failure.
        """
        number = 0
        items = self._base.execute("SELECT id, body FROM item ORDER BY place, hash")
        for item, body in items:
            rows = self._base.execute(
                "SELECT run, key, body FROM failure WHERE item = ? AND wanted AND NOT done "
                "ORDER BY run, key",
                (item,),
            ).fetchall()
            chosen = [row for place, row in enumerate(rows, number) if place % every == 0]
            number += len(rows)
            if not chosen:
                continue
            beside = self._base.execute(
                "SELECT output FROM correct WHERE item = ? ORDER BY rank LIMIT ?", (item, peers)
            ).fetchall()
            outputs = tuple(json.loads(row[0]) for row in beside)
            for run, key, text in chosen:
                model = self._models[run]
                failure = self._failure(model, key, json.loads(body), json.loads(text))
                yield Case((self._benchmark, model), failure, outputs)

    def _failure(self, model: str, key: bytes, item: list[Any], text: list[Any]) -> Failure:
        item_id, question, choices, references, solution = item
        output, extracted, finish_reason, turns = text
        return Failure.of_checked(
            key=key.hex(),
            benchmark=self._benchmark,
            model=model,
            item_id=item_id,
            task_type=self._task_type,
            input=question,
            choices=tuple(choices),
            references=tuple(references),
            solution=solution,
            output=output,
            messages=tuple(map(Message.model_validate, turns)),
            extracted=extracted,
            finish_reason=finish_reason,
        )


def _sortable(item_id: str) -> str:
    """Return a text that sorts as ``natural`` does: numbers by size, before words."""
    parts = (
        f"0{len(str(number)):03d}{number}" if kind == 0 else f"1{word}\x01"
        for kind, number, word in natural(item_id)
    )
    return "".join(parts) + f"\x00{item_id}"
