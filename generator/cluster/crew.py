"""Who works: processes of this machine, or the workers of a cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from generator.errors import OutsideError
from generator.store.aside import leave_interrupts


class Task(NamedTuple):
    """A function of ``cluster.tasks``, and what it is given."""

    work: Callable[..., Any]
    """Function."""
    given: tuple[Any, ...]
    """Arguments."""


class Pending(Protocol):
    """A task under way."""

    def result(self) -> Any:
        """Return what came of it, or raise what it raised."""
        ...


class Crew(Protocol):
    """Does tasks, in any order and as often as it takes."""

    def room(self) -> int:
        """Return how many tasks may be under way, so that nobody waits and little is queued."""
        ...

    def submit(self, task: Task) -> Pending:
        """Begin a task."""
        ...

    def first(self, pending: AbstractSet[Pending]) -> AbstractSet[Pending]:
        """Wait for some of the tasks under way, and return those that are done."""
        ...


def completed(
    crew: Crew, tasks: Iterable[Task], follow: Callable[[Any], Iterable[Task]] = lambda _: ()
) -> Iterator[Any]:
    """Have tasks done and yield what comes of them, in the order in which they end.

    Args:
        crew: Who works.
        tasks: The tasks; each is asked for when there is room for it.
        follow: Tasks that a result makes possible; they come before the others.
    """
    waiting, ready, pending = iter(tasks), deque[Task](), set[Pending]()
    while True:
        room = crew.room()
        while len(pending) < room:
            task = ready.popleft() if ready else next(waiting, None)
            if task is None:
                break
            pending.add(crew.submit(task))
        if not pending:
            return
        for done in crew.first(pending):
            pending.discard(done)
            result = done.result()
            ready.extend(follow(result))
            yield result


class Here:
    """Processes of this machine; one of them works in this one."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = (
            ProcessPoolExecutor(
                workers, mp_context=get_context("spawn"), initializer=leave_interrupts
            )
            if workers > 1
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            msg = "a process that judged was ended, perhaps for want of memory: try --workers 1"
            raise OutsideError(msg) from error

    def room(self) -> int:
        """Return one task more than there are processes."""
        return 1 if self._pool is None else self._workers + 1

    def submit(self, task: Task) -> Pending:
        """Begin a task; with one process, do it."""
        if self._pool is not None:
            return self._pool.submit(task.work, *task.given)
        done: Future[Any] = Future()
        done.set_result(task.work(*task.given))
        return done

    def first(self, pending: AbstractSet[Pending]) -> AbstractSet[Pending]:
        """Wait for some of the tasks under way, and return those that are done."""
        futures: Any = pending
        return set(wait(futures, return_when=FIRST_COMPLETED).done)
