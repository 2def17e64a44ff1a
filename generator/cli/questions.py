"""What has to be known of something new, and how an answer is checked.

Each answer is checked by the type that the field has in its record, with the words that
``erroratlas validate`` has for it.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import ValidationError, create_model

from generator.records.base import Record
from generator.store.problems import explain, visible

Kind = Literal["text", "number", "yes-no", "list", "pair"]
"""How an answer is written: a list with commas, a pair as two numbers; yes-no may be unknown."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,30}")
_YES_NO = {"yes": True, "no": False, "unknown": None}
_PAIR = 2


@dataclass(frozen=True)
class Question:
    """One thing to be known."""

    name: str
    """Name of the field, and of the option."""
    record: type[Record]
    """Record that has the field."""
    text: str
    """What is asked for, in a few words."""
    example: str
    """An answer that would do."""
    default: str | None = None
    """Taken where nothing is said."""
    required: bool = True
    """Whether something has to be said where there is no default."""
    kind: Kind = "text"
    """How the answer is written."""
    form: str = ""
    """How a name has to look, in words instead of its pattern."""
    known: Callable[[str], str] | None = None
    """Says what is wrong with a value that stands for something else; nothing if it is there."""

    @property
    def option(self) -> str:
        """Name of the option."""
        return "--" + self.name.replace("_", "-")

    @cached_property
    def _alone(self) -> type[Record]:
        """A record of this field alone: its checks, without those that look at others."""
        field = self.record.model_fields[self.name]
        fields: dict[str, Any] = {self.name: (field.annotation, field)}
        return create_model(self.record.__name__, __base__=Record, **fields)

    def read(self, answer: str) -> Any:
        """Return the value of an answer, as a content file would hold it.

        Raises:
            ValueError: It is none; says what is wrong and how to mend it.
        """
        if _hidden(answer):
            raise _wrong(answer, "holds characters that cannot be seen", "type it without them")
        value = _parsed(answer.strip(), self.kind)
        try:
            checked = self._alone.model_validate_json(json.dumps({self.name: value}), strict=True)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            wrong, mend = explain(detail, self.record)
            raise _wrong(detail["input"], wrong, self.form or mend) from error
        if self.known is not None and (missing := self.known(answer.strip())):
            raise ValueError(f"{visible(answer)}: {missing}")
        return getattr(checked, self.name)


def record_of(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Return a record of checked answers.

    Raises:
        ValueError: They do not go together.
    """
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        wrong, mend = explain(error.errors(include_url=False)[0], kind)
        raise ValueError(f"{wrong}: {mend}") from error


def _wrong(value: object, wrong: str, mend: str) -> ValueError:
    return ValueError(f"{visible(value)}: {wrong}: {mend}")


def _hidden(text: str) -> bool:
    """Tell whether a text holds controls, marks of direction or halves of characters."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in text if sign != "\n")


def _parsed(text: str, kind: Kind) -> Any:
    """Return a value as JSON has it; what cannot be one stays a text and is refused by its type."""
    if kind == "number":
        return _number(text)
    if kind == "yes-no":
        return _YES_NO.get(text.lower(), text)
    if kind == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    if kind == "pair":
        parts = text.replace(",", " ").split()
        return [_number(part) for part in parts] if len(parts) == _PAIR else text
    return text


def _number(text: str) -> Any:
    if _WHOLE.fullmatch(text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if number - number == 0.0 else text  # neither infinite nor none at all
