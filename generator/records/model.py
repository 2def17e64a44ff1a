"""``content/models/<developer>__<model>.yml``: who made the system that failed."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from generator.records.base import Line, ModelId, Record, Url

LANGUAGE_MODEL = "language-model"
"""Kind of the systems that the Atlas is about."""

MOST_PARAMETERS = 10**15
"""Parameters that are believed: a thousand trillion. More is a slip."""


class Model(Record):
    """A language model or another system whose predictions are read."""

    name: Line
    """Name as shown."""
    developer: Line
    """Who made it."""
    kind: Literal["language-model", "program"] = "language-model"
    """``program`` for systems with planted faults, which are no language models."""
    released: date | None = None
    """Day of the first public release."""
    parameters: Annotated[PositiveInt, Field(le=MOST_PARAMETERS)] | None = None
    """Number of parameters, in all; for mixtures of experts too."""
    open_weights: bool | None = None
    """Whether the weights can be downloaded; null where not known."""
    licence: Line | None = None
    """Licence of the weights or terms of use, by name."""
    url: Url | None = None
    """Where these facts can be checked."""
    aliases: tuple[Line, ...] = ()
    """Names that prediction files use for it."""
    formerly: tuple[ModelId, ...] = ()
    """Identifiers that it had before: their addresses lead to it."""
    note: Line | None = None
    """Anything a reader must know."""
