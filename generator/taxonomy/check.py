"""What a taxonomy has to hold beyond what its records alone can see."""

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from generator.errors import Problem
from generator.records.crosswalk import Crosswalk
from generator.records.taxonomy import Category, Taxonomy
from generator.store.content import Content
from generator.store.documents import line_finder
from generator.store.problems import dotted, visible
from generator.taxonomy.retirement import retirement_faults
from generator.taxonomy.tree import concepts

_NAMED = re.compile(
    r"\bE[0-9]{2}\b(?:/[a-z]+(?:-[a-z]+)*)?|\b(?:benchmark|harness)/[a-z]+(?:-[a-z]+)*"
)
_ATTRIBUTIONS = ("model", "benchmark", "harness")
_UNKNOWN = ("no such id in the taxonomy", "correct it or add it to the taxonomy")


class Fault(NamedTuple):
    """What is wrong at one place of a document."""

    place: tuple[int | str, ...]
    """Field by field, entries of lists by their number from 0."""
    value: str
    """The offending value."""
    wrong: str
    """What is wrong."""
    mend: str
    """How to mend it."""


def check_taxonomy(content: Content) -> list[Problem]:
    """Return what is wrong with the taxonomy and its cross-walks, with path, line and mending."""
    layout, taxonomy = content.layout, content.taxonomy
    kept = map(Fault._make, retirement_faults(taxonomy, content.released))
    faulty = {layout.taxonomy: [*faults(taxonomy), *kept]}
    for scheme, crosswalk in content.crosswalks.items():
        faulty[layout.crosswalk(scheme)] = [*crosswalk_faults(crosswalk, taxonomy)]
    problems = []
    for path, found in faulty.items():
        line_of = line_finder(path) if found else None
        for fault in found:
            line = line_of(fault.place) if line_of else 0
            where, value = dotted(fault.place), visible(fault.value)
            problems.append(Problem(layout.name(path), line, where, value, fault.wrong, fault.mend))
    return problems


def faults(taxonomy: Taxonomy) -> Iterator[Fault]:
    """Yield what does not hang together within the tree, the retired ids left aside."""
    yield from _repeated("attributions", "id", [kind.id for kind in taxonomy.attributions])
    for needed in _ATTRIBUTIONS:
        if needed not in {kind.id for kind in taxonomy.attributions}:
            wrong = f"{needed} is missing: every verdict names one of the three"
            yield Fault(("attributions",), "", wrong, "add it")
    for place, kind in enumerate(taxonomy.attributions):
        yield from _repeated(f"attributions.{place}.subtypes", "", kind.subtypes)
    yield from _repeated("groups", "id", [group.id for group in taxonomy.groups])
    used = {entry.group for entry in taxonomy.categories}
    for place, group in enumerate(taxonomy.groups):
        if group.id not in used:
            wrong = "no category is in the group"
            yield Fault(("groups", place, "id"), group.id, wrong, "remove it or put one in")
    yield from _repeated("categories", "id", [entry.id for entry in taxonomy.categories])
    yield from _repeated("categories", "name", [entry.name for entry in taxonomy.categories])
    yield from _everyday_faults(taxonomy)
    known = concepts(taxonomy)
    groups = {group.id for group in taxonomy.groups}
    for place, entry in enumerate(taxonomy.categories):
        yield from _category_faults(entry, place, groups, known)
    for place, rule in enumerate(taxonomy.tie_breaks):
        for named in dict.fromkeys(_NAMED.findall(rule)):
            if named not in known:
                yield Fault(("tie_breaks", place), named, *_UNKNOWN)


def _everyday_faults(taxonomy: Taxonomy) -> Iterator[Fault]:
    """Yield everyday words that lead to two categories."""
    seen: dict[str, str] = {}
    for place, entry in enumerate(taxonomy.categories):
        for number, words in enumerate(entry.everyday):
            other = seen.setdefault(words.casefold(), entry.id)
            before = {one.casefold() for one in entry.everyday[:number]}
            if other != entry.id or words.casefold() in before:
                wrong = f"these words stand for {other} already"
                at = ("categories", place, "everyday", number)
                yield Fault(at, words, wrong, "keep them where they fit best")


def _category_faults(
    entry: Category, place: int, groups: set[str], known: dict[str, str]
) -> Iterator[Fault]:
    """Yield what is wrong with one category."""
    at = ("categories", place)
    if entry.group not in groups:
        yield Fault((*at, "group"), entry.group, "no such group", "use one of groups or add it")
    yield from _repeated(
        f"categories.{place}.subcategories", "id", [sub.id for sub in entry.subcategories]
    )
    names = [sub.name for sub in entry.subcategories]
    folded = [name.casefold() for name in names]
    yield from _repeated(f"categories.{place}.subcategories", "name", names, by=folded)
    for number, boundary in enumerate(entry.excludes):
        where = (*at, "excludes", number, "then")
        if boundary.then.partition("/")[0] == entry.id:
            wrong = f"it leads back to {entry.id}"
            yield Fault(where, boundary.then, wrong, "name what applies instead")
        elif boundary.then not in known:
            yield Fault(where, boundary.then, *_UNKNOWN)


def crosswalk_faults(crosswalk: Crosswalk, taxonomy: Taxonomy) -> Iterator[Fault]:
    """Yield what does not fit in a cross-walk to another scheme."""
    known = concepts(taxonomy)
    names = [(entry.part, entry.code, entry.name) for entry in crosswalk.entries]
    yield from _repeated("entries", "name", [name[-1] for name in names], by=names)
    for place, entry in enumerate(crosswalk.entries):
        at = ("entries", place, "matches")
        for number, match in enumerate(entry.matches):
            if match.to not in known:
                yield Fault((*at, number, "to"), match.to, *_UNKNOWN)
        yield from _repeated(
            f"entries.{place}.matches", "to", [match.to for match in entry.matches]
        )


def _repeated(
    where: str, field: str, values: Iterable[str], by: Iterable[Hashable] | None = None
) -> Iterator[Fault]:
    """Yield each value that was there before, ``by`` telling what makes two the same."""
    first: dict[Hashable, int] = {}
    values = [*values]
    for place, (value, key) in enumerate(zip(values, by or values, strict=True)):
        if first.setdefault(key, place) != place:
            at = [int(part) if part.isdigit() else part for part in where.split(".")]
            end = [field] if field else []
            yield Fault((*at, place, *end), value, "it is there twice", "keep one")
