"""What changed between two versions of the taxonomy, and how many verdicts it touches."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from generator.records.taxonomy import Category, Subcategory, Taxonomy
from generator.store.content import Content
from generator.store.verdicts import read_verdict_table
from generator.taxonomy.retirement import successor

Kind = Literal["added", "retired", "removed", "renamed", "redefined", "moved", "illustrated"]
"""``removed``: gone without being retired, which validation refuses after a release of an id of a
category or subcategory; ``illustrated``: with other examples."""

_CATEGORY = re.compile(r"E\d")
"""How the ids of categories and subcategories begin."""
TIE_BREAK = "tie-break"
"""With its number, what a rule for hard cases is called here."""


class Change(NamedTuple):
    """One change of a category, subcategory, attribution, subtype of it, or tie-break."""

    kind: Kind
    """What happened."""
    id: str
    """To which identifier."""
    before: str
    """What it was; empty where it is new."""
    after: str
    """What it is now: a name, a definition, a group, or what a retired id counts as."""


def changes(old: Taxonomy, new: Taxonomy) -> list[Change]:
    """Return what changed from one version to another, in the order of the trees."""
    before, after = _parts(old), _parts(new)
    found = [
        Change("added", key, "", part.name) for key, part in after.items() if key not in before
    ]
    retired = {entry.id for entry in new.retired}
    for key, part in before.items():
        if key in after:
            found += _altered(key, part, after[key])
        elif key in retired or key.partition("/")[0] in retired:
            found.append(Change("retired", key, part.name, successor(new, key) or ""))
        else:
            found.append(Change("removed", key, part.name, ""))
    return [*found, *_attributions(old, new), *_tie_breaks(old, new)]


def _attributions(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    """Yield what changed in whose fault a failure can be."""
    before, after = ({kind.id: kind for kind in one.attributions} for one in (old, new))
    yield from _listed([*before], [*after])
    for key in [key for key in before if key in after]:
        was, now = before[key], after[key]
        if was.name != now.name:
            yield Change("renamed", key, was.name, now.name)
        if was.definition != now.definition:
            yield Change("redefined", key, was.definition, now.definition)
    subtypes = (
        [f"{kind.id}/{subtype}" for kind in one.values() for subtype in kind.subtypes]
        for one in (before, after)
    )
    yield from _listed(*subtypes)


def _listed(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    yield from (Change("added", key, "", key) for key in after if key not in before)
    yield from (Change("removed", key, key, "") for key in before if key not in after)


def _tie_breaks(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    """Yield what changed in the rules for hard cases, by their numbers."""
    pairs = zip_longest(old.tie_breaks, new.tie_breaks, fillvalue="")
    for number, (was, now) in enumerate(pairs, start=1):
        if was != now:
            kind: Kind = "redefined" if was and now else "removed" if was else "added"
            yield Change(kind, f"{TIE_BREAK} {number}", was, now)


def _parts(taxonomy: Taxonomy) -> dict[str, Category | Subcategory]:
    parts: dict[str, Category | Subcategory] = {}
    for entry in taxonomy.categories:
        parts[entry.id] = entry
        parts.update({f"{entry.id}/{sub.id}": sub for sub in entry.subcategories})
    return parts


def _altered(
    key: str, old: Category | Subcategory, new: Category | Subcategory
) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("renamed", key, old.name, new.name)
    if old.definition != new.definition:
        yield Change("redefined", key, old.definition, new.definition)
    if isinstance(old, Category) and isinstance(new, Category):
        bounds = [(part.includes, part.excludes) for part in (old, new)]
        if old.definition == new.definition and bounds[0] != bounds[1]:
            yield Change("redefined", key, "other cases included or excluded", "")
        if old.group != new.group:
            yield Change("moved", key, old.group, new.group)
        if old.examples != new.examples:
            numbers = (f"{len(part.examples)} examples" for part in (old, new))
            yield Change("illustrated", key, *numbers)


def verdict_counts(content: Content) -> Mapping[str, Counter[str]]:
    """Return how many committed verdicts hold an id, by judge; a part counts for its category."""
    found: dict[str, Counter[str]] = {}
    for key in sorted(content.runs):
        table = read_verdict_table(content.layout.verdicts(*key))
        placed = table[table["category"].notna()]
        for group, rows in placed.groupby(["judge", "category"]):
            judge, category = map(str, group if isinstance(group, tuple) else ())
            counts = found.setdefault(judge, Counter())
            counts[category] += len(rows)
            for part, number in rows["subcategory"].value_counts().items():
                counts[f"{category}/{part}"] += int(number)
    return found


def touched(change: Change, counts: Mapping[str, Counter[str]]) -> dict[str, int]:
    """Return how many verdicts fall under a changed id, by judge; judges with none left out."""
    return {judge: own[change.id] for judge, own in sorted(counts.items()) if own[change.id]}


_EFFECTS: dict[Kind, str] = {
    "added": "no verdict can hold it yet",
    "removed": "refused by `erroratlas validate` until the id is retired",
    "redefined": "kept, although given under another wording",
    "renamed": "counted as before",
    "moved": "counted as before",
    "illustrated": "counted as before",
}


def effect(change: Change) -> str:
    """Return what a change does to the verdicts that hold the id."""
    if change.kind == "retired":
        if change.after:
            return f"counted as {change.after}"
        return "counted as no verdict: to be judged again"
    if change.id.startswith(TIE_BREAK):
        return _EFFECTS["redefined"]
    if change.kind == "removed" and not _CATEGORY.match(change.id):
        return "kept by the verdicts that hold it"
    return _EFFECTS[change.kind]
