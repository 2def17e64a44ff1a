"""Taking results in: each is judged by the checks of every answer, and kept the moment it is."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.judging.batch_hearing import Hearing
from generator.judging.batch_ids import Ids
from generator.judging.batch_results import Held, Results
from generator.judging.batch_tries import Tries
from generator.judging.cascade import Heard, Scope, open_docket
from generator.judging.change import Change
from generator.judging.docket import Case
from generator.judging.exchange import Reply
from generator.judging.journal import Journal, journal_folder, journal_path
from generator.judging.ledger import seal, spoken
from generator.judging.pricing import Spent
from generator.store.lock import alone


class Intake:
    """Counts what taking results in comes to."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """``verdict``, ``undetermined``, ``no_verdict``; ``refused``: to be asked again with the
        fault named; ``lapsed``: never carried out; ``known``: taken in before."""
        self.usage = Spent()
        """Tokens of the answers taken in."""
        self.changes: list[Change] = []
        """The verdict files."""


class Desk(NamedTuple):
    """What taking in needs."""

    scope: Scope
    """What was to be judged."""
    ids: Ids
    """Names of the judge's requests."""
    hearing: Hearing
    """Judges from results."""
    results: Results
    """The results."""


def tries_of(scope: Scope, ids: Ids, benchmark: str) -> Tries:
    """Return what was tried on a benchmark."""
    name = f"{benchmark}__{scope.judge.name}.tries"
    return Tries(journal_folder(scope.cache) / "batches" / name, ids)


async def take_in(
    desk: Desk,
    benchmark: str,
    models: Sequence[str],
    intake: Intake,
    on_heard: Callable[[Heard], None],
) -> None:
    """Judge the results on a benchmark and seal what is known, whatever ends it.

    Args:
        desk: Results, and who judges them.
        benchmark: Benchmark.
        models: Models whose runs are at hand and freshly judged by the rules.
        intake: Is added to.
        on_heard: Called after each verdict.

    Raises:
        InputError: Another run judges the benchmark, or a file is at fault.
    """
    scope, name = desk.scope, desk.scope.judge.name
    keys = [(benchmark, model) for model in sorted(models)]
    part = desk.ids.benchmark(benchmark)
    with alone(journal_folder(scope.cache) / f"{benchmark}.lock", f"judging {benchmark}"):
        for key in keys:
            Journal(journal_path(scope.cache, key, name)).repair()
        tries = tries_of(scope, desk.ids, benchmark)
        clerk = _Clerk(desk, tries, intake, on_heard)
        try:
            with open_docket(scope, benchmark, models) as docket:
                docket.set_aside(
                    lambda model, key: (
                        not desk.results.has(part, desk.ids.place((benchmark, model), key))
                    )
                )
                for case in docket.cases():
                    await clerk.hear(case)
        finally:
            intake.changes += [seal(scope.content, key, scope.judge, scope.cache) for key in keys]
        said = {
            desk.ids.place(key, held.hex())
            for key in keys
            for held in spoken(scope.content, key, scope.judge, scope.cache)
        }
        clerk.put_by(part, said)


class _Clerk:
    """Takes result after result to the judge and writes down what is said."""

    def __init__(
        self, desk: Desk, tries: Tries, intake: Intake, on_heard: Callable[[Heard], None]
    ) -> None:
        self._desk, self._tries, self._intake, self._on_heard = desk, tries, intake, on_heard

    async def hear(self, case: Case) -> None:
        """Judge the results on a failure, in the order of the tries, until there is a verdict."""
        desk, run, key = self._desk, case.run, case.failure.key
        place = desk.ids.place(run, key)
        settled = False
        for held in desk.results.take(desk.ids.benchmark(run[0]), place):
            request = desk.ids.name(run, key, held.attempt)
            result = desk.results.read(held)
            if settled or self._tries.knows(request):
                self._intake.counts["known"] += 1
            elif result.lapsed:
                self._intake.counts["lapsed"] += 1
            else:
                settled = await self._judge(case, held)

    async def _judge(self, case: Case, held: Held) -> bool:
        """Judge one result; return whether there is a verdict."""
        desk, intake = self._desk, self._intake
        request = desk.ids.name(case.run, case.failure.key, held.attempt)
        full = desk.scope.content.benchmarks[case.run[0]].display == "full"
        said = await desk.hearing.hear(
            case,
            self._tries.course(request.place),
            desk.results.read(held),
            display_full=full,
        )
        intake.usage = intake.usage.plus(desk.hearing.usage)
        if isinstance(said, Reply):
            self._tries.refused(request, said)
            intake.counts["refused"] += 1
            return False
        verdict = said.verdict
        if verdict.status == "no_verdict":
            self._tries.ended(request)
        Journal(journal_path(desk.scope.cache, case.run, desk.scope.judge.name)).append(
            verdict, said.usage
        )
        intake.counts[verdict.status] += 1
        self._on_heard(Heard(case, verdict))
        return verdict.status != "no_verdict"

    def put_by(self, benchmark: str, said: set[str]) -> None:
        """Count the results that no pending failure asked for."""
        results = self._desk.results
        for place, several in results.left(benchmark):
            for held in several:
                if place in said:
                    self._intake.counts["known"] += 1
                else:
                    results.stale(
                        held,
                        place,
                        "made for a failure that is not there any more",
                        "its text has changed since: write the requests again",
                    )
