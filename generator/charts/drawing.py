"""Who draws: this process, or during a build one that does nothing else.

The engine that draws takes some hundred mebibytes, and a quarter of the time of all pages. In a
process apart it takes neither from the one that holds all tables, and a page goes on while its
charts are drawn. One is enough: two would wait for the pages.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, TypeVar, cast

from generator.charts import draughtsman
from generator.errors import OutsideError
from generator.store.during import during

Result = TypeVar("Result")
Draw = Callable[[str], str]
"""Takes a Vega specification as JSON, gives its SVG."""

_NOTHING = json.dumps({"width": 1, "height": 1})
"""A drawing of nothing: to be asked for it makes the engine ready."""
_PATIENCE = 10
"""Seconds that the process may take to end when nobody asks any more."""


class _Apart:
    """The process apart, started when first asked; it is asked one thing after the other."""

    def __init__(self) -> None:
        self._alone = Lock()
        # The thread waits for answers, so that who asks need not: both sides of a pipe can be full.
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        self._process: subprocess.Popen[str] | None = None

    def begun(self, work: Callable[[], Result]) -> Callable[[], Result]:
        """Begin something that asks; return how to get what comes of it."""
        return self._asking.submit(work).result

    def ask(self, what: str, *arguments: str) -> str:
        """Return the answer; who asks between two things that were begun need not wait for both.

        Raises:
            ValueError: The specification is at fault.
            OutsideError: The process was ended.
        """
        with self._alone:
            answer = json.loads(self._answer([what, *arguments]))
        if "wrong" in answer:
            raise ValueError(answer["wrong"])
        return str(answer["made"])

    def _answer(self, asked: list[str]) -> str:
        if self._process is None:
            # Not with its folder on the path: no module of ours is to stand for a standard one.
            self._process = subprocess.Popen(  # noqa: S603 - our own file
                [sys.executable, "-P", str(Path(draughtsman.__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        pipes = self._process.stdin, self._process.stdout
        asking, answers = cast("tuple[IO[str], IO[str]]", pipes)
        try:
            asking.write(json.dumps(asked) + "\n")
            asking.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise OutsideError(
                "the process that draws charts was ended, perhaps for want of memory: build again"
            )
        return line

    def close(self) -> None:
        """End the process; what was begun and not waited for is dropped."""
        self._asking.shutdown(cancel_futures=True)
        if self._process is None:
            return
        try:
            self._process.communicate(timeout=_PATIENCE)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            self._process.kill()
            self._process.communicate()


_AT_WORK: ContextVar[_Apart | None] = ContextVar("drawing", default=None)


@contextmanager
def apart(*, early: bool = False) -> Iterator[None]:
    """Draw in a process apart, for as long as this lasts.

    Args:
        early: Whether it is started before it is asked, since it surely will be: its engine takes
            a second to be ready.
    """
    with closing(_Apart()) as at_work, during(_AT_WORK, at_work):
        if early:
            at_work.begun(partial(at_work.ask, "drawn", _NOTHING))
        yield


def compiled(spec: str, config: str, version: str) -> str:
    """Return a specification compiled; see ``draughtsman.compiled``."""
    at_work = _AT_WORK.get()
    if at_work is None:
        return draughtsman.compiled(spec, config, version)
    return at_work.ask("compiled", spec, config, version)


def begun(work: Callable[[Draw], Result]) -> Callable[[], Result]:
    """Begin to draw, and return how to get the drawing.

    Args:
        work: Makes it, with what draws a specification; must not ask for another drawing.
    """
    at_work = _AT_WORK.get()
    if at_work is None:
        made = work(draughtsman.drawn)
        return lambda: made
    return at_work.begun(partial(work, partial(at_work.ask, "drawn")))
