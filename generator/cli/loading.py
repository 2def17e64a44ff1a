"""Content as every subcommand that works on it wants it: read, and its taxonomy checked."""

from generator.cli.main import Project
from generator.errors import ContentError, InputError
from generator.store.content import Content, load_content
from generator.taxonomy.check import check_taxonomy


def load(project: Project) -> Content:
    """Read the content, without items, outputs and verdicts.

    Raises:
        InputError: There is no content folder.
        ContentError: Something is wrong; every problem of every file is in it.
    """
    folder = project.content
    if not folder.is_dir():
        msg = f"{folder}: there is no such folder: go to the checkout or name it with --root"
        raise InputError(msg)
    content = load_content(folder)
    if odd := check_taxonomy(content):
        raise ContentError(odd)
    return content
