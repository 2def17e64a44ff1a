"""Keys: a verdict belongs to the bytes it was made from."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from generator.records.benchmark import Item
from generator.records.messages import Message, ToolCall, answered
from generator.records.prediction import Prediction
from generator.records.turns import is_conversation, told

RunKey = tuple[str, str]
"""Benchmark and model."""

ANSWER_BYTES = 8
"""Bytes of a SHA-256 that are kept of an answer: enough to tell the answers to an item apart."""

_OPTION = re.compile(r"[(\[]?\s?([A-Za-z])\s?[)\].]{0,2}")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<decimals>[0-9]*))?"
)


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, pure ASCII.

    Lone surrogates and control characters survive because every character beyond ASCII is
    escaped.
    """
    return _CANONICAL.encode(value).encode()


# Made once: json.dumps makes an encoder for every call that asks for anything unusual.
_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def item_hash(benchmark: str, item: Item) -> str:
    """Return the SHA-256 of what is asked and what counts as right, in hexadecimal."""
    parts = [benchmark, item.input, list(item.choices), list(item.references)]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def prediction_key(benchmark: str, item: Item, prediction: Prediction) -> str:
    """Return the SHA-256 over benchmark, input, choices, references and output."""
    output = prediction.output
    said: Any = output if isinstance(output, str) else list(_keyed(output))
    parts = [benchmark, item.input, list(item.choices), list(item.references), said]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def _keyed(messages: Sequence[Message]) -> Iterator[dict[str, Any]]:
    """Yield turns as a key has them.

    Identifiers of calls are drawn anew by each server; which call a result is of counts, where
    results do not follow their calls in order.
    """
    pairs = zip(messages, answered(messages), answered(messages, named=False), strict=True)
    for message, call, next_one in pairs:
        turn = message.model_dump(mode="json", include={"role", "content"})
        turn["tool_calls"] = [
            {"name": made.name, "arguments": made.arguments} for made in message.tool_calls
        ]
        yield turn if call == next_one else turn | {"result_of": call}


def answer_hash(text: str | None) -> bytes | None:
    """Return eight bytes that two spellings of one answer share; none where there is no answer.

    The letter of an option counts in upper case, without brackets; a plain number without
    thousands separators, needless zeros and plus sign; any other text with its case folded and
    its white space collapsed.
    """
    bare = " ".join((text or "").split())
    if not bare:
        return None
    return _hash_of_short(bare) if len(bare) <= _SHORT else _hash(bare)


_SHORT = 40
"""Characters of an answer that many give: the letter of an option, a number, a word."""


def _hash(bare: str) -> bytes:
    digest = hashlib.sha256(_answer_as_compared(bare).encode("utf-8", "surrogatepass"))
    return digest.digest()[:ANSWER_BYTES]


_hash_of_short = lru_cache(maxsize=10_000)(_hash)


def _answer_as_compared(bare: str) -> str:
    letter = _OPTION.fullmatch(bare)
    if letter:
        return letter.group(1).upper()
    number = _NUMBER.fullmatch(bare)
    digits = number and (number["whole"] or number["decimals"])
    if not number or not digits:
        return bare.casefold()
    whole = number["whole"].replace(",", "").lstrip("0") or "0"
    decimals = (number["decimals"] or "").rstrip("0")
    plain = f"{whole}.{decimals}" if decimals else whole
    return f"-{plain}" if number["sign"] == "-" and plain != "0" else plain


def output_text(prediction: Prediction) -> str:
    """Return the output as the one text that evidence is a part of; see ``records.turns``.

    A single turn that is nothing but calls is the calls alone, as JSON: a server gave them apart
    from any text, so nothing stands around them.
    """
    output = prediction.output
    if isinstance(output, str):
        return output
    return told(output).text if is_conversation(output) else calls_text(output[0].tool_calls)


def calls_text(calls: tuple[ToolCall, ...]) -> str:
    """Return calls as a JSON list, each an object with one name; nothing for none."""
    listed = []
    for call in calls:
        try:
            arguments = json.loads(call.arguments)
        except ValueError:
            arguments = None
        listed.append({call.name: arguments if isinstance(arguments, dict) else call.arguments})
    return json.dumps(listed, ensure_ascii=False) if listed else ""
