"""What a request for tool calls is made of."""

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Parameter(NamedTuple):
    """A parameter of a function."""

    name: str
    type: Literal["string", "integer"]
    description: str


class Function(NamedTuple):
    """A function that may be called; all its parameters are required."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]


class Call(NamedTuple):
    """A call of a request: the function, and for each parameter the slot of its value."""

    function: str
    arguments: Mapping[str, str]


class Request(NamedTuple):
    """Something to be done with functions."""

    id: str
    functions: tuple[Function, ...]
    wordings: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    """Slots for words."""
    numbers: Mapping[str, tuple[int, int]]
    """Slots for numbers: lowest and highest."""
    calls: tuple[Call, ...]
    """Calls that are right, in order."""
