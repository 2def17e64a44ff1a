"""Every Eval Ever: an aggregate (JSON), and beside it the samples (JSON Lines, one a line).

Known are the schemas 0.2.2 to 0.3.x of the samples. A sample that was scored by several metrics
stands on several lines, told apart by ``evaluation_result_id``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.readers.logs.account import Account, Choice, Entry
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import Fields, listed, mapping
from generator.readers.logs.files import document, found, json_lines
from generator.readers.logs.messages import REASONING, parted, spoken
from generator.records.messages import Message

KINDS = ("single_turn", "multi_turn", "agentic")
SEVERAL = "several outputs of one sample: the first was taken"
TAG = "tag:"
"""What the name of metadata begins with that was a tag of the item."""
SLICES = frozenset(
    ("subject", "difficulty", "category", "topic", "level", "language", "domain", "family")
)
"""Metadata that speak of the item by their name."""
ARGUMENTS = "tool_arguments"
"""Metadata that hold the arguments of all calls as the model wrote them, as a JSON list."""
HARNESS_FAILED = "the harness noted an error instead of an answer"


def read_every_eval(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the samples of one model on one evaluation; see ``LogReader``."""
    files = found(paths, "*.json", "*.jsonl", "*.jsonl.gz")
    for path in files:
        if path.suffix == ".json":
            _aggregate(mapping(document(path)), choice, account)
    for path in files:
        if path.suffix != ".json":
            yield from account.rows_of(
                json_lines(path),
                lambda spot, value: _sample(Fields(spot, value), choice, account),
            )


def _aggregate(log: Mapping[str, Any], choice: Choice, account: Account) -> None:
    """Keep what the aggregate says of the run."""
    library = mapping(log.get("eval_library"))
    account.know(harness=library.get("name"), version=library.get("version"))
    account.know_day(log.get("evaluation_timestamp"))
    results = [mapping(one) for one in listed(log.get("evaluation_results"))]
    chosen = [one for one in results if choice.select in (None, *_names(one))]
    for one in chosen[:1]:
        config = mapping(one.get("generation_config"))
        arguments = mapping(config.get("generation_args"))
        account.know(prompt=arguments.get("prompt_template"))
        account.settings(
            {name: value for name, value in arguments.items() if name != "prompt_template"}
        )
        details = mapping(config.get("additional_details"))
        account.settings({name: _plain(value) for name, value in details.items()})
        metric = mapping(one.get("metric_config"))
        account.know(metric=metric.get("evaluation_description") or metric.get("metric_name"))


def _plain(value: object) -> object:
    """Return a setting that had to be a text as what it was."""
    try:
        plain = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
    return plain if isinstance(plain, str | int | float | bool) else value


def _names(row: Mapping[str, Any]) -> tuple[object, object]:
    """Return the names by which an evaluation can be chosen."""
    return row.get("evaluation_name"), row.get("evaluation_result_id")


def _sample(fields: Fields, choice: Choice, account: Account) -> Entry | None:
    """Return the entry of a sample; None if it was dropped."""
    spot = fields.spot
    model, evaluation = fields.text("model_id"), fields.text("evaluation_name")
    if choice.log_model not in (None, model):
        account.drop(spot, "a row of another model")
        return None
    if choice.select is not None and choice.select not in _names(fields.raw):
        account.drop(spot, "a row of another evaluation")
        return None
    account.one_of("model", "--log-model NAME", model)
    account.one_of("task", "--select EVALUATION", evaluation)
    result = fields.optional("evaluation_result_id")
    if result is not None:
        account.one_of("evaluation_result_id", "--select ID", result)
    kind = fields.text("interaction_type")
    if kind not in KINDS:
        fields.fault("interaction_type", f"not a kind that is known: {', '.join(KINDS)}")
    asked = fields.inner("input")
    scores = fields.inner("evaluation")
    output = _single(fields, account) if kind == "single_turn" else _talk(fields, account)
    if "error" in fields and not output:
        account.drop(spot, HARNESS_FAILED)
        return None
    if output is None:
        account.drop(spot, "the model said nothing in the conversation")
        return None
    about = item(
        fields.name("sample_id"),
        asked.text("raw"),
        asked.texts("reference"),
        choices=asked.texts("choices"),
        solution=_said(fields, "solution"),
        tags=_tags(fields.raw.get("metadata")),
    )
    tokens = mapping(fields.raw.get("token_usage")).get("output_tokens")
    counted = _said(fields, "output_tokens") or ""
    if tokens is None and counted.isdecimal():
        tokens = int(counted)
    return entry(
        spot,
        about,
        output,
        scores.number("score"),
        extracted=_extracted(fields),
        finish_reason=_said(fields, "finish_reason") or _said(fields, "stop_reason"),
        tokens=tokens if isinstance(tokens, int) and tokens >= 0 else None,
        correct=scores.truth("is_correct"),
    )


def _single(fields: Fields, account: Account) -> str:
    """Return the output of one turn."""
    output = fields.inner("output")
    # Before 0.2.2 this was one text.
    outputs = [output.raw["raw"]] if isinstance(output.raw.get("raw"), str) else output.texts("raw")
    if len(outputs) > 1:
        account.notes[SEVERAL] += 1
    if output.raw.get("reasoning_trace"):
        account.notes[REASONING] += 1
    return outputs[0] if outputs else ""


def _talk(fields: Fields, account: Account) -> tuple[Message, ...] | None:
    """Return the output of a conversation; None where the model said nothing."""
    answer = parted(fields, "messages", account).answer
    if not spoken(answer):
        return None
    calls = [call for turn in answer for call in turn.tool_calls]
    try:
        written = json.loads(_said(fields, ARGUMENTS) or "[]")
    except ValueError:
        written = []
    if len(written) != len(calls) or not all(isinstance(one, str) for one in written):
        return answer
    rest = iter(written)
    return tuple(
        turn.model_copy(
            update={
                "tool_calls": tuple(
                    call.model_copy(update={"arguments": next(rest)}) for call in turn.tool_calls
                )
            }
        )
        for turn in answer
    )


def _extracted(fields: Fields) -> str | None:
    """Return the last answer that was taken from the output."""
    found = [
        one.text("extracted_value")
        for one in fields.each("answer_attribution")
        if one.truth("is_terminal") is not False
    ]
    return (found[-1].strip() or None) if found else None


def _tags(metadata: object) -> dict[str, str]:
    """Return what is said of the item: other metadata may be of this one run."""
    return {
        name.removeprefix(TAG): value
        for name, value in mapping(metadata).items()
        if isinstance(value, str) and (name in SLICES or name.startswith(TAG))
    }


def _said(fields: Fields, name: str) -> str | None:
    """Return a text of the metadata."""
    value = mapping(fields.raw.get("metadata")).get(name)
    return value if isinstance(value, str) else None
