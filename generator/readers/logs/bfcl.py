"""BFCL, the Berkeley function-calling leaderboard: results and scores of one model.

What the files hold is told in ``generator.readers.bfcl_rows``. Give the benchmark's own files of
questions, and those of right calls, along with results and scores, so that items come in whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.readers.bfcl_rows import Known, category_of, failures_due, place_of
from generator.readers.logs.account import Account, BadRowError, Choice, Entry
from generator.readers.logs.bfcl_turns import calls_turn, talk, tokens_of
from generator.readers.logs.entries import item_id
from generator.readers.logs.fields import Fields, mapping
from generator.readers.logs.files import found, json_lines
from generator.readers.logs.messages import spoken
from generator.records.messages import Message

NO_SCORE = "its category has no file of scores"
SILENT = "the model said nothing in the conversation"


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
    known = Known()
    for path in [one for one in files if one not in results and one not in scores]:
        for _, value in json_lines(path):
            # Bad rows are passed over: their items are missed later.
            known.learn(mapping(value))
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


def _scores(path: Path, known: Known) -> None:
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
        if not known.learn_failed(category, row):
            msg = (
                f"{spot}: id: {row.get('id')!r}: a number from 1 or <category>_<number> is expected"
            )
            raise InputError(msg)
        rows += 1
    if failures_due(header or {}) != rows:
        msg = f"{path}: {rows} rows below a header that says otherwise: give the file as it was"
        raise InputError(msg)
    known.scored.add(category)


def _entry(fields: Fields, known: Known, account: Account) -> Entry | None:
    """Return the entry of a result; None if it was dropped."""
    name = fields.text("id")
    place = place_of(name)
    if place is None:
        fields.fault("id", "<category>_<number> is expected")
    category = place[0]
    if category not in known.scored:
        account.drop(fields.spot, NO_SCORE)
        return None
    output = _output(fields, known.users.get(place, ()), account)
    if output is None:
        account.drop(fields.spot, SILENT)
        return None
    kept, tokens = item_id(name), tokens_of(fields.raw.get("output_token_count"))
    return Entry(
        fields.spot, known.item(kept, place), known.prediction(kept, place, output, tokens)
    )


def _output(
    fields: Fields, users: Sequence[str], account: Account
) -> str | tuple[Message, ...] | None:
    """Return a text, the calls that a model of an interface for calls made, or a conversation.

    None for a conversation in which the model said nothing.
    """
    result = fields.raw.get("result")
    if isinstance(result, str):
        return result
    if result is None:
        fields.fault("result", "a text or a list of calls is expected")
    if users or any(isinstance(one, list) for one in fields.items("result")):
        messages = talk(fields, users, account)
        return messages if spoken(messages) else None
    return (calls_turn(fields, "result"),)
