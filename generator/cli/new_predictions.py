"""``erroratlas new predictions``: describes a run and takes its outputs in from a plain table."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

import click

from generator.cli.answers import answered_by_options, answers
from generator.cli.folder import content_folder
from generator.cli.import_logs import bring_in
from generator.cli.made import FORCE
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.cli.questions import Question
from generator.readers.logs import FORMATS
from generator.records.base import ModelId, Record, Slug
from generator.records.prediction import Run
from generator.store.layout import Layout
from generator.store.reading import NAME_HELP


class _Place(Record):
    """Which run it is, and what is said of its settings."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    temperature: float
    """Setting of generation."""
    max_tokens: int
    """Setting of generation."""


QUESTIONS = (
    Question("benchmark", _Place, "Benchmark, by its folder", "word-sums", form=NAME_HELP["slug"]),
    Question(
        "model", _Place, "Model, by its file", "acme__alpha-7b-instruct", form=NAME_HELP["model"]
    ),
    Question("harness", Run, "Software that asked and scored", "lm-evaluation-harness"),
    Question("harness_version", Run, "Its version, commit or date", "0.4.9"),
    Question("date", Run, "Day of the run", "2026-10-21", required=False),
    Question("prompt", Run, "How the model was asked", "Zero-shot, chain of thought"),
    Question("temperature", _Place, "Temperature", "0", required=False, kind="number"),
    Question(
        "max_tokens", _Place, "Longest answer in tokens", "1024", required=False, kind="number"
    ),
    Question("contributor", Run, "Who makes the outputs available", "Ada Lovelace"),
    Question("licence", Run, "Licence of the outputs", "CC-BY-4.0"),
    Question(
        "trained_on_test",
        Run,
        "Did the model see the items in training: yes, no or unknown",
        "no",
        default="unknown",
    ),
    Question("note", Run, "What a reader must know", "Half the items were asked", required=False),
)
_OF_IMPORT = {
    "select": None,
    "log_model": None,
    "also": (),
    "metric": None,
    "match": "text",
    "add_items": False,
    "create": False,
    "skip_bad": False,
    "dry_run": False,
    "content": None,
}
"""What `erroratlas import` can be told and this command leaves as it is."""


@click.command("predictions")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@answered_by_options(QUESTIONS)
@click.option(
    "--map", "columns", metavar="PART=COLUMN,...", help="Which column of the table holds what."
)
@FORCE
@FORMAT
@click.pass_obj
def command(project: Project, /, file: Path, columns: str | None, **options: Any) -> None:
    """Describe a run and take its outputs in from a table: CSV, TSV or JSON Lines.

    FILE has a row per item: item, output and score, and the answer taken (extracted) if there is
    one. For the log of a harness there is `erroratlas import`, which knows most of this by itself.

    \b
    Example:
      erroratlas new predictions answers.csv --map item=id,output=reply,score=points
      erroratlas new predictions answers.jsonl --benchmark word-sums --model acme__alpha \\
        --harness "by hand" --harness-version 1 --prompt "Zero-shot" \\
        --contributor "Ada Lovelace" --licence CC-BY-4.0
    """  # noqa: D301  \b is click's own mark
    layout = Layout(content_folder(project))
    values = answers([_there(layout, one) for one in QUESTIONS], options)
    date = values.pop("date", None)
    settings = {name: values.pop(name) for name in ("temperature", "max_tokens") if name in values}
    told: Mapping[str, Any] = {
        **_OF_IMPORT,
        **dict.fromkeys(one.name for one in QUESTIONS),
        **values,
        "date": None if date is None else datetime.combine(date, time()),
        "generation": settings,
        "paths": (file,),
        "columns": columns,
        "force": options["force"],
        "form": options["form"],
    }
    bring_in(project, FORMATS["columns"], told)


def _there(layout: Layout, question: Question) -> Question:
    """Return a question whose answer has to be the name of something in the content."""
    paths: dict[str, Callable[[str], Path]] = {
        "benchmark": layout.benchmark,
        "model": lambda name: layout.models / f"{name}.yml",
    }
    if question.name not in paths:
        return question
    path_of = paths[question.name]

    def known(name: str) -> str:
        mend = f"describe it first with erroratlas new {question.name}"
        return "" if path_of(name).is_file() else f"not in the content: {mend}"

    return Question(
        question.name,
        question.record,
        question.text,
        question.example,
        form=question.form,
        known=known,
    )
