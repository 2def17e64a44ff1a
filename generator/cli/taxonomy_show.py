"""What ``erroratlas taxonomy show ID`` says of an id, as text to read in a terminal."""

import shutil
from collections.abc import Mapping
from typing import Any

import click

from generator.taxonomy.crosswalks import RELATION_WORDS

HEADINGS = {
    "definition": "Definition",
    "subcategories": "Subcategories",
    "subtypes": "Subtypes",
    "includes": "Belongs here",
    "excludes": "Belongs elsewhere",
    "tie_breaks": "To tell it from others",
    "everyday": "In everyday words",
    "examples": "Examples",
    "elsewhere": "In other schemes",
    "reason": "Why",
}
"""Fields that have a heading of their own, in the order in which they are shown."""
WIDEST = 100
"""Columns of a line that is still read easily."""


def described(found: Mapping[str, Any]) -> str:
    """Return an id and its name, facts in a line, and what else is known under headings."""
    wide = min(WIDEST, shutil.get_terminal_size().columns)
    lines = [f"{found['id']}  {found.get('name') or ''}".rstrip()]
    facts = _facts(found)
    if facts:
        lines.append(facts)
    for field, heading in HEADINGS.items():
        value: Any = found.get(field)
        several = isinstance(value, list)
        told = [_words(field, one) for one in (value if several else [value]) if one]
        if not told:
            continue
        lines += ["", heading]
        lines += [
            click.wrap_text(
                one,
                wide,
                initial_indent="  - " if several else "  ",
                subsequent_indent="    " if several else "  ",
            )
            for one in told
        ]
    return "\n".join(lines)


def _facts(found: Mapping[str, Any]) -> str:
    """Return what is said in a word or two: its group, its age, what it counts as."""
    said = {"group": "group {}", "since": "since {}", "retired": "retired in {}"}
    facts = [words.format(found[field]) for field, words in said.items() if found.get(field)]
    if found.get("paper"):
        facts.append("named in the ErrorAtlas paper")
    if "counts_as" in found:
        facts.append(f"counts as {found['counts_as'] or 'nothing'}")
    return ", ".join(facts)


def _words(field: str, value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    if field == "excludes":
        return f"{value['when']} Then: {value['then']}"
    if field == "subcategories":
        return f"{value['id']}: {value['definition']}"
    if field == "elsewhere":
        said = RELATION_WORDS[value["relation"]]
        return f"{value['scheme']}, {value['name']}: {value['to']}, {said}"
    return "/".join(map(str, value.values()))
