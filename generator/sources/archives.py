"""Read the one JSON member of a zip without trusting the archive."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from generator.errors import InputError

MEMBERS = 16
"""Most members that an archive of one data file may have."""

_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def read_member(archive: Path, *, max_bytes: int) -> bytes:
    """Return the content of the only ``.json`` member.

    Nothing is unpacked to disk. What comes out is counted while it is read, so a member that
    says less than it holds is refused as well.

    Args:
        archive: a zip file.
        max_bytes: most bytes that the member may have, unpacked.

    Raises:
        InputError: not a zip, damaged, encrypted, too many or odd members, or too large.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            member = _only_json(archive, opened.infolist())
            if member.file_size > max_bytes:
                raise _too_large(archive, member, max_bytes, f"{member.file_size}")
            content = bytearray()
            with opened.open(member) as stream:
                while block := stream.read(_BLOCK):
                    if len(content) + len(block) > max_bytes:
                        raise _too_large(archive, member, max_bytes, "more")
                    content += block
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        msg = f"{archive}: cannot be read as a zip: {error}: fetch the file again"
        raise InputError(msg) from error
    return bytes(content)


def _only_json(archive: Path, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Check all members and return the one that holds the data."""
    if len(members) > MEMBERS:
        msg = f"{archive}: {len(members)} members, at most {MEMBERS} expected: pin another file"
        raise InputError(msg)
    for member in members:
        wrong = _wrong(member)
        if wrong:
            # The name as the archive has it: zipfile cuts it at a NUL byte.
            msg = f"{archive}: member {member.orig_filename!r}: {wrong}: pin another file"
            raise InputError(msg)
    found = [member for member in members if member.filename.endswith(".json")]
    if len(found) != 1:
        msg = f"{archive}: {len(found)} .json members, exactly 1 expected: pin another file"
        raise InputError(msg)
    return found[0]


def _wrong(member: zipfile.ZipInfo) -> str | None:
    """Say what is wrong with a member, or nothing."""
    name = member.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or "\\" in name or ":" in name or "\0" in name:
        return "the name is no plain relative path"
    if ".." in path.parts:
        return "the name leads out of its folder"
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "a link or special file"
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    if member.compress_type not in _METHODS:
        return f"compression method {member.compress_type}, only stored and deflated are read"
    return None


def _too_large(archive: Path, member: zipfile.ZipInfo, max_bytes: int, got: str) -> InputError:
    """Return the error for a member over the limit."""
    return InputError(
        f"{archive}: member {member.orig_filename!r}: expected at most {max_bytes} bytes, "
        f"got {got}: the archive is not the data it was pinned as"
    )
