"""Templates in, Markdown out; with the prompts' wording, all that knows jinja2."""

import dataclasses
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.sandbox

from generator.errors import ContentError, Problem
from generator.pages.escaping import Html, escape

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


_SHOWN = 60
"""Most characters of a faulty line that a message repeats."""


def template_folder() -> Path:
    """Return where the page templates lie, beside the package."""
    return Path(__file__).resolve().parents[2] / "site_templates" / "pages"


def output(value: object) -> str:
    """Return what a template writes for a value: escaped, unless it is a fragment of ours.

    Raises:
        TypeError: The value is neither text nor a whole number. Numbers with decimals, dates,
            truth values and nothing at all must be put into words before they reach a template.
    """
    if type(value) is Html:
        return str(value)
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises, and names what is missing
    msg = f"a template was given {type(value).__name__} to write: format it before"
    raise TypeError(msg)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment in which every template is rendered."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder(), encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        # Not autoescape, which knows HTML alone: `output` escapes for Markdown as well.
        autoescape=False,  # noqa: S701
        finalize=output,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Looked up at each use: `erroratlas serve` builds more than once.
        auto_reload=True,
    )


def render(template: str, context: "DataclassInstance") -> Html:
    """Fill a template with the fields of a context.

    Args:
        template: Path below the template folder, such as ``model.md.j2``.
        context: A frozen dataclass; each field is a variable of the template.
    """
    return _fill(environment().get_template(template), context)


@lru_cache(maxsize=1)
def _prose_environment() -> jinja2.Environment:
    """Return the environment of hand-written pages: they come from anybody, so it is sandboxed."""
    return jinja2.sandbox.SandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # as above
        finalize=output,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_prose(source: str, context: "DataclassInstance", path: str = "-") -> Html:
    """Fill the variables of hand-written prose, which is a template of its own.

    Args:
        source: What stands in the file.
        context: A frozen dataclass; each field is a variable that the prose may use.
        path: Path of the file relative to the content root, for messages.

    Raises:
        ContentError: The prose is no template, names what is not there, or asks for what a page
            may not do.
    """
    try:
        return _fill(_prose_environment().from_string(source), context)
    # Whatever goes wrong in here was written in the file.
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        lines = source.splitlines()
        line = _line_of(error)
        problem = Problem(
            path,
            line,
            "-",
            ascii(lines[line - 1].strip()[:_SHOWN]) if 0 < line <= len(lines) else "-",
            f"cannot be filled in: {' '.join(str(error).split())}",
            f"fill in no more than {', '.join(_values(context))}; a brace that is meant as one is "
            "written {{ '{' }}",
        )
        raise ContentError([problem]) from error


def _line_of(error: Exception) -> int:
    """Return the line of a template that an error comes from; 0 where it is not known."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 0 for f in reversed(frames) if f.filename == "<template>"), 0)


def _fill(template: jinja2.Template, context: "DataclassInstance") -> Html:
    return Html(template.render(_values(context)))


def _values(context: "DataclassInstance") -> dict[str, Any]:
    return {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
