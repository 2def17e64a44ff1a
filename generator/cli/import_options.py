"""The options of ``erroratlas import FORMAT``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import click
from pydantic import TypeAdapter, ValidationError

from generator.cli.options import FORMAT
from generator.records.base import ModelId, Slug
from generator.records.benchmark import Benchmark

if TYPE_CHECKING:
    _Type = click.ParamType[str]
else:  # older versions of click know no parameter of the type
    _Type = click.ParamType


class _Name(_Type):
    """A name of a benchmark or model: it becomes a folder, so nothing else may pass."""

    def __init__(self, name: str, kind: Any, form: str) -> None:
        self.name, self._adapter, self._form = name, TypeAdapter(kind), form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; a wrong one is wrong usage."""
        try:
            found: str = self._adapter.validate_python(value)
        except ValidationError:
            self.fail(f"{value!r}: {self._form}", param, ctx)
        return found


class Also(NamedTuple):
    """Another model of a log."""

    model: str
    """Its identifier here."""
    logged: str
    """The log's name for it."""


class _Also(_Type):
    """A model and the log's name for it, with = between."""

    name = "ID=NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return both; anything else is wrong usage."""
        if isinstance(value, Also):
            return value
        model, sign, logged = str(value).partition("=")
        if not (sign and logged):
            self.fail(f"{value!r}: write ID=NAME, such as acme__beta=beta-7b", param, ctx)
        return Also(_MODEL.convert(model, param, ctx), logged)


_SLUG = _Name("ID", Slug, "use lower-case letters, digits and single - or _ between them")
_MODEL = _Name("ID", ModelId, "name it <developer>__<model> in lower-case letters, digits, - and .")

LOG_OPTIONS: Sequence[Any] = (
    click.argument(
        "paths",
        type=click.Path(path_type=Path, exists=True),
        nargs=-1,
        required=True,
        metavar="PATH...",
    ),
    click.option("--benchmark", type=_SLUG, required=True, help="Benchmark, by its folder."),
    click.option(
        "--model", type=_MODEL, required=True, help="Model, by its file: <developer>__<model>."
    ),
    click.option("--contributor", metavar="NAME", help="Who makes the predictions available."),
    click.option("--licence", metavar="NAME", help="Licence of the predictions."),
    click.option(
        "--trained-on-test",
        type=click.Choice(["yes", "no", "unknown"]),
        default="unknown",
        show_default=True,
        help="Whether the model saw the items in training.",
    ),
    click.option("--note", metavar="TEXT", help="Anything a reader of the run must know."),
    click.option("--harness", metavar="NAME", help="Harness, where the log does not say."),
    click.option("--harness-version", metavar="VERSION", help="Its version, likewise."),
    click.option(
        "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day of the run."
    ),
    click.option("--prompt", metavar="TEXT", help="How the model was asked."),
    click.option("--select", metavar="NAME", help="Which task or system of several in the log."),
    click.option("--log-model", metavar="NAME", help="Which model of several in the log."),
    click.option(
        "--also",
        type=_Also(),
        multiple=True,
        help="Another model of the same log, for which all else that is said holds too: its ID "
        "here, and the log's name for it. May be given for each.",
    ),
    click.option("--metric", metavar="NAME", help="Which score of several counts."),
    click.option(
        "--map", "columns", metavar="PART=COLUMN,...", help="Which column of a table holds what."
    ),
    click.option(
        "--match",
        type=click.Choice(["text", "id"]),
        default="text",
        show_default=True,
        help="Whether an item must have the benchmark's text, or its identifier is trusted.",
    ),
    click.option("--add-items", is_flag=True, help="Add items that the benchmark does not have."),
    click.option(
        "--create", is_flag=True, help="Describe a benchmark or model that is not there yet."
    ),
    click.option("--developer", metavar="NAME", help="With --create: who made the model."),
    click.option("--items-licence", metavar="NAME", help="With --create: licence of the items."),
    click.option("--citation", metavar="TEXT", help="With --create: how to cite the benchmark."),
    click.option(
        "--threshold",
        type=float,
        help="With --create: a score below it is a failure; 1 where right is 1 and wrong is 0.",
    ),
    click.option(
        "--score-range",
        type=(float, float),
        metavar="LOW HIGH",
        help="With --create: lowest and highest score.  [default: 0 1]",
    ),
    click.option(
        "--display",
        type=click.Choice(get_args(Benchmark.model_fields["display"].annotation)),
        default="withheld",
        show_default=True,
        help="With --create: whether pages may show items and outputs.",
    ),
    click.option("--skip-bad", is_flag=True, help="Leave out rows that cannot be read."),
    click.option("--force", is_flag=True, help="Replace a run that has other contents."),
    click.option("--dry-run", is_flag=True, help="Read everything, write nothing."),
    click.option(
        "--content",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Content folder.  [default: content/ of the checkout]",
    ),
    FORMAT,
)
"""Argument and options, in the order of the help."""


def columns_of(text: str | None) -> dict[str, str]:
    """Return what ``--map`` says: columns by what they hold."""
    pairs: dict[str, str] = {}
    for part in (text or "").split(","):
        what, sign, name = part.partition("=")
        if text and not (sign and what.strip() and name.strip()):
            msg = (
                f"--map {part!r}: write PART=COLUMN, with commas between, such as item=id,score=ok"
            )
            raise click.UsageError(msg)
        if sign:
            pairs[what.strip()] = name.strip()
    return pairs
