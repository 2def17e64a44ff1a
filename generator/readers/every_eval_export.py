"""A run as Every Eval Ever has it: its samples, schema 0.3; ``every_eval_aggregate`` has the rest.

What the format has no place for (identifiers of calls, why generation ended, a worked solution)
is made up or put into the metadata of the sample, so that reading it again gives the same run.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from generator.readers.logs.every_eval import ARGUMENTS, SLICES, TAG
from generator.readers.rows import Row
from generator.records.benchmark import Benchmark, Item
from generator.records.messages import CallPlace, Message, answered
from generator.records.model import Model
from generator.records.prediction import Prediction, Run

SCHEMA_VERSION = "0.3.0"


class Exported(NamedTuple):
    """What is exported, with what belongs to it."""

    benchmark: str
    """Benchmark."""
    description: Benchmark
    """Its description."""
    model: str
    """Model."""
    about: Model
    """Its description."""
    run: Run
    """How the run was made."""

    @property
    def model_id(self) -> str:
        """The model as Every Eval Ever names it: developer and name with a slash."""
        return self.model.replace("__", "/", 1)

    @property
    def moment(self) -> str:
        """Midnight of the day of the run as seconds since 1970; 0 where it is not known.

        What is exported today and tomorrow is the same, so the moment of the export is not in it.
        """
        day = self.run.date
        return (
            "0" if day is None else str(int(datetime(*day.timetuple()[:3], tzinfo=UTC).timestamp()))
        )

    @property
    def evaluation_id(self) -> str:
        """Name of the run."""
        return f"{self.benchmark}/{self.model.replace('__', '_', 1)}/{self.moment}"

    @property
    def stem(self) -> str:
        """Name of the two files: an identifier of the fourth version, the same each time."""
        digest = hashlib.sha256(self.evaluation_id.encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    @property
    def folder(self) -> str:
        """Folder of the two files in a repository of Every Eval Ever."""
        return f"data/{self.benchmark}/{self.model_id}"


def sample_lines(exported: Exported, rows: Iterator[Row]) -> Iterator[str]:
    """Yield the samples, each as a line of JSON without its end."""
    threshold = exported.description.success_threshold
    for row in rows:
        fields = {
            "schema_version": SCHEMA_VERSION,
            "evaluation_id": exported.evaluation_id,
            "model_id": exported.model_id,
            "evaluation_name": exported.benchmark,
            "sample_id": row.item.item_id,
            "sample_hash": _hash(row.item),
            "input": {
                "raw": row.item.input,
                "formatted": None,
                "reference": list(row.item.references),
                "choices": list(row.item.choices) or None,
            },
            **_spoken(row),
            "answer_attribution": list(_answers(row.prediction)),
            "evaluation": {
                "score": row.prediction.score,
                "is_correct": row.prediction.score >= threshold,
                **_turns(row.prediction),
            },
            "token_usage": None,
            "performance": None,
            "error": None,
            "metadata": _metadata(row) or None,
        }
        yield json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _hash(item: Item) -> str:
    """Return the hash by which Every Eval Ever knows an item of other runs."""
    value = {"raw": item.input, "reference": list(item.references)}
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _spoken(row: Row) -> dict[str, Any]:
    """Return the output of one turn, or the turns of a conversation, what was asked first."""
    output = row.prediction.output
    if isinstance(output, str):
        return {"interaction_type": "single_turn", "output": {"raw": [output]}, "messages": None}
    turns = (Message(role="user", content=row.item.input), *output)
    agentic = any(message.tool_calls or message.role == "tool" for message in output)
    names = _call_names(turns)
    messages: list[dict[str, Any]] = []
    for number, (turn, result_of) in enumerate(zip(turns, answered(turns), strict=True)):
        calls: list[dict[str, Any]] = [
            {
                "id": names[CallPlace(number + 1, place)],
                "name": call.name,
                "arguments": _texts(call.arguments),
            }
            for place, call in enumerate(turn.tool_calls, start=1)
        ]
        messages.append(
            {
                "turn_idx": number,
                "role": turn.role,
                "content": turn.content,
                "tool_calls": calls or None,
                "tool_call_id": [names[result_of]] if result_of else None,
            }
        )
    kind = "agentic" if agentic else "multi_turn"
    return {"interaction_type": kind, "output": None, "messages": messages}


def _call_names(turns: Sequence[Message]) -> dict[CallPlace, str]:
    """Return identifiers of all calls: their own, or made up where any has none."""
    given = {
        CallPlace(turn, number): call.id
        for turn, message in enumerate(turns, start=1)
        for number, call in enumerate(message.tool_calls, start=1)
    }
    own = {place: name for place, name in given.items() if name is not None}
    if len(own) == len(given):
        return own
    return {place: f"call_{place.turn - 1}_{place.number - 1}" for place in given}


def _texts(arguments: str) -> dict[str, str]:
    """Return the arguments of a call as the format wants them: texts by name."""
    try:
        value = json.loads(arguments)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        return {"raw": arguments}
    return {
        name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for name, one in value.items()
    }


def _answers(prediction: Prediction) -> Iterator[dict[str, Any]]:
    """Yield the answer that the harness took, if it took one."""
    if prediction.extracted is None:
        return
    turn = 0 if isinstance(prediction.output, str) else len(prediction.output)
    source = "output.raw" if turn == 0 else f"messages[{turn}].content"
    yield {
        "turn_idx": turn,
        "source": source,
        "extracted_value": prediction.extracted,
        "extraction_method": "custom",
        "is_terminal": True,
    }


def _turns(prediction: Prediction) -> dict[str, int]:
    """Return how many turns and calls a conversation has."""
    if isinstance(prediction.output, str):
        return {}
    calls = sum(len(message.tool_calls) for message in prediction.output)
    return {"num_turns": len(prediction.output) + 1, "tool_calls_count": calls}


def _metadata(row: Row) -> dict[str, str]:
    """Return what the format has no other place for."""
    found = {
        name if name in SLICES else f"{TAG}{name}": value for name, value in row.item.tags.items()
    }
    prediction = row.prediction
    if row.item.solution is not None:
        found["solution"] = row.item.solution
    if prediction.finish_reason is not None:
        found["finish_reason"] = prediction.finish_reason
    if prediction.tokens is not None:
        found["output_tokens"] = str(prediction.tokens)
    if not isinstance(prediction.output, str):
        written = [call.arguments for turn in prediction.output for call in turn.tool_calls]
        if written:
            found[ARGUMENTS] = json.dumps(written, ensure_ascii=False)
    return found
