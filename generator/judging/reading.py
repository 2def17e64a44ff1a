"""Reads what a language model put out: one JSON object of a strict form, or a refusal."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from generator.judging.fence import plain

_FENCE = "```"
_OPENING = f"{_FENCE}json"
_THOUGHT = "</think>"
_FAULTS_NAMED = 4

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Part = Annotated[float, Field(ge=0, le=1)]


class Refusal(NamedTuple):
    """Why an answer is no verdict."""

    reason: str
    """The kind of fault in fixed words: can be published, holds nothing of item or output."""
    problem: str
    """The fault as it is named to the judge; may repeat words of its answer."""


class RefusedError(Exception):
    """Carries a refusal to where answers are turned into verdicts."""

    def __init__(self, reason: str, problem: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, problem)


class Foreign(BaseModel):
    """Read strictly: a number in quotes is not a number. Fields that nobody asked for are left."""

    model_config = ConfigDict(extra="ignore", strict=True, allow_inf_nan=False)


AnyForm = TypeVar("AnyForm", bound=Foreign)


class Need(Foreign):
    """Something that a right answer needs."""

    criterion: _Text
    present: bool
    quality: _Part | None = None
    evidence: str | None = None
    comment: str | None = None


class Quote(Foreign):
    """Words said to stand in the output."""

    quote: str


class Answer(Foreign):
    """An answer of the right form; whether it is true to output and codebook is not known yet."""

    criteria: list[Need]
    attribution: str
    attribution_subtype: str | None = None
    status: str
    category: str | None = None
    subcategory: str | None = None
    secondary: list[str] = []
    title: _Text
    summary: _Text
    evidence: list[Quote]
    confidence: _Part


def read_answer(text: str) -> Answer:
    """Return the answer within a text.

    Raises:
        RefusedError: There is none, it lacks the form, or it names no criteria.
    """
    answer = read_form(text, Answer)
    if not answer.criteria:
        msg = "the list of criteria is empty. Name what a right answer needs."
        raise RefusedError("no criteria are given", msg)
    return answer


def read_form(text: str, form: type[AnyForm]) -> AnyForm:
    """Return the object within a text: all of it, its last fenced block, or its only object.

    Args:
        text: What a language model put out.
        form: Type of the object.

    Raises:
        RefusedError: There is none, or it lacks the form.
    """
    value: object = None
    for candidate in _candidates(text):
        try:
            value = json.loads(candidate, object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            break
    if not isinstance(value, dict):
        msg = "there is no readable JSON object in it. Give the object alone, complete."
        raise RefusedError("the answer is not JSON", msg)
    try:
        return form.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        named = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in found[:_FAULTS_NAMED]
        )
        raise RefusedError("the answer lacks the required form", f"{named}.") from None


def _candidates(text: str) -> Iterator[str]:
    """Yield what may be the JSON object, the likeliest first."""
    text = text.strip()
    yield text
    # Reasoning that some servers leave in front of the answer can hold drafts of it.
    text = text.rpartition(_THOUGHT)[2].strip()
    body = text.removesuffix(_FENCE)
    opened = body.rfind(_OPENING)
    if opened >= 0:
        yield body[opened + len(_OPENING) :].partition(f"\n{_FENCE}")[0]
    first, last = text.find("{"), text.rfind("}")
    if 0 <= first < last:
        yield text[first : last + 1]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are distinct: with two categories, neither counts."""
    # JSON can spell half a character, which no file can hold.
    value = {name: plain(entry) if isinstance(entry, str) else entry for name, entry in pairs}
    if len(value) != len(pairs):
        msg = "a name occurs twice"
        raise ValueError(msg)
    return value


def _no_constant(name: str) -> None:
    msg = f"{name} is not JSON"
    raise ValueError(msg)
