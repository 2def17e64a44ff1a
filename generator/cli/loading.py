"""Content as every subcommand that works on it wants it: read, and its taxonomy checked."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.folder import content_folder
from generator.cli.main import Project
from generator.errors import ContentError

if TYPE_CHECKING:
    from generator.store.content import Content


def load(project: Project) -> "Content":
    """Read the content, without items, outputs and verdicts.

    Raises:
        InputError: There is no content folder.
        ContentError: Something is wrong; every problem of every file is in it.
    """
    return load_checked(content_folder(project))


def load_checked(folder: Path) -> "Content":
    """Read a content folder and check its taxonomy; see :func:`load`."""
    # --help needs none of it.
    from generator.store.content import load_content  # noqa: PLC0415
    from generator.taxonomy.check import check_taxonomy  # noqa: PLC0415

    content = load_content(folder)
    if odd := check_taxonomy(content):
        raise ContentError(odd)
    return content
