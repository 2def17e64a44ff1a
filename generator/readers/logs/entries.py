"""From the fields of a foreign row to an entry."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from generator.readers.logs.account import Entry, Spot
from generator.readers.logs.fields import bad
from generator.records.benchmark import Item
from generator.records.messages import Message
from generator.records.prediction import Prediction

ID_LENGTH = 128

_UNFIT = re.compile(r"[^A-Za-z0-9_:./-]+")
_RUNS = re.compile(r"([./])[./]+")
_FORM = re.compile(r"[A-Za-z0-9](?:[./]?[A-Za-z0-9_:-])*")


def item_id(name: str) -> str:
    """Return an identifier of an item for whatever a log calls it.

    A name that cannot be one keeps what can, and gets eight digits of its hash, so that two
    names never become one.
    """
    if len(name) <= ID_LENGTH and _FORM.fullmatch(name):
        return name
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = _RUNS.sub(r"\1", _UNFIT.sub("-", name)).strip("-_:./")[: ID_LENGTH - 9].strip("-_:./")
    return f"{plain}-{mark}" if plain else f"item-{mark}"


def item(
    name: str,
    asked: str,
    references: Sequence[str],
    *,
    choices: Sequence[str] = (),
    solution: str | None = None,
    tags: Mapping[str, str] | None = None,
) -> Item:
    """Return an item whose parts were checked."""
    return Item.of_checked(
        item_id=item_id(name),
        input=asked,
        choices=tuple(choices),
        references=tuple(references),
        solution=solution,
        tags=dict(tags or {}),
    )


def entry(
    spot: Spot,
    about: Item | str,
    output: str | tuple[Message, ...],
    score: float,
    *,
    extracted: str | None = None,
    finish_reason: str | None = None,
    tokens: int | None = None,
    correct: bool | None = None,
) -> Entry:
    """Return an entry whose parts were checked.

    Args:
        spot: Where it stands.
        about: The item, or its name where the log does not hold it.
        output: What the model put out.
        score: Score as the log has it.
        extracted: Answer that the harness took.
        finish_reason: Why generation ended.
        tokens: Tokens put out.
        correct: Whether the log calls it right.
    """
    known = about if isinstance(about, Item) else None
    prediction = Prediction.of_checked(
        item_id=known.item_id if known else item_id(str(about)),
        output=output,
        score=score,
        extracted=extracted,
        finish_reason=finish_reason,
        tokens=tokens,
    )
    return Entry(spot, known, prediction, correct)


def letter(position: int) -> str:
    """Return the letter of an option, counted from 0."""
    return chr(ord("A") + position)


def lettered(spot: Spot, position: object, choices: Sequence[str], field: str) -> str:
    """Return the letter of an option that a row names by its number, from 0."""
    if not isinstance(position, int) or not 0 <= position < len(choices):
        raise bad(spot, field, position, f"no option: there are {len(choices)}")
    return letter(position)
