"""What the ids of two editions mean, held against each other."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from generator.errors import InputError
from generator.records.changes import Reworded
from generator.records.taxonomy import Meaning
from generator.release.package import TAXONOMY
from generator.release.reading import needed
from generator.taxonomy.meaning import meanings_of


def meant(files: Mapping[str, bytes]) -> tuple[Meaning, ...]:
    """Return what each category and subcategory of a package means.

    Raises:
        InputError: Its taxonomy is not there, or no tree.
    """
    try:
        tree: Any = json.loads(needed(files, TAXONOMY))
        return meanings_of([one for group in tree["groups"] for one in group["categories"]])
    except (ValidationError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        msg = f"{TAXONOMY}: not the tree of a taxonomy"
        raise InputError(msg) from None


def reworded(old: Iterable[Meaning], new: Iterable[Meaning]) -> tuple[Reworded, ...]:
    """Return the ids of both whose name, definition or bounds are others, in order of their ids."""
    before = {meaning.id: meaning for meaning in old}
    pairs = [(before[now.id], now) for now in new if now.id in before]
    changed = [
        Reworded(id=now.id, before=was.name, after=now.name, redefined=was.said != now.said)
        for was, now in pairs
        if was != now
    ]
    return tuple(sorted(changed, key=lambda one: one.id))
