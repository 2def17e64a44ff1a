"""MMLU-Pro outputs in columns: what one row after the other would give, for all rows at once.

A file of thousands of rows has a handful of fields, and checking a column takes a fraction of the
time of checking its fields one by one. What is wrong with a row is not said here: where anything
is, there are no columns, and ``mmlu_pro.row_of`` says it.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from pydantic_core import to_json

from generator.readers.mmlu_pro import LETTERS, OUTPUTS, answers


class Columns(NamedTuple):
    """The rows of a file, field by field."""

    names: list[str]
    """Identifiers of the items, each once."""
    items: list[bytes]
    """Items, each as the line that it would be, without a line feed."""
    predictions: list[bytes]
    """Predictions, likewise."""
    scores: list[float]
    """Scores."""


class _Fields(NamedTuple):
    """The fields that count, as the file has them."""

    numbers: list[Any]
    questions: list[Any]
    options: list[Any]
    right: list[Any]
    subjects: list[Any]
    letters: list[Any]
    outputs: list[Any]


_NAMES = ("question_id", "question", "options", "answer", "category", "pred")


def columns_of(rows: Sequence[Any]) -> Columns | None:
    """Return rows in columns; None where ``row_of`` would refuse any of them."""
    try:
        held, other = OUTPUTS if OUTPUTS[0] in rows[0] else OUTPUTS[::-1]
        fields = _Fields(*([row[name] for row in rows] for name in (*_NAMES, held)))
        if [row for row in rows if other in row] or not _sound(fields):
            return None
        names = list(map(str, fields.numbers))
    except (LookupError, TypeError, ValueError):  # a row or a field is of another type
        return None
    return _made(names, fields) if len(set(names)) == len(names) else None


def _sound(fields: _Fields) -> bool:
    """Tell whether all fields are what they have to be."""
    subjects = set(fields.subjects)
    return (
        set(map(type, fields.numbers)) == {int}
        and min(fields.numbers) >= 0
        and set(map(type, fields.options)) == {list}
        and all(fields.options)
        and set(map(type, chain(*fields.options))) == {str}
        and set(map(type, chain(fields.questions, subjects, fields.outputs))) == {str}
        and all(map(str.strip, chain(fields.questions, subjects)))
        and LETTERS.issuperset(fields.right)
        and LETTERS.issuperset(set(fields.letters) - {None})
    )


def _made(names: list[str], fields: _Fields) -> Columns:
    """Return checked fields as what is written of them."""
    said = [
        letter if letter is not None and answers(output, letter) else None
        for letter, output in zip(fields.letters, fields.outputs, strict=True)
    ]
    scores = [float(letter == answer) for letter, answer in zip(said, fields.right, strict=True)]
    # A line is made of each at once: the collector of garbage looks at all objects that stay.
    items = [
        to_json(
            {
                "item_id": name,
                "input": question,
                "choices": choices,
                "references": [answer],
                "tags": {"subject": subject},
            }
        )
        for name, question, choices, answer, subject in zip(
            names, fields.questions, fields.options, fields.right, fields.subjects, strict=True
        )
    ]
    predictions = [
        to_json(
            {"item_id": name, "output": output, "score": score}
            if letter is None
            else {"item_id": name, "output": output, "score": score, "extracted": letter}
        )
        for name, output, score, letter in zip(names, fields.outputs, scores, said, strict=True)
    ]
    return Columns(names, items, predictions, scores)
