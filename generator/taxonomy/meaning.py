"""What the ids of the taxonomy mean: kept with a release, and held against what they mean now.

Within a major version an id means the same. What it means is its name and, taken together, its
definition and the cases it includes and excludes. While the version is that of the release, neither
changes. With the minor version raised, one of the two may be put into other words; both at once are
another meaning, which needs another major version, or the id retired and a new one in its place.
Groups, examples and everyday words say nothing of what an id means.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.records.taxonomy import Meaning, Released, Taxonomy

Place = tuple[int | str, ...]
Found = tuple[Place, str, str, str]
"""Place, value, what is wrong, how to mend it."""
_DIGITS = 16
"""Hexadecimal digits of a hash of what is said of an id."""


def meanings(taxonomy: Taxonomy) -> tuple[Meaning, ...]:
    """Return what each category and subcategory in use means, in order."""
    return meanings_of([entry.model_dump(mode="json") for entry in taxonomy.categories])


def meanings_of(categories: Sequence[Mapping[str, Any]]) -> tuple[Meaning, ...]:
    """Return the same of categories as JSON has them.

    Raises:
        KeyError: One lacks its id, name, definition or subcategories.
        ValidationError: An id or a name is none.
    """
    return tuple(meaning for _, meaning in _told(categories))


def _told(categories: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Place, Meaning]]:
    """Yield where each category and subcategory stands, and what it means."""
    for place, entry in enumerate(categories):
        at: Place = ("categories", place)
        bounds = [entry.get("includes", []), entry.get("excludes", [])]
        yield at, _meaning(entry["id"], entry, *(bounds if any(bounds) else ()))
        for number, sub in enumerate(entry["subcategories"]):
            key = f"{entry['id']}/{sub['id']}"
            yield (*at, "subcategories", number), _meaning(key, sub)


def _meaning(key: str, entry: Mapping[str, Any], *bounds: object) -> Meaning:
    said = json.dumps([entry["definition"], *bounds], sort_keys=True)
    digest = hashlib.sha256(said.encode("utf-8")).hexdigest()
    return Meaning(id=key, name=entry["name"], said=digest[:_DIGITS])


def meaning_faults(taxonomy: Taxonomy, released: Released) -> Iterator[Found]:
    """Yield the ids that mean something else than the release allows."""
    before = {meaning.id: meaning for meaning in released.meanings}
    version = released.version
    if taxonomy.version.partition(".")[0] != version.partition(".")[0]:
        return
    for at, now in _told([entry.model_dump(mode="json") for entry in taxonomy.categories]):
        was = before.get(now.id, now)
        value = f"{now.id} {now.name}"
        if was.name != now.name and was.said != now.said:
            wrong = (
                f'in version {version}, which was released, its name was "{was.name}" and its '
                "definition another: the id would mean something else"
            )
            mend = "put one of them back, raise the major version, or retire it and take a new id"
            yield at, value, wrong, mend
        elif was != now and taxonomy.version == version:
            told = f'its name was "{was.name}"' if was.name != now.name else "it was defined"
            other = "" if was.name != now.name else " in other words"
            wrong = f"in version {version}, which was released, {told}{other}"
            mend = "put it back; for better words of the same meaning raise the minor version"
            yield at, value, wrong, mend
