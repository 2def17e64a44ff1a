"""The words sent to a language model: Jinja2 templates, filled and hashed.

Those of the judge lie beside this module; others have a folder of their own.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

FOLDER = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=4)
def _environment(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder, encoding="utf-8"),
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
    return fill_from(FOLDER, template, **values)


def fill_from(folder: Path, template: str, /, **values: Any) -> str:
    """Return a template of a folder with its variables filled; see :func:`fill`."""
    return _environment(folder).get_template(f"{template}.j2").render(values)


def sources(folder: Path = FOLDER) -> list[list[str]]:
    """Return name and text of every template, by name: what the version hash is made of."""
    return [[path.stem, path.read_text(encoding="utf-8")] for path in sorted(folder.glob("*.j2"))]
