"""Plain tables: CSV, TSV or JSON Lines with a row per item, its columns named by the user.

In JSON Lines a column may be a dotted path (``evaluation.score``). Columns that were not named
are looked for under their usual names.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pydantic_core

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import Fields, bad, finite
from generator.readers.logs.files import found, rows
from generator.readers.logs.messages import parted, spoken

USUAL: dict[str, tuple[str, ...]] = {
    "item": ("item", "item_id", "id", "example_id", "sample_id", "question_id"),
    "input": ("input", "question", "prompt", "input_text", "problem"),
    "choices": ("choices", "options"),
    "reference": ("reference", "references", "target", "correct_answer", "answer", "expected"),
    "output": ("output", "output_text", "response", "completion", "prediction", "generated_text"),
    "messages": ("messages",),
    "score": ("score", "is_correct", "correct", "accuracy"),
    "extracted": ("extracted", "extracted_answer", "pred"),
    "finish_reason": ("finish_reason", "stop_reason"),
    "tokens": ("tokens", "output_tokens", "completion_tokens"),
    "model": ("model", "model_id", "model_name"),
}
"""What a column can hold, and the names under which it is looked for."""

SPELLED = {"true": 1.0, "false": 0.0, "correct": 1.0, "incorrect": 0.0, "yes": 1.0, "no": 0.0}
"""Scores that are words."""


class Cells(NamedTuple):
    """A row by what its columns hold."""

    spot: Spot
    """Where it stands."""
    row: Mapping[str, Any]
    """The row as it stands in the file."""
    names: Mapping[str, str]
    """Columns by what they hold."""

    def value(self, what: str) -> Any:
        """Return what a column holds; None where there is nothing."""
        if what not in self.names:
            return None
        name = self.names[what]
        value: Any = self.row
        for part in (name,) if name in self.row else name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return None if value == "" and what != "output" else value

    def text(self, what: str) -> str | None:
        """Return a text, or a number as text; None where there is nothing."""
        value = self.value(what)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise bad(self.spot, self.names[what], value, "a text or number is expected")

    def texts(self, what: str) -> tuple[str, ...]:
        """Return a list of texts: a list, a JSON list in a cell, or one text."""
        value = self.value(what)
        if isinstance(value, str) and value.lstrip().startswith("["):
            try:
                value = pydantic_core.from_json(value)
            except ValueError:
                return (value,)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(one, str | int | float) for one in values):
            raise bad(self.spot, self.names[what], value, "a list of texts is expected")
        return tuple(str(one) for one in values)

    def score(self) -> float:
        """Return the score."""
        value = self.value("score")
        if isinstance(value, str):
            text = value.strip().lower()
            try:
                value = SPELLED[text] if text in SPELLED else float(text)
            except ValueError:
                value = None
        number = finite(value)
        if number is None:
            shown = self.value("score")
            raise bad(self.spot, self.names["score"], shown, "a number is expected as the score")
        return number


def read_columns(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the rows of tables; see ``LogReader``."""
    odd = sorted(set(choice.columns) - set(USUAL))
    if odd:
        msg = f"--map {odd[0]}: no such part of a row: use {', '.join(USUAL)}"
        raise InputError(msg)
    for path in found(paths, "*.csv", "*.tsv", "*.jsonl", "*.jsonl.gz", "*.csv.gz"):
        names: dict[str, str] = {}

        def read(spot: Spot, value: object, names: dict[str, str] = names) -> Entry | None:
            row = Fields(spot, value).raw
            if not names:
                names.update(_named(spot, row, choice.columns))
            return _entry(Cells(spot, row, names), choice, account)

        yield from account.rows_of((choice.rows or rows)(path), read)


def _named(spot: Spot, row: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return the columns by what they hold: those given, the others by their usual names."""
    for what, name in given.items():
        if name not in row and name.split(".")[0] not in row:
            msg = f"{spot.path}: --map {what}={name}: no such column: there are {', '.join(row)}"
            raise InputError(msg)
    taken = set(given.values())
    names = dict(given)
    for what, usual in USUAL.items():
        hit = next((name for name in usual if name in row and name not in taken), None)
        if what not in names and hit is not None:
            names[what] = hit
            taken.add(hit)
    lacking = [what for what in ("item", "score") if what not in names]
    if "output" not in names and "messages" not in names:
        lacking.append("output")
    if lacking:
        shown = ",".join(f"{what}=COLUMN" for what in lacking)
        msg = f"{spot.path}: give --map {shown}: the columns are {', '.join(row)}"
        raise InputError(msg)
    return names


def _entry(cells: Cells, choice: Choice, account: Account) -> Entry | None:
    """Return the entry of a row; None for a row of another model."""
    model = cells.text("model")
    if model is not None:
        if choice.log_model not in (None, model):
            account.drop(cells.spot, "a row of another model")
            return None
        account.one_of("model", "--log-model NAME", model)
    name = cells.text("item")
    if name is None:
        raise bad(cells.spot, cells.names["item"], name, "every row needs an item")
    asked, output = cells.text("input"), cells.value("output")
    if isinstance(cells.value("messages"), list):
        talk = parted(Fields(cells.spot, cells.row), cells.names["messages"], account)
        if not spoken(talk.answer):
            account.drop(cells.spot, "the model said nothing in the conversation")
            return None
        asked, output = asked or talk.question, talk.output
    if not isinstance(output, str | tuple):
        raise bad(cells.spot, cells.names.get("output", "-"), output, "a text is expected")
    tokens = cells.text("tokens")
    about = (
        item(name, asked, cells.texts("reference"), choices=cells.texts("choices"))
        if asked
        else name
    )
    return entry(
        cells.spot,
        about,
        output,
        cells.score(),
        extracted=cells.text("extracted"),
        finish_reason=cells.text("finish_reason"),
        tokens=int(tokens) if tokens is not None and tokens.isdecimal() else None,
    )
