"""Content as every subcommand that works on it wants it: read, and its taxonomy checked."""

from pathlib import Path

from generator.cli.main import Project
from generator.errors import ContentError, InputError
from generator.store.content import Content, load_content


def content_folder(project: Project, named: Path | None = None) -> Path:
    """Return the content folder: the one named, or that of the checkout.

    Raises:
        InputError: There is none.
    """
    folder = project.content if named is None else named
    if not folder.is_dir():
        option = "--root" if named is None else "--content"
        msg = f"{folder}: there is no such folder: go to the checkout or name it with {option}"
        raise InputError(msg)
    return folder


def load(project: Project) -> Content:
    """Read the content, without items, outputs and verdicts.

    Raises:
        InputError: There is no content folder.
        ContentError: Something is wrong; every problem of every file is in it.
    """
    return load_checked(content_folder(project))


def load_checked(folder: Path) -> Content:
    """Read a content folder and check its taxonomy; see :func:`load`."""
    from generator.taxonomy.check import check_taxonomy  # noqa: PLC0415  imports need no pyarrow

    content = load_content(folder)
    if odd := check_taxonomy(content):
        raise ContentError(odd)
    return content
