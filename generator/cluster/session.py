"""Judges all runs with a crew: looks, numbers, judges block by block, joins; any step again."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from generator.cluster import tasks
from generator.cluster.charge import Charge, Places, slice_of, source_names
from generator.cluster.crew import Crew, Task, completed
from generator.cluster.sameness import judging_hash
from generator.cluster.shards import shard_folders
from generator.judging.block import Block
from generator.judging.elsewhere import Elsewhere, Standings
from generator.judging.run import stamp
from generator.readers.runs import source_files
from generator.records.keys import RunKey
from generator.store.content import Content
from generator.store.places import place_of

BLOCK = 20_000
"""Predictions of a block: what comes before one in its run is read anew, so most runs are one."""


class Outcome(NamedTuple):
    """What a session came to."""

    runs: int = 0
    """Runs judged."""
    predictions: int = 0
    """Predictions read."""
    failures: int = 0
    """Failures judged."""
    settled: int = 0
    """Failures that the rules could settle."""
    changed: tuple[str, ...] = ()
    """Files that were written, or with ``check`` would have been."""
    reused: int = 0
    """Blocks that an earlier session had finished."""


class Session:
    """One go over the runs of a content that several machines share."""

    def __init__(
        self,
        content: Content,
        places: Places,
        crew: Crew,
        *,
        everything: bool = False,
        check: bool = False,
        block: int = BLOCK,
        on_done: Callable[[str, int, int], object] = lambda *_: None,
    ) -> None:
        """Take what there is to judge and who is to do it.

        Args:
            content: The content.
            places: Where it is, with its texts and shards.
            crew: Who works.
            everything: Judge those with fresh verdicts too.
            check: Compare instead of writing; shards are written all the same.
            block: Predictions of a block.
            on_done: Called with step, tasks done, and all tasks of the step.
        """
        self._content, self._places, self._crew = content, places, crew
        self._everything, self._check, self._block = everything, check, block
        self._on_done = on_done
        self._code = judging_hash()

    def judge(self, wished: Collection[RunKey]) -> Outcome:
        """Judge the runs that are wished for and due, and whose text is there.

        Raises:
            InputError: A text is at fault; what was finished is kept.
            OutsideError: The cluster or a store failed; what was finished is kept.
        """
        shared = place_of(self._places.content)
        for benchmark in sorted({benchmark for benchmark, _ in wished}):
            shared.tidy(f"verdicts/{benchmark}")
        readable = self._readable({benchmark for benchmark, _ in wished})
        looks = [self._task(tasks.look, key, key, self._everything) for key in readable]
        looked = {one.key: one for one in self._step("Indexing", looks)}
        changed: list[str] = []
        standings: dict[str, Standings] = {}
        for numbered in self._step("Numbering", self._numberings(looked)):
            standings[numbered.benchmark] = numbered.standings
            changed += numbered.changed
        due = self._due([key for key in readable if key in wished], looked, standings)
        outcome = self._judged(due, standings, looked)
        work = place_of(self._places.work)
        for benchmark in sorted({benchmark for benchmark, _ in wished}):
            for folder in shard_folders(benchmark):
                work.remove(folder)
        return outcome._replace(changed=tuple(sorted({*changed, *outcome.changed})))

    def _readable(self, benchmarks: Collection[str]) -> list[RunKey]:
        """Return the runs of benchmarks whose text is there, in their order."""
        kept = any(self._content.benchmarks[name].source for name in benchmarks)
        sizes = place_of(self._places.sources).sizes("sources") if kept else {}
        return [
            key
            for key in self._content.runs
            if key[0] in benchmarks
            and all(
                sizes.get(name) == file.bytes
                for name, file in zip(
                    source_names(self._content, key),
                    source_files(self._content, key),
                    strict=True,
                )
            )
        ]

    def _numberings(self, looked: dict[RunKey, tasks.Looked]) -> list[Task]:
        """Return a task for each benchmark; those whose text is in the content have no indexes."""
        lacking: dict[str, list[str]] = {benchmark: [] for benchmark, _ in looked}
        for key, one in looked.items():
            if not one.indexed:
                lacking[key[0]].append(key[1])
        return [
            Task(tasks.number, (self._charge(benchmark), tuple(models), self._check))
            for benchmark, models in lacking.items()
        ]

    def _due(
        self,
        keys: list[RunKey],
        looked: dict[RunKey, tasks.Looked],
        standings: dict[str, Standings],
    ) -> dict[RunKey, str]:
        """Return the runs to judge, and what each is to be judged on."""
        elsewhere = Elsewhere(self._content, standings)
        inputs = {key: stamp(self._content, key, elsewhere, looked[key].text) for key in keys}
        return {
            key: value
            for key, value in inputs.items()
            if self._everything or looked[key].held != value
        }

    def _judged(
        self,
        due: dict[RunKey, str],
        standings: dict[str, Standings],
        looked: dict[RunKey, tasks.Looked],
    ) -> Outcome:
        blocks = {key: self._blocks(key, looked[key].predictions) for key in due}
        left = {key: len(some) for key, some in blocks.items()}

        def judging() -> Iterator[Task]:
            for key, inputs in due.items():
                for block in blocks[key]:
                    yield self._task(tasks.judge, key, block, standings[key[0]], inputs)

        def joining(done: tasks.Judged | tasks.Joined) -> Iterator[Task]:
            if isinstance(done, tasks.Judged):
                key = done.block.key
                left[key] -= 1
                if not left[key]:
                    yield self._task(tasks.join, key, blocks[key], due[key], self._check)

        total, outcome = sum(left.values()) + len(due), Outcome(len(due))
        for number, done in enumerate(completed(self._crew, judging(), joining), start=1):
            self._on_done("Judging", number, total)
            if isinstance(done, tasks.Judged):
                outcome = outcome._replace(reused=outcome.reused + done.reused)
            else:
                outcome = outcome._replace(
                    predictions=outcome.predictions + done.predictions,
                    failures=outcome.failures + done.failures,
                    settled=outcome.settled + done.settled,
                    changed=(*outcome.changed, *done.changed),
                )
        return outcome

    def _blocks(self, key: RunKey, predictions: int) -> tuple[Block, ...]:
        """Cut a run; the last block goes on to its end, wherever that is."""
        starts = range(0, max(predictions, 1), self._block)
        stops = [*starts[1:], None]
        return tuple(Block(key, start, stop) for start, stop in zip(starts, stops, strict=True))

    def _step(self, name: str, some: list[Task]) -> Iterator[Any]:
        for number, done in enumerate(completed(self._crew, some), start=1):
            self._on_done(name, number, len(some))
            yield done

    def _task(self, work: Callable[..., Any], key: RunKey, *given: Any) -> Task:
        return Task(work, (self._charge(key[0], key), *given))

    def _charge(self, benchmark: str, key: RunKey | None = None) -> Charge:
        part = slice_of(self._content, benchmark, key)
        return Charge(self._places, part, benchmark, self._code)
