"""What every record shares: frozen, no unknown fields, no NaN."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Record(BaseModel):
    """Base of all records. Instances are immutable and hold validated values only."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )

    @classmethod
    def of_checked(cls, **fields: Any) -> Self:
        """Return a record of fields that were checked where they were read.

        What ``model_construct`` returns, at half its cost: records have neither aliases nor
        private attributes. All fields without a default have to be given.
        """
        blank, made = _blank(cls)
        values = {**blank, **fields}
        for name, make in made:
            if name not in fields:
                values[name] = make()
        record = cls.__new__(cls)
        _put(record, "__dict__", values)
        _put(record, "__pydantic_fields_set__", set(fields))
        _put(record, "__pydantic_extra__", None)
        _put(record, "__pydantic_private__", None)
        return record


_put = object.__setattr__
"""A record refuses to be changed; here it is being made."""


class _Blank(NamedTuple):
    """What fields hold that are not given."""

    values: dict[str, Any]
    """All fields in their order: it is the order in which they are written."""
    made: tuple[tuple[str, Callable[[], Any]], ...]
    """What makes a new value for each record."""


@cache
def _blank(kind: type[Record]) -> _Blank:
    made = {
        name: field.default_factory
        for name, field in kind.model_fields.items()
        if field.default_factory is not None
    }
    values = {name: field.default for name, field in kind.model_fields.items()}
    return _Blank(values, tuple(made.items()))  # type: ignore[arg-type]  # none takes the values


Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", min_length=1, max_length=64)
]
"""Name of a folder or file: lower-case letters, digits, single ``-`` or ``_`` between them."""

ModelId = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*__[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=96
    ),
]
"""``<developer>__<model>``, both in lower case; also the model's address on the site."""

ItemId = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9](?:[./]?[A-Za-z0-9_:-])*$", min_length=1, max_length=128
    ),
]
"""Identifier of an item within its benchmark; ``.`` and ``/`` stand singly between others."""

CategoryId = Annotated[str, StringConstraints(pattern=r"^E[0-9]{2}$")]
"""Stable identifier of a category: never reused, never renumbered."""

SubcategoryId = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(?:-[a-z]+)*$", min_length=1, max_length=40)
]
"""Identifier of a subcategory within its category."""

ConceptId = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:E[0-9]{2}|model|benchmark|harness)(?:/[a-z]+(?:-[a-z]+)*)?$", max_length=50
    ),
]
"""Anything in the taxonomy: ``E13``, ``E13/rounding``, ``harness``, ``harness/scoring``."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 as 64 lower-case hexadecimal digits."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\r\n]+$")]
"""One line of text, at most 500 characters."""

Prose = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]
"""A few paragraphs of text."""


def _with_host(address: str) -> str:
    """Refuse what no browser could open, such as half an IPv6 address."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        msg = "an address without a host"
        raise ValueError(msg)
    return address


Url = Annotated[
    str,
    StringConstraints(pattern=r"^https://[^\s<>\"']+$", max_length=500),
    AfterValidator(_with_host),
]
"""An https address."""

Doi = Annotated[
    str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+$", max_length=200)
]
"""A digital object identifier, without the address of a resolver."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A number in [0, 1]."""
