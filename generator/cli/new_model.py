"""``erroratlas new model``: describes who made the system that failed."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import click

from generator.cli.answers import answered_by_options, answers
from generator.cli.folder import content_folder
from generator.cli.made import FORCE, say, write_new
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.cli.questions import Question
from generator.records.base import ModelId, Record
from generator.records.model import Model
from generator.store.documents import write_document
from generator.store.layout import Layout
from generator.store.reading import NAME_HELP


class _File(Record):
    """The name of a model's file."""

    id: ModelId
    """Identifier."""


def _free(name: str) -> str:
    return "the name of a list of pages: use another name" if name == "index" else ""


QUESTIONS = (
    Question("name", Model, "Name of the model", "Alpha 7B Instruct"),
    Question("developer", Model, "Who made it", "Acme"),
    Question(
        "id",
        _File,
        "Name of its file",
        "acme__alpha-7b-instruct",
        form=NAME_HELP["model"],
        known=_free,
    ),
    Question("released", Model, "Day of the first release", "2026-03-31", required=False),
    Question(
        "parameters",
        Model,
        "Number of parameters in all",
        "7000000000",
        required=False,
        kind="number",
    ),
    Question(
        "open_weights",
        Model,
        "Can the weights be downloaded: yes, no or unknown",
        "yes",
        default="unknown",
        kind="yes-no",
    ),
    Question("licence", Model, "Licence of the weights, or terms", "Apache-2.0", required=False),
    Question(
        "url",
        Model,
        "Where this can be checked",
        "https://huggingface.co/acme/alpha-7b",
        required=False,
    ),
    Question(
        "aliases",
        Model,
        "Names that logs use for it, with commas",
        "acme/alpha-7b-instruct",
        required=False,
        kind="list",
    ),
    Question("note", Model, "What a reader must know", "A fine-tune of Beta 7B", required=False),
)


@click.command("model")
@answered_by_options(QUESTIONS)
@FORCE
@FORMAT
@click.pass_obj
def command(project: Project, /, form: str, *, force: bool, **said: str | None) -> None:
    """Describe a model, so that its runs can be brought.

    \b
    Example:
      erroratlas new model
      erroratlas new model --name "Alpha 7B Instruct" --developer Acme --released 2026-03-31
    """  # noqa: D301  \b is click's own mark
    layout = Layout(content_folder(project))
    values = answers(QUESTIONS, said, _suggested)
    model = values.pop("id")
    text = write_document(Model.model_validate(values))
    files = {f"{model}.yml": text.encode()}
    changed, unchanged = write_new(layout, layout.models, files, whole=False, force=force)
    steps = [
        f"erroratlas validate content/models/{model}.yml",
        f"erroratlas import FORMAT PATH --benchmark ID --model {model} brings a log of it",
    ]
    say(form, changed, unchanged, steps)


def _suggested(question: Question, values: Mapping[str, Any]) -> str | None:
    """Return an identifier made of developer and name."""
    if question.name != "id" or not {"name", "developer"} <= values.keys():
        return None
    developer = _plain(values["developer"]).replace(".", "-")
    name = _plain(values["name"])
    return f"{developer}__{name}"[:96].rstrip("-.") if developer and name else None


def _plain(text: str) -> str:
    """Return a text in lower-case letters, digits, single - and . between them."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-.]{2,}", "-", re.sub(r"[^a-z0-9.]+", "-", letters)).strip("-.")
