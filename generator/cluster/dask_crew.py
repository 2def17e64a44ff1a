"""The workers of a Dask cluster; the only module that knows Dask."""

import importlib.util
import logging
import re
import time
import uuid
from collections.abc import Set as AbstractSet
from types import TracebackType
from typing import Any, Self

from generator.cluster.crew import Pending, Task
from generator.errors import ErrorAtlasError, InputError, OutsideError

_ADDRESS = re.compile(
    r"(?:(?P<scheme>tcp|tls)://)?(?P<host>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
    r":(?P<port>[0-9]{1,5})"
)
_PATIENCE = 30
"""Seconds in which a scheduler has to answer, and to have a worker."""
_LOOKS = 5.0
"""Seconds after which the workers are counted again: they come and go."""
_ITS_OWN = {"distributed", "dask", "concurrent"}
"""Packages whose errors are the cluster's, not the task's."""
_AHEAD = 2
"""Tasks a thread of a worker: one that it does, and one that waits for it."""


class DaskCrew:
    """The workers that a scheduler has, whenever it has them."""

    def __init__(self, address: str) -> None:
        if _ADDRESS.fullmatch(address) is None:
            msg = "--scheduler: give tcp://HOST:PORT or tls://HOST:PORT, as the scheduler says"
            raise InputError(msg)
        if importlib.util.find_spec("distributed") is None:
            msg = (
                "--scheduler needs packages that are not installed: "
                "pip install 'erroratlas[cluster]'"
            )
            raise InputError(msg)
        self._address = address
        self._room, self._looked = 1, 0.0
        self._client: Any = None

    def __enter__(self) -> Self:
        import distributed  # noqa: PLC0415  an extra

        _hush()
        try:
            self._client = distributed.Client(
                self._address, timeout=_PATIENCE, set_as_default=False, name="erroratlas"
            )
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except Exception as error:
            self.__exit__(None, None, None)
            msg = (
                f"{self._address}: no scheduler with a worker answers there "
                f"({type(error).__name__}): start `dask scheduler`, and `dask worker` on every "
                "machine"
            )
            raise OutsideError(msg) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave; the scheduler drops what is under way, as nobody waits for it any more."""
        if self._client is not None:
            self._client.close()

    def room(self) -> int:
        """Return twice as many tasks as the workers have threads."""
        if time.monotonic() - self._looked > _LOOKS:
            threads = sum(self._client.nthreads().values())
            self._room, self._looked = max(1, threads * _AHEAD), time.monotonic()
        return self._room

    def submit(self, task: Task) -> Pending:
        """Begin a task; a key of its own keeps it apart from what other sessions ask for."""
        name = f"{task.work.__name__}-{uuid.uuid4().hex}"
        future = self._client.submit(task.work, *task.given, key=name, pure=False)
        return _Under(future)

    def first(self, pending: AbstractSet[Pending]) -> AbstractSet[Pending]:
        """Wait for some of the tasks under way, and return those that are done."""
        import distributed  # noqa: PLC0415  an extra

        under: dict[Any, Pending] = {one.future: one for one in pending if isinstance(one, _Under)}
        try:
            with self._client.as_current():
                distributed.wait(list(under), return_when="FIRST_COMPLETED")
        except Exception as error:
            msg = (
                f"{self._address}: the scheduler is gone ({type(error).__name__}): what was "
                "finished is kept: start it, and run the command again"
            )
            raise OutsideError(msg) from error
        return {under[future] for future in under if future.done()}


def _hush() -> None:
    """Keep Dask from writing of lost connections beside the one message that says it."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


class _Under:
    """A task under way on a cluster."""

    def __init__(self, future: Any) -> None:
        self.future = future

    def result(self) -> Any:
        """Return what came of it.

        Raises:
            OutsideError: It is not the task that failed but who was to do it.
        """
        try:
            return self.future.result()
        except ErrorAtlasError:
            raise
        except ModuleNotFoundError as error:
            msg = f"a worker lacks a package ({error.name}): install erroratlas[cluster] on each"
            raise OutsideError(msg) from error
        except Exception as error:
            kind = type(error)
            if kind.__module__.partition(".")[0] not in _ITS_OWN:
                raise
            msg = (
                f"the cluster gave a task up ({kind.__name__}): what was finished is kept: run the "
                "command again"
            )
            if kind.__name__ == "KilledWorker":
                msg += "; workers that end while they work often lack memory: try a smaller --block"
            raise OutsideError(msg) from error
