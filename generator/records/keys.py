"""Keys: a verdict belongs to the bytes it was made from."""

import hashlib
import json
from typing import Any

from generator.records.benchmark import Item
from generator.records.prediction import Prediction


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, pure ASCII.

    Lone surrogates and control characters survive because every character beyond ASCII is
    escaped.
    """
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def item_hash(benchmark: str, item: Item) -> str:
    """Return the SHA-256 of what is asked and what counts as right, in hexadecimal."""
    parts = [benchmark, item.input, list(item.choices), list(item.references)]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def prediction_key(benchmark: str, item: Item, prediction: Prediction) -> str:
    """Return the SHA-256 over benchmark, input, choices, references and output."""
    output = prediction.output
    if not isinstance(output, str):
        parts_of_output: Any = [message.model_dump(mode="json") for message in output]
    else:
        parts_of_output = output
    parts = [benchmark, item.input, list(item.choices), list(item.references), parts_of_output]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def output_text(prediction: Prediction) -> str:
    """Return the output as one text; turns of a conversation are headed by their role."""
    if isinstance(prediction.output, str):
        return prediction.output
    turns = []
    for message in prediction.output:
        calls = "".join(f"\n{call.name}({call.arguments})" for call in message.tool_calls)
        turns.append(f"[{message.role}]\n{message.content}{calls}")
    return "\n".join(turns)
