"""Sound files, broken: values replaced, removed or moved, texts spliced, bytes cut and flipped."""

import gzip
import io
import random
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml

from tests.fuzz.dice import Dice
from tests.readers.logs.test_hostile import broken, bytes_of

SPLICES = (
    b"[" * 3_000,
    b'{"a":' * 3_000,
    b"9" * 5_000,
    b"1e99999",
    b"-",
    b"\\ud800",
    b"\\u0000",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\x1b[2J",
    b"'",
    b'"',
    b"\\",
    b"NaN",
    b"Infinity",
    b"null",
    b"../" * 40,
    b"/etc/passwd",
    b"a" * 70_000,
    b" " * 20_000,
    b"((((a+)+)+)+)",
    b"\n#" * 500,
    b": " * 500,
    b"&a [*a, *a]",
    b"&a [&b [*a, *b], *a]",
    b"<<: *a",
    b"!!python/object/apply:os.system ['true']",
    b"!!binary aaaa",
    b"!!bool x",
    b"!!int ''",
    b"!!set {a, b}",
    b"!!timestamp 9999-99-99",
    b"? [a]\n: b\n",
    b"0o777_",
    b"190:20:30",
    b"2001-12-14t21:59:43.10-05:00",
    b"---\n...\n---\n",
    b"%YAML 9.9\n",
    b"\t- x",
    b"|\n",
    b">9\n",
    "\u202e\u2066\u041f\u0440\u0438\U0001f9d1\u200d".encode(),
)
"""What is put into the middle of a file."""


def document(value: Any, dice: Dice) -> bytes:
    """Return a document of YAML, broken as data."""
    try:
        return yaml.safe_dump(broken(value, dice), allow_unicode=True, sort_keys=False).encode(
            "utf-8", "surrogatepass"
        )
    except (yaml.YAMLError, ValueError):
        return b"null\n"


def data(value: Any, dice: Dice) -> bytes:
    """Return a file of JSON or JSON Lines, broken as data."""
    return bytes_of(broken(value, dice))


def spoiled(content: bytes, dice: Dice) -> bytes:
    """Return bytes: most often as they are, else cut, flipped, spliced, doubled or packed."""
    for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 4))):
        place = dice.randrange(len(content) + 1)
        kind = dice.randrange(6)
        if kind == 0:
            content = content[:place]
        elif kind == 1 and content:
            flipped = bytearray(content)
            flipped[place % len(content)] = dice.randrange(256)
            content = bytes(flipped)
        elif kind in {2, 3}:
            content = content[:place] + dice.choice(SPLICES) + content[place:]
        elif kind == 4:
            other = dice.randrange(len(content) + 1)
            content = content[:place] + content[other:]
        else:
            content = content[:place] * 2 + content[place:]
    return content


def packed(content: bytes, dice: Dice) -> bytes:
    """Return bytes as gzip, its packing spoiled now and then."""
    return spoiled(gzip.compress(content, mtime=0), dice)


def zipped(files: Mapping[str, bytes], dice: Dice) -> bytes:
    """Return files as a zip, with names that lead elsewhere now and then."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            prefix = dice.choice(("", "", "", "../", "/", "a/" * 50, "\\", "C:"))
            archive.writestr(f"{prefix}{name}", content)
    return spoiled(stream.getvalue(), dice)


def seeded(seed: int) -> random.Random:
    """Return the dice of a seed."""
    return random.Random(seed)  # noqa: S311 - no secret
