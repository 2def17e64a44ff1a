"""The errors a user can act on.

::

    ErrorAtlasError
    ├── InputError            the input is at fault (exit status 1)
    │   ├── ContentError      one or more content files are at fault; carries every problem
    │   └── RowError          a row of a foreign file is not what its reader knows (readers)
    └── OutsideError          the outside world failed: network, end point (exit status 3)
"""

from collections.abc import Sequence
from typing import NamedTuple


def printable(text: str, kept: str = "") -> str:
    """Return a text in which signs that could move the cursor, or turn the text, are escaped.

    Args:
        text: Any text.
        kept: Signs that stay all the same.
    """
    if text.isprintable():
        return text
    signs = (
        sign if sign.isprintable() or sign in kept else sign.encode("unicode_escape").decode()
        for sign in text
    )
    return "".join(signs)


class Problem(NamedTuple):
    """One fault of one file, with the way out."""

    path: str
    """Path of the file, relative to the content root, with forward slashes."""
    line: int
    """Line of the fault, counted from 1; 0 where it is the file as a whole."""
    field: str
    """Dotted name of the field, ``-`` where it is the line as a whole."""
    value: str
    """The offending value as one line of printable text, shortened."""
    wrong: str
    """What is wrong."""
    mend: str
    """How to mend it."""

    def __str__(self) -> str:
        path = printable(self.path)  # a name of a file can hold the end of a line
        return f"{path}:{self.line}: {self.field}: {self.value}: {self.wrong}: {self.mend}"


class ErrorAtlasError(Exception):
    """Base of every error that is shown as one message."""

    exit_status = 1


class InputError(ErrorAtlasError):
    """What the user gave is at fault."""


class ContentError(InputError):
    """Content files are at fault; ``problems`` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__("\n".join([*map(str, self.problems), f"{count} {noun} found"]))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...]]]:
        """Return what makes the same error again in another process."""
        return type(self), (self.problems,)


class OutsideError(ErrorAtlasError):
    """The network or a remote service failed; trying again may help."""

    exit_status = 3
