"""What an earlier build computed, kept for the next one.

A result is found by what it was computed from: the function, its arguments to the last byte, and
the code and libraries at work. So there is nothing that has to be thrown away when something
changes, and nothing to be found that would not be computed now. What a build does not use is
removed after it.
"""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from generator.store.during import during

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_LIBRARIES = (
    "altair", "numpy", "pandas", "pyarrow", "pydantic", "scipy", "vl-convert-python",
)  # fmt: skip
_PROTOCOL = 5


class Kept:
    """Results in a folder, a file each.

    They are pickled. Whoever can write there can write the compiled modules of the generator as
    well, so nothing is trusted that was not trusted before; the folder belongs to the checkout and
    is never published, fetched or restored from elsewhere.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._code = _code()
        self._used: set[str] = set()
        self._begun: dict[str, Callable[[], Any]] = {}

    def result(self, function: str, about: object, make: Callable[[], Result]) -> Result:
        """Return what was made from the same before, else make it.

        Args:
            function: What is made, in a name of its own.
            about: Everything that it is made from.
            make: Makes it.
        """
        name = self.name(function, about)
        found: tuple[Result, list[str]] = self._found(name) or self._make(name, make)
        # What it was made of will be asked for again when it has to be made again.
        self._used |= {name, *found[1]}
        return found[0]

    def later(
        self, function: str, about: object, start: Callable[[], Callable[[], Result]]
    ) -> Callable[[], Result]:
        """Return how to get what was made from the same before; else begin to make it.

        Args:
            function: What is made, in a name of its own.
            about: Everything that it is made from.
            start: Begins to make it and returns how to get it; nothing else that is kept goes in.
        """
        name = self.name(function, about)
        self._used.add(name)
        if name in self._begun:
            begun: Callable[[], Result] = self._begun[name]
            return begun
        found = self._found(name)
        if found is not None:
            kept_before: Result = found[0]
            return lambda: kept_before
        made = start()

        def finish() -> Result:
            result = made()
            if self._begun.pop(name, None) is not None:  # kept once, whoever asks
                self._keep(name, (result, []))
            return result

        self._begun[name] = finish
        return finish

    def name(self, function: str, about: object) -> str:
        """Return the name of a result: a hash of what it is made from."""
        from generator.store.told import digest  # noqa: PLC0415  pandas, where something is kept

        return digest((self._code, function, about))

    def _found(self, name: str) -> tuple[Any, list[str]] | None:
        """Return a result with the names of those it was made of; None where it is not here."""
        try:
            result, parts = pickle.loads((self._folder / name).read_bytes())  # noqa: S301 - above
        except Exception:  # noqa: BLE001 - whatever a damaged file does, it is made again
            return None
        return result, list(parts)

    def _make(self, name: str, make: Callable[[], Result]) -> tuple[Result, list[str]]:
        """Make a result and keep it, with the names of the results that it was made of."""
        before, self._used = self._used, set()
        try:
            made = make()
            found = (made, sorted(self._used))
        finally:
            self._used |= before
        self._keep(name, found)
        return found

    def _keep(self, name: str, found: tuple[object, list[str]]) -> None:
        # A file that a kill cut short is as good as none, so nothing waits for the disk here.
        data = pickle.dumps(found, protocol=_PROTOCOL)
        try:
            (self._folder / name).write_bytes(data)
        except FileNotFoundError:  # the first
            self._folder.mkdir(parents=True)
            (self._folder / name).write_bytes(data)

    def forget_others(self) -> None:
        """Remove what was not used."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in self._used:
                path.unlink()


_AT_WORK: ContextVar[Kept | None] = ContextVar("kept", default=None)


@contextmanager
def keeping(folder: Path) -> Iterator[None]:
    """Keep, and find again, results of functions that are marked as ``kept``.

    Args:
        folder: Folder for them alone; made if need be.
    """
    at_work = Kept(folder)
    with during(_AT_WORK, at_work):
        yield
    at_work.forget_others()  # not after a failure, which used a part of them


def recalled(function: str, about: object, make: Callable[[], Result]) -> Result:
    """Return what was made from the same before, if anything is kept; see ``Kept.result``."""
    at_work = _AT_WORK.get()
    return make() if at_work is None else at_work.result(function, about, make)


def recalled_later(
    function: str, about: object, start: Callable[[], Callable[[], Result]]
) -> Callable[[], Result]:
    """Return how to get what was made from the same before, or is being made; ``Kept.later``."""
    at_work = _AT_WORK.get()
    return start() if at_work is None else at_work.later(function, about, start)


def keeping_results() -> bool:
    """Tell whether results are kept."""
    return _AT_WORK.get() is not None


def hashed(about: object) -> str:
    """Return a hash of what several results are made from, to be told instead of it.

    Empty where nothing is kept, since nobody asks for it then.
    """
    at_work = _AT_WORK.get()
    return "" if at_work is None else at_work.name("hashed", about)


def kept(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Mark a function whose results are worth keeping: a pure one, that depends on nothing else."""

    @wraps(function)
    def call(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        return recalled(
            f"{function.__module__}.{function.__qualname__}",
            (arguments, tuple(sorted(named.items()))),
            lambda: function(*arguments, **named),
        )

    return call


def file_hash(path: Path) -> str:
    """Return the hash of a file's bytes; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _code() -> tuple[str, ...]:
    """Return the hash of the generator's own code, and the versions that it runs with."""
    package = Path(__file__).resolve().parents[1]
    sources = ((path.relative_to(package).as_posix(), path) for path in package.rglob("*.py"))
    told = "".join(f"{name} {file_hash(path)}\n" for name, path in sorted(sources))
    digest = hashlib.sha256(told.encode()).hexdigest()
    return (digest, sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES))
