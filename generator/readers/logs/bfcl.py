"""BFCL, the Berkeley function-calling leaderboard: results and scores of one model.

Files are JSON Lines in spite of their names. ``*_result.json`` hold what the model put out and no
question; ``*_score.json`` a header, and below it only the rows that failed, with question, right
call and the checker's error. The questions of the rows that passed are in the benchmark's own
files, their right calls in the files of the same names in ``possible_answer``; give both, so that
the items come in whole.

Older scores number rows from 1 and results from 0: score 6 is ``simple_5``. A category is called
``relevance`` in old files and ``irrelevance`` in new ones; the names of the results stay.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.readers.logs.account import Account, BadRowError, Choice, Entry
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import Fields, finite, mapping
from generator.readers.logs.files import found, json_lines
from generator.records.benchmark import Item
from generator.records.prediction import Message, ToolCall

NO_SCORE = "its category has no file of scores"
SEVERAL_TURNS = "a question of several turns, which this format's reader does not know"
NO_CALL = "No function call should be made (none of the functions fits the request)."
"""Reference of items at which the right answer is to call nothing."""

_PREFIX = re.compile(r"^(?:gorilla_openfunctions_v\d+_test|BFCL_v\d+)_")
_NUMBER = re.compile(r"^(?P<category>.+)_(?P<number>\d+)(?:-\d+-\d+)?$")
_SAME = {"simple_python": "simple", "relevance": "irrelevance"}


def category_of(name: str) -> str:
    """Return the name of a category that files of all versions share."""
    bare = _PREFIX.sub("", name).removesuffix("_function")
    return _SAME.get(bare, bare)


def place_of(row_id: str) -> tuple[str, int] | None:
    """Return category and number of a row; None for another form."""
    match = _NUMBER.match(row_id)
    return (category_of(match["category"]), int(match["number"])) if match else None


@dataclass
class _Known:
    """What the files beside the results say, by category and number from 0."""

    scored: set[str] = field(default_factory=set)
    """Categories that have scores."""
    failed: dict[tuple[str, int], str] = field(default_factory=dict)
    """Rows that failed, with the checker's word for it."""
    decoded: dict[tuple[str, int], str] = field(default_factory=dict)
    """Calls that the checker read from the output, as JSON."""
    asked: dict[tuple[str, int], str] = field(default_factory=dict)
    """Questions with their functions."""
    due: dict[tuple[str, int], str] = field(default_factory=dict)
    """Right calls, as JSON."""


def read_bfcl(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the results of one model; see ``LogReader``."""
    files = found(paths, "*.json", "*.jsonl")
    results = [path for path in files if path.stem.endswith("_result")]
    scores = [path for path in files if path.stem.endswith("_score")]
    if not results or not scores:
        msg = "files *_result.json and *_score.json of one model are expected: name both folders"
        raise InputError(msg)
    models = sorted({path.parent.name for path in results})
    if len(models) > 1 and choice.log_model not in models:
        msg = f"results of {len(models)} models: choose one with --log-model: {', '.join(models)}"
        raise InputError(msg)
    chosen = choice.log_model or models[0]
    known = _Known()
    for path in [one for one in files if one not in results and one not in scores]:
        _questions(path, known)
    for path in scores:
        if len(models) == 1 or path.parent.name == chosen:
            _scores(path, known)
    account.know(
        harness="BFCL", model=chosen, metric="1 if BFCL's checker accepts the calls, else 0"
    )
    account.know(task="Berkeley Function-Calling Leaderboard")
    for path in results:
        category = category_of(path.stem.removesuffix("_result"))
        if path.parent.name == chosen and choice.select in (None, category):
            yield from account.rows_of(
                json_lines(path), lambda spot, value: _entry(Fields(spot, value), known, account)
            )


def _questions(path: Path, known: _Known) -> None:
    """Keep questions, or right calls; bad rows are passed over, as their items are missed later."""
    for _, value in json_lines(path):
        row = mapping(value)
        place = place_of(str(row.get("id")))
        if place is None:
            continue
        if "ground_truth" in row:
            known.due[place] = json.dumps(row["ground_truth"], ensure_ascii=False)
        elif "question" in row:
            text = _question(row)
            if text is not None:
                known.asked[place] = text


def _question(row: Mapping[str, Any]) -> str | None:
    """Return a question with its functions; None for one of several turns."""
    said = row.get("question")
    if isinstance(said, list):
        turns = said[0] if len(said) == 1 and isinstance(said[0], list) else said
        texts = [mapping(turn).get("content") for turn in turns]
        if len(said) > 1 and isinstance(said[0], list):
            return None
        said = "\n\n".join(text for text in texts if isinstance(text, str))
    if not isinstance(said, str) or not said:
        return None
    functions = json.dumps(row.get("function"), ensure_ascii=False, indent=1)
    return f"{said}\n\nAvailable functions:\n{functions}"


def _scores(path: Path, known: _Known) -> None:
    """Keep which rows failed, and what their scores say of the item.

    Raises:
        InputError: A row is not as described: without scores nothing could be told apart.
    """
    category = category_of(path.stem.removesuffix("_score"))
    header: Mapping[str, Any] | None = None
    rows = 0
    for spot, value in json_lines(path):
        if isinstance(value, BadRowError):
            raise InputError(str(value.problem)) from value
        row = mapping(value)
        if header is None:
            header = row
            continue
        number = row.get("id")
        place = place_of(number) if isinstance(number, str) else None
        if isinstance(number, int) and number > 0:
            place = (category, number - 1)
        if place is None:
            msg = f"{spot}: id: {number!r}: a number from 1 or <category>_<number> is expected"
            raise InputError(msg)
        rows += 1
        prompt = mapping(row.get("prompt"))
        known.failed[place] = str(row.get("error_type") or "failed")
        if (asked := _question(prompt)) is not None:
            known.asked.setdefault(place, asked)
        if row.get("possible_answer"):
            known.due.setdefault(place, json.dumps(row["possible_answer"], ensure_ascii=False))
        calls = row.get("model_result_decoded", row.get("decoded_result"))
        if calls is not None:
            known.decoded[place] = json.dumps(calls, ensure_ascii=False)
    total, correct = (finite((header or {}).get(name)) for name in ("total_count", "correct_count"))
    if total is None or correct is None or total - correct != rows:
        msg = f"{path}: {rows} rows below a header that says otherwise: give the file as it was"
        raise InputError(msg)
    known.scored.add(category)


def _entry(fields: Fields, known: _Known, account: Account) -> Entry | None:
    """Return the entry of a result; None if it was dropped."""
    name = fields.text("id")
    place = place_of(name)
    if place is None:
        fields.fault("id", "<category>_<number> is expected")
    category = place[0]
    if category not in known.scored:
        account.drop(fields.spot, NO_SCORE)
        return None
    if category.startswith("multi_turn"):
        account.drop(fields.spot, SEVERAL_TURNS)
        return None
    due = known.due.get(place) or (NO_CALL if category.endswith("irrelevance") else None)
    asked = known.asked.get(place)
    about: Item | str = name
    if asked is not None and due is not None:
        about = item(name, asked, (due,), tags={"category": category})
    tokens = fields.raw.get("output_token_count")
    return entry(
        fields.spot,
        about,
        _output(fields),
        float(place not in known.failed),
        extracted=known.decoded.get(place),
        tokens=tokens if isinstance(tokens, int) and tokens >= 0 else None,
    )


def _output(fields: Fields) -> str | tuple[Message, ...]:
    """Return a text, or the calls that a model of an interface for calls made."""
    result = fields.raw.get("result")
    if isinstance(result, str):
        return result
    if result is None:
        fields.fault("result", "a text or a list of calls is expected")
    calls = []
    for call in fields.each("result"):
        for name, arguments in call.raw.items():
            given = arguments if isinstance(arguments, str) else json.dumps(arguments)
            calls.append(ToolCall(name=name, arguments=given))
    return (Message(role="assistant", tool_calls=tuple(calls)),)
