"""The steps of a build by a language model: what each asks, and which answers it takes."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.judging import fence
from generator.judging.answer import strict_object
from generator.judging.reading import Foreign, RefusedError, read_form
from generator.judging.wording import fill_from, sources
from generator.records.keys import canonical_json
from generator.taxonomy.induction.failures import Entry
from generator.taxonomy.induction.tree import OTHER, RESERVED, UNCLEAR

FOLDER = Path(__file__).resolve().parent / "templates"
LONGEST_NAME = 80
LONGEST_DEFINITION = 400
TITLE_TOKENS = 60
SUMMARY_TOKENS = 150
OUTSIDE = (OTHER.casefold(), UNCLEAR.casefold())
"""What stands on every menu beside the categories."""
_SHOWN = 80


class Draft(NamedTuple):
    """A category that is proposed, or one of the Atlas."""

    name: str
    """Name."""
    definition: str
    """When a failure belongs there."""
    atlas: str | None = None
    """Its id in the Atlas, if it has one."""


class _Category(Foreign):
    name: str
    definition: str


class _Categories(Foreign):
    categories: list[_Category]


class _Placement(Foreign):
    number: int
    category: str


class _Placements(Foreign):
    placements: list[_Placement]


class Material(NamedTuple):
    """What a request shows."""

    parent: Draft | None = None
    """The category that is divided."""
    fixed: Sequence[Draft] = ()
    """Categories that are there and stay."""
    drafts: Sequence[Draft] | None = None
    """Categories so far; None where there are none yet."""
    entries: Sequence[Entry] = ()
    """Failures, numbered from 1."""


def prompt_hash(most: int) -> str:
    """Return the SHA-256 over templates, schemas and limits, in hexadecimal."""
    limits = [LONGEST_NAME, LONGEST_DEFINITION, TITLE_TOKENS, SUMMARY_TOKENS, most]
    parts = [sources(FOLDER), categories_schema(), placements_schema([]), limits]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def messages(step: str, material: Material, most: int) -> list[dict[str, str]]:
    """Return the messages of a step.

    Args:
        step: ``generate``, ``update``, ``review`` or ``classify``.
        material: What it is about; all of it is fenced.
        most: Most categories.
    """
    parent = None if material.parent is None else _listed([material.parent], ids=False)
    fixed = _listed(material.fixed, ids=False) if material.fixed else None
    drafts = None if material.drafts is None else _listed(material.drafts, ids=True) or "(none)"
    rows = [_row(number, entry) for number, entry in enumerate(material.entries, start=1)]
    failures = "\n".join(rows) if rows else None
    texts = [text for text in (parent, fixed, drafts, failures) if text is not None]
    mark = fence.marker(["taxonomy", step, *texts], texts)
    shown = fill_from(
        FOLDER,
        "material",
        marker=mark,
        parent=parent,
        # While placing, they are on the one menu with those proposed.
        fixed=None if step == "classify" else fixed,
        categories=drafts,
        failures=failures,
    )
    return [
        {"role": "system", "content": fill_from(FOLDER, "system", most=most)},
        {"role": "user", "content": f"{shown.rstrip()}\n\n{fill_from(FOLDER, step)}"},
    ]


def categories_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer that names categories."""
    text = {"type": "string"}
    one = strict_object({"name": text, "definition": text})
    return strict_object({"categories": {"type": "array", "items": one}})


def placements_schema(menu: Sequence[str]) -> dict[str, Any]:
    """Return the JSON schema of an answer that places failures.

    Args:
        menu: Ids on offer, without ``other`` and ``unclear``.
    """
    category = {"type": "string", "enum": [*menu, *OUTSIDE]}
    one = strict_object({"number": {"type": "integer"}, "category": category})
    return strict_object({"placements": {"type": "array", "items": one}})


def menu_of(count: int) -> list[str]:
    """Return the ids of so many categories."""
    return [f"C{number}" for number in range(1, count + 1)]


def read_categories(text: str, most: int, fixed: Sequence[Draft]) -> list[Draft]:
    """Return the categories that an answer names, those that are fixed not among them.

    Raises:
        RefusedError: It lacks the form, names none, too many, or one twice.
    """
    found: list[Draft] = []
    taken = {draft.name.casefold() for draft in fixed} | RESERVED
    for category in read_form(text, _Categories).categories:
        name = fence.one_line(category.name, LONGEST_NAME)
        definition = fence.one_line(category.definition, LONGEST_DEFINITION)
        if name is None or definition is None:
            raise RefusedError(
                "a category is empty", "each category needs a name and a definition."
            )
        if name.casefold() in taken:
            said = json.dumps(name[:_SHOWN])
            problem = f"{said} is there already or is no category. Each name is used once."
            raise RefusedError("a category is there twice", problem)
        taken.add(name.casefold())
        found.append(Draft(name, definition))
    if not found and not fixed:
        raise RefusedError("no categories are given", "the list of categories is empty.")
    if len(found) + len(fixed) > most:
        problem = f"{len(found)} categories are too many. At most {most - len(fixed)}."
        raise RefusedError("too many categories", problem)
    return found


def read_placements(text: str, count: int, menu: Sequence[str]) -> list[str]:
    """Return the id that an answer gives each failure.

    Args:
        text: The answer.
        count: Failures of the request.
        menu: Ids on offer, without ``other`` and ``unclear``.

    Raises:
        RefusedError: It lacks the form, is off the menu, or a failure is missing or there twice.
    """
    rows = read_form(text, _Placements).placements
    placed = _on_menu(rows, count, menu)
    off = [row for row in rows if row.category not in {*menu, *OUTSIDE}]
    if off:
        said = json.dumps(off[0].category[:_SHOWN])
        problem = f"{said} is not on the menu. On offer: {', '.join([*menu, *OUTSIDE])}."
        raise RefusedError("a category is not on the menu", problem)
    missing = [number for number in range(1, count + 1) if number not in placed]
    if missing:
        problem = f"failure {missing[0]} must occur exactly once; there are {count}."
        raise RefusedError("a failure is missing or there twice", problem)
    if len(rows) != count:
        raise RefusedError("too many failures", f"there are only {count} failures.")
    return [placed[number] for number in range(1, count + 1)]


def salvaged(text: str, count: int, menu: Sequence[str]) -> list[str]:
    """Return what can be kept of an answer that was refused to the end; the rest is unclear."""
    try:
        placed = _on_menu(read_form(text, _Placements).placements, count, menu)
    except RefusedError:
        placed = {}
    return [placed.get(number, UNCLEAR.casefold()) for number in range(1, count + 1)]


def _on_menu(rows: Sequence[_Placement], count: int, menu: Sequence[str]) -> dict[int, str]:
    """Return the placements that are on the menu, of failures that are placed once."""
    times: dict[int, int] = {}
    for row in rows:
        times[row.number] = times.get(row.number, 0) + 1
    allowed = {*menu, *OUTSIDE}
    return {
        row.number: row.category
        for row in rows
        if times[row.number] == 1 and 1 <= row.number <= count and row.category in allowed
    }


def _listed(drafts: Sequence[Draft], *, ids: bool) -> str:
    names = menu_of(len(drafts))
    return "\n".join(
        _shown(f"{f'{name} ' if ids else ''}{draft.name}: {draft.definition}", SUMMARY_TOKENS)
        for name, draft in zip(names, drafts, strict=True)
    )


def _row(number: int, entry: Entry) -> str:
    title = _shown(" ".join(entry.title.split()), TITLE_TOKENS) or "(no title)"
    summary = _shown(" ".join(entry.summary.split()), SUMMARY_TOKENS)
    return f"{number}. {title}" + (f" | {summary}" if summary else "")


def _shown(text: str, budget: int) -> str:
    return fence.harmless(fence.cut(fence.plain(text), budget, "cut").text)
