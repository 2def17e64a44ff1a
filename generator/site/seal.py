"""What a built site was made from, written beside it: what is published is what was checked."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from generator.errors import InputError
from generator.store.atomic import write_bytes


class Seal(NamedTuple):
    """What a site was made from."""

    edition: str
    """Edition of the content."""
    address: str
    """Public address of the Atlas, which its folders lie below."""
    sha256: str
    """Hash of the paths and bytes of all files of the site."""


def seal_path(site: Path) -> Path:
    """Return where the seal of a site lies: beside it, not in it."""
    return site.with_name(f"{site.name}.json")


def write_seal(site: Path, edition: str, address: str) -> None:
    """Seal a site that was built and checked for a public address.

    Args:
        site: Folder of the site.
        edition: Edition of the content.
        address: Public address; a site without one is not published, and gets no seal.
    """
    path = seal_path(site)
    if not address:
        path.unlink(missing_ok=True)
        return
    seal = Seal(edition, address, hash_of(site))
    write_bytes(path, (json.dumps(seal._asdict(), indent=2) + "\n").encode("utf-8"))


def sealed(site: Path) -> Seal:
    """Return the seal of a site.

    Raises:
        InputError: It has none, or is not what was sealed.
    """
    path = seal_path(site)
    if not site.is_dir() or not path.is_file():
        msg = (
            f"{site}: not built for publication: set ERRORATLAS_SITE_URL to the public address "
            "and run `erroratlas build`"
        )
        raise InputError(msg)
    try:
        found = Seal(**json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        msg = f"{path}: not the seal of a site: run `erroratlas build` again"
        raise InputError(msg) from error
    if found.sha256 != hash_of(site):
        msg = f"{site}: not what was built and checked: run `erroratlas build` again"
        raise InputError(msg)
    return found


def hash_of(site: Path) -> str:
    """Return one hash of the paths and bytes of all files below a folder."""
    whole = hashlib.sha256()
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{digest}  {path.relative_to(site).as_posix()}\n".encode())
    return whole.hexdigest()
