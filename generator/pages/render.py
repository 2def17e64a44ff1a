"""Templates in, Markdown out; the only module that knows jinja2."""

import dataclasses
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from generator.pages.escaping import Html, escape

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


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
        auto_reload=False,
    )


def render(template: str, context: "DataclassInstance") -> Html:
    """Fill a template with the fields of a context.

    Args:
        template: Path below the template folder, such as ``model.md.j2``.
        context: A frozen dataclass; each field is a variable of the template.
    """
    return _fill(environment().get_template(template), context)


def render_prose(source: str, context: "DataclassInstance") -> Html:
    """Fill the variables of hand-written prose, which is a template of its own."""
    return _fill(environment().from_string(source), context)


def _fill(template: jinja2.Template, context: "DataclassInstance") -> Html:
    values: dict[str, Any] = {
        field.name: getattr(context, field.name) for field in dataclasses.fields(context)
    }
    return Html(template.render(values))
