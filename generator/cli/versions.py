"""A version of the taxonomy, from a file or from the history of the checkout."""

import tempfile
from pathlib import Path

from generator.errors import ContentError, InputError, OutsideError
from generator.records.taxonomy import Taxonomy
from generator.store.documents import read_document
from generator.store.history import git


def read_version(root: Path, path: Path, wanted: str) -> Taxonomy:
    """Read a taxonomy from a file, or as it was in a revision.

    Args:
        root: The checkout.
        path: File of the taxonomy in it.
        wanted: A file, or a revision that git knows.

    Raises:
        InputError: It is neither.
        ContentError: What was found there is no taxonomy of this format.
    """
    if Path(wanted).is_file():
        return _read(Path(wanted), wanted)
    text = _committed(root, path, wanted)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(text)
        return _read(copy, f"{wanted}:{path.name}")


def _read(path: Path, name: str) -> Taxonomy:
    record, problems = read_document(path, Taxonomy, name)
    if record is None:
        raise ContentError(problems)
    return record


def _committed(root: Path, path: Path, revision: str) -> bytes:
    """Return a file as it was in a revision."""
    place = f"{revision}:./{path.relative_to(root).as_posix()}"
    try:
        return git(root, "show", "--end-of-options", place)
    except (InputError, OutsideError):
        msg = f"{revision}: neither a file nor a revision that has {path.name}: give one of both"
        raise InputError(msg) from None
