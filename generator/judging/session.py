"""A session with a judge that has to be paid: lock, ask, seal, whatever ends it."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from generator.judging.budget import Budget
from generator.judging.cascade import Heard, Judge, Scope, ask_all, open_docket
from generator.judging.change import Change
from generator.judging.client import Client
from generator.judging.docket import Docket
from generator.judging.gate import Gate
from generator.judging.interruption import INTERRUPTED, interruptible
from generator.judging.journal import Journal, journal_folder, journal_path
from generator.judging.ledger import seal
from generator.judging.pace import Pace
from generator.store.lock import alone


class Session:
    """One client, one pace and one budget over several benchmarks."""

    def __init__(
        self,
        client: Client,
        judge: Callable[[Gate], Judge],
        budget: Budget,
        *,
        concurrency: int,
        on_interrupt: Callable[[int], None],
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            client: The client; opened and closed by the session.
            judge: Makes the judge that asks through the gate.
            budget: What may be spent.
            concurrency: Most requests at a time.
            on_interrupt: Called with the number of requests under way when the user interrupts.
        """
        self._client = client
        self._runner = asyncio.Runner()
        self._pace = Pace(concurrency)
        self.gate = Gate(client, self._pace, budget)
        self._judge = judge(self.gate)
        self._concurrency = concurrency
        self._on_interrupt = on_interrupt

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self._runner.run(self._client.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._runner.run(self._client.__aexit__(kind, error, trace))
        finally:
            self._runner.__exit__(kind, error, trace)

    @property
    def interrupted(self) -> bool:
        """Whether the user ended the session."""
        return self.gate.stopped == INTERRUPTED

    def benchmark(
        self,
        scope: Scope,
        benchmark: str,
        models: Sequence[str],
        *,
        on_open: Callable[[Docket], None],
        on_heard: Callable[[Heard], None],
        sealed: bool = True,
    ) -> list[Change]:
        """Judge what is pending of a benchmark and seal what is known, whatever ends it.

        Args:
            scope: What is to be judged.
            benchmark: Benchmark.
            models: Models whose runs are at hand and freshly judged by the rules.
            on_open: Called once it is known what is pending.
            on_heard: Called after each verdict.
            sealed: Whether verdict files are written; the journals hold everything all the same.

        Returns:
            The verdict files, and whether they changed.

        Raises:
            InputError: Another run judges the benchmark, or a file is at fault.
            OutsideError: The endpoint does not answer; what was said before is sealed.
        """
        name = scope.judge.name
        keys = [(benchmark, model) for model in sorted(models)]
        with alone(journal_folder(scope.cache) / f"{benchmark}.lock", f"judging {benchmark}"):
            for key in keys:
                Journal(journal_path(scope.cache, key, name)).repair()
            try:
                with open_docket(scope, benchmark, models) as docket:
                    on_open(docket)
                    self.ask(scope, docket, on_heard)
            finally:
                sealing = keys if sealed else []
                changes = [seal(scope.content, key, scope.judge, scope.cache) for key in sealing]
        return changes

    def ask(self, scope: Scope, docket: Docket, on_heard: Callable[[Heard], None]) -> None:
        """Ask about what is pending in a docket; lock and journals are the caller's affair.

        Raises:
            OutsideError: The endpoint does not answer; what was said before is in the journal.
        """
        self._runner.run(self._ask(scope, docket, on_heard))

    async def _ask(self, scope: Scope, docket: Docket, on_heard: Callable[[Heard], None]) -> None:
        with interruptible(self.gate, self._pace, self._on_interrupt):
            await ask_all(
                scope,
                docket,
                self._judge,
                self.gate,
                workers=self._concurrency,
                on_heard=on_heard,
            )
