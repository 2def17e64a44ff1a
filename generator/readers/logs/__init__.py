"""Readers of evaluation logs, by the name that ``erroratlas import`` gives them."""

from typing import NamedTuple

from generator.readers.logs.account import LogReader
from generator.readers.logs.columns import read_columns
from generator.readers.logs.error_map import read_error_map
from generator.readers.logs.every_eval import read_every_eval


class Format(NamedTuple):
    """A format that can be imported."""

    read: LogReader
    """Its reader."""
    name: str
    """Its name, as its makers write it."""
    files: str
    """What to give, in a sentence."""
    example: str
    """Paths and options of an example call."""


FORMATS: dict[str, Format] = {
    "columns": Format(
        read_columns,
        "CSV, TSV or JSON Lines",
        "A table with a row per item; --map says which column holds what.",
        "answers.csv --map item=id,input=question,output=reply,score=points",
    ),
    "error-map": Format(
        read_error_map,
        "ErrorMap CSV",
        "The table that the method's reference implementation reads, a row per model and example.",
        "errors.csv --log-model gpt-5-mini",
    ),
    "every-eval-ever": Format(
        read_every_eval,
        "Every Eval Ever",
        "The samples (.jsonl) and, if you have it, the aggregate (.json), or their folder.",
        "run.json run_samples.jsonl",
    ),
}
"""Formats by name."""
