"""Whether machines would say the same: what judges, and what writes, is the same on each."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import pyarrow as pa
import pydantic

import generator
from generator.errors import OutsideError

_FLOORS = ("cluster", "judging", "readers", "sources", "store", "records")
"""Packages that the verdicts depend on."""


@cache
def judging_hash() -> str:
    """Return a hash of what verdicts depend on besides their texts: our code, and its tools."""
    versions = (platform.python_version_tuple()[:2], pa.__version__, pydantic.VERSION)
    digest = hashlib.sha256(repr(versions).encode())
    root = Path(str(generator.__path__[0]))
    for floor in _FLOORS:
        for path in sorted((root / floor).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def same_as(expected: str) -> None:
    """Refuse to work where verdicts could come out otherwise.

    Raises:
        OutsideError: This machine has other code, or other versions.
    """
    if judging_hash() != expected:
        msg = (
            f"a worker on {platform.node()} has another version of ErrorAtlas, Python, pyarrow or "
            "pydantic: install the same ones on every machine"
        )
        raise OutsideError(msg)
