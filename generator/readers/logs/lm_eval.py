"""lm-evaluation-harness: ``samples_<task>_<date>.jsonl``, and ``results_<date>.json`` beside it.

A document stands once for each filter of the task; the first filter counts unless ``--metric
exact_match,strict-match`` names another. The prompt holds the worked examples too: what was asked
is its last block. Where options are compared by likelihood, nothing was generated: the output is
the option that the model found likeliest.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pydantic_core

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item, letter
from generator.readers.logs.fields import Fields, bad, finite, mapping
from generator.readers.logs.files import document, found, json_lines

HARNESS = "lm-evaluation-harness"
OTHER_FILTER = "a row of another filter (--metric METRIC,FILTER chooses one)"
BY_LIKELIHOOD = "the output is the option that the model found likeliest: nothing was generated"
SEVERAL = "several outputs of one document: the first was taken"
NOT_FOUND = "[invalid]"
"""What filters give where they find no answer."""

_NAME = re.compile(r"samples_(?P<task>.+?)(?:_(?P<date>\d{4}-\d{2}-\d{2}T[\d.:-]+))?\.jsonl")
_SHORT = 200


class _Task(NamedTuple):
    """One task of a run."""

    shots: int | None
    """Worked examples before the question; None where not known."""
    delimiter: str
    """What stands between them."""


def read_lm_eval(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the documents of one task; see ``LogReader``."""
    files = found(paths, "samples_*.jsonl", "results_*.json", "*.json", "*.jsonl")
    samples = {path: match for path in files if (match := _NAME.fullmatch(path.name))}
    if not samples:
        msg = "no file named samples_<task>_<date>.jsonl: run lm_eval with --log_samples"
        raise InputError(msg)
    chosen = [path for path in samples if choice.select in (None, samples[path]["task"])]
    tasks = sorted({match["task"] for match in samples.values()})
    if len(chosen) != 1:
        wrong = "no such task" if not chosen else "several files of samples"
        msg = f"--select {choice.select}: {wrong}: choose one of {', '.join(tasks)}, or name a file"
        raise InputError(msg)
    path = chosen[0]
    name, date = samples[path]["task"], samples[path]["date"]
    results = [one for one in files if one.suffix == ".json" and (not date or date in one.name)]
    task = _results(mapping(document(results[0])) if results else {}, name, account)
    account.know(task=name, harness=HARNESS)
    metric, _, filtered = (choice.metric or "").partition(",")
    state = {"metric": metric, "filter": filtered}
    yield from account.rows_of(
        json_lines(path), lambda spot, value: _entry(Fields(spot, value), task, state, account)
    )


def _results(log: Mapping[str, Any], name: str, account: Account) -> _Task:
    """Keep what the results say of the run."""
    config = mapping(mapping(log.get("configs")).get(name))
    shots = mapping(log.get("n-shot")).get(name, config.get("num_fewshot"))
    account.know(version=log.get("lm_eval_version") or log.get("git_hash"))
    account.know(model=log.get("model_name"))
    account.know_day(log.get("date"))
    account.settings(mapping(config.get("generation_kwargs")))
    parts = [] if shots is None else [f"{shots} worked examples"]
    template = config.get("doc_to_text")
    if isinstance(template, str) and template:
        parts.append(f"template {json.dumps(template[:1_000], ensure_ascii=False)}")
    for name_of, said in (("description", config), ("system_instruction", log)):
        text = said.get(name_of)
        if isinstance(text, str) and text.strip():
            parts.append(f"{name_of.replace('_', ' ')} {json.dumps(text[:1_000])}")
    if log.get("chat_template"):
        parts.append("with the model's chat template")
    if parts:
        account.know(prompt="; ".join(parts) + ".")
    delimiter = config.get("fewshot_delimiter")
    return _Task(
        shots if isinstance(shots, int) else None,
        delimiter if isinstance(delimiter, str) and delimiter else "\n\n",
    )


def _entry(fields: Fields, task: _Task, state: dict[str, str], account: Account) -> Entry | None:
    """Return the entry of a document; None for one of another filter."""
    kept = fields.optional("filter") or "none"
    if state["filter"] not in ("", kept):
        account.drop(fields.spot, OTHER_FILTER)
        return None
    state["filter"] = kept
    metrics = fields.texts("metrics")
    metric = state["metric"] or next(iter(metrics), "")
    if metric not in fields.raw or (metrics and metric not in metrics):
        msg = (
            f"{fields.spot}: {metric or 'metrics'}: no such score: choose one with --metric: "
            f"{', '.join(metrics) or 'the row names none'}"
        )
        raise InputError(msg)
    state["metric"] = metric
    account.know(metric=f"{metric} of {HARNESS}" + ("" if kept == "none" else f", filter {kept}"))
    calls = _calls(fields)
    asked = _asked(fields, calls[0][0], task)
    doc, score = fields.name("doc_id"), fields.number(metric)
    tags = {
        name: value
        for name, value in mapping(fields.raw.get("doc")).items()
        if name in {"subject", "category", "level", "type"} and isinstance(value, str)
    }
    if all(isinstance(given, str) for _, given in calls):
        return _likeliest(fields, calls, asked, score=score, metric=metric, account=account)
    output = _first(fields, account)
    about = item(doc, asked, _references(fields), tags=tags)
    return entry(fields.spot, about, output, score, extracted=_extracted(fields, kept, output))


def _calls(fields: Fields) -> list[tuple[Any, Any]]:
    """Return what the model was called with: prompt, and settings or a continuation."""
    given = fields.raw.get("arguments")
    if isinstance(given, dict):
        listed = [[mapping(one).get("arg_0"), mapping(one).get("arg_1")] for one in given.values()]
    else:
        listed = fields.items("arguments")
    calls = [(one[0], one[1]) for one in listed if isinstance(one, list) and len(one) > 1]
    if not calls or len(calls) != len(listed):
        fields.fault("arguments", "the prompt and the settings of each call are expected")
    return calls


def _asked(fields: Fields, prompt: object, task: _Task) -> str:
    """Return what was asked: the prompt without the worked examples before it."""
    turns = prompt
    if isinstance(prompt, str) and prompt.startswith("[{"):
        try:
            turns = pydantic_core.from_json(prompt)
        except ValueError:
            turns = prompt
    if isinstance(turns, list):
        said = [
            mapping(turn).get("content") for turn in turns if mapping(turn).get("role") == "user"
        ]
        turns = said[-1] if said else None
    if not isinstance(turns, str):
        fields.fault("arguments", "a prompt of text is expected")
    if task.shots == 0:
        return turns
    start = turns.rfind(task.delimiter)
    for value in mapping(fields.raw.get("doc")).values():
        # A question may hold the delimiter itself: the block begins before its beginning.
        if isinstance(value, str) and task.delimiter in value and value in turns:
            start = min(start, turns.rfind(task.delimiter, 0, turns.rfind(value)))
    return turns[start + len(task.delimiter) :] if start >= 0 else turns


def _references(fields: Fields) -> tuple[str, ...]:
    """Return the right answers."""
    target = fields.raw.get("target")
    values = target if isinstance(target, list) else [target]
    if not all(isinstance(value, str | int | float) for value in values):
        fields.fault("target", "a text, a number or a list of them is expected")
    return tuple(str(value) for value in values)


def _first(fields: Fields, account: Account) -> str:
    """Return the first output."""
    outputs = fields.items("resps")
    while outputs and isinstance(outputs[0], list):
        outputs = outputs[0]
    if not outputs or not isinstance(outputs[0], str):
        fields.fault("resps", "a list of lists of texts is expected")
    if len(outputs) > 1:
        account.notes[SEVERAL] += 1
    return str(outputs[0])


def _extracted(fields: Fields, kept: str, output: str) -> str | None:
    """Return the answer that the filter took; without a filter, the output if it is short."""
    values = fields.items("filtered_resps")
    value = values[0] if values else None
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or value == NOT_FOUND:
        return None
    if kept == "none" and value == output and (len(value) > _SHORT or "\n" in value.strip()):
        return None
    return value.strip() or None


def _likeliest(
    fields: Fields,
    calls: Sequence[tuple[Any, Any]],
    asked: str,
    *,
    score: float,
    metric: str,
    account: Account,
) -> Entry:
    """Return the entry of a document whose options were compared by likelihood."""
    spot: Spot = fields.spot
    choices = [str(given).strip() for _, given in calls]
    values = [_likelihood(spot, one) for one in fields.items("resps")]
    if len(values) != len(choices):
        fields.fault("resps", f"one value for each of the {len(choices)} options is expected")
    if metric.endswith("_norm"):
        values = [value / max(1, len(name)) for value, name in zip(values, choices, strict=True)]
    best = max(range(len(values)), key=values.__getitem__)
    account.notes[BY_LIKELIHOOD] += 1
    target = next(iter(_references(fields)), None)
    if target is None:
        fields.fault("target", "the right option is expected")
    place = int(target) if target.isdecimal() and int(target) < len(choices) else None
    if place is None:
        place = choices.index(target.strip()) if target.strip() in choices else None
    if place is None:
        raise bad(spot, "target", target, f"none of the {len(choices)} options")
    about = item(fields.name("doc_id"), asked, (letter(place),), choices=choices)
    return entry(spot, about, choices[best], score, extracted=letter(best))


def _likelihood(spot: Spot, value: object) -> float:
    """Return the logarithm of a likelihood, wherever it is nested; some versions write texts."""
    while isinstance(value, list) and value:
        value = value[0]
    try:
        number = finite(float(value)) if isinstance(value, str) else finite(value)
    except ValueError:
        number = None
    if number is None:
        raise bad(spot, "resps", value, "the logarithm of a likelihood is expected")
    return number
