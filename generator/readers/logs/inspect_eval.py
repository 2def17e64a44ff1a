"""Inspect AI's ``.eval`` files, read by inspect-ai itself: the one module that imports it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.errors import InputError


class Eval(NamedTuple):
    """An opened log."""

    header: Mapping[str, Any]
    """The log without its samples, as its JSON form has it."""
    samples: Iterator[object]
    """Its samples, one in memory at a time."""


def read_eval(path: Path) -> Eval:
    """Open a ``.eval`` file.

    Raises:
        InputError: inspect-ai is not installed, or cannot read the file.
    """
    try:
        from inspect_ai.log import (  # noqa: PLC0415 - an extra, and slow to import
            read_eval_log,
            read_eval_log_samples,
        )
    except ImportError as error:
        msg = (
            f"{path}: needs inspect-ai: install it with `pip install 'erroratlas[inspect]'`, or "
            "convert the log with `inspect log convert --to json`"
        )
        raise InputError(msg) from error
    try:
        header = read_eval_log(str(path), header_only=True).model_dump(mode="json")
    except Exception as error:
        raise _unreadable(path, error) from error

    def samples() -> Iterator[object]:
        try:
            for sample in read_eval_log_samples(str(path), all_samples_required=False):
                yield sample.model_dump(mode="json", exclude={"events", "store"})
        except Exception as error:
            raise _unreadable(path, error) from error

    return Eval(header, samples())


def _unreadable(path: Path, error: Exception) -> InputError:
    """Return the error for a file that inspect-ai refuses; what it raises is not said anywhere."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return InputError(f"{path}: inspect-ai cannot read it: {reason}: give the log as it wrote it")
