"""The content folder that a subcommand works on."""

from pathlib import Path

from generator.cli.main import Project
from generator.errors import InputError


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
