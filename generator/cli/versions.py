"""A version of the taxonomy, from a file or from the history of the checkout."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.errors import ContentError, InputError
from generator.records.taxonomy import Taxonomy
from generator.store.documents import read_document


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
    git = shutil.which("git")
    place = f"{revision}:./{path.relative_to(root).as_posix()}"
    if git is None:
        found = None
    else:
        command = [git, "show", "--end-of-options", place]
        found = subprocess.run(  # noqa: S603 - git itself; a revision cannot pass for an option
            command, cwd=root, capture_output=True, check=False
        )
    if found is None or found.returncode:
        msg = f"{revision}: neither a file nor a revision that has {path.name}: give one of both"
        raise InputError(msg)
    return found.stdout
