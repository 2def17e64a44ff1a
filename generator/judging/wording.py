"""The words sent to a language model: Jinja2 templates beside this module, filled and hashed."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

FOLDER = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        # Plain text for a model, not HTML: escaping would change what has to be quoted.
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )


def fill(template: str, **values: Any) -> str:
    """Return a template with its variables filled; values are never read as templates."""
    return _environment().get_template(f"{template}.j2").render(values)


def sources() -> list[list[str]]:
    """Return name and text of every template, by name: what the version hash is made of."""
    return [[path.stem, path.read_text(encoding="utf-8")] for path in sorted(FOLDER.glob("*.j2"))]
