"""The CSV that the method's reference implementation reads: one row per model and example.

Its columns are ``example_id, model, input_text, output_text, score, correct_answer``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.readers.logs.account import Account, Choice, Entry
from generator.readers.logs.columns import read_columns

COLUMNS = {
    "item": "example_id",
    "model": "model",
    "input": "input_text",
    "output": "output_text",
    "score": "score",
    "reference": "correct_answer",
}
"""Columns by what they hold."""


def read_error_map(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the rows of one model; see ``LogReader``."""
    return read_columns(paths, replace(choice, columns=COLUMNS | dict(choice.columns)), account)
