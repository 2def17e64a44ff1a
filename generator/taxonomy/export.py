"""The taxonomy and its cross-walks in the formats of others: a JSON tree, CSV and SKOS."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.records.crosswalk import Crosswalk
from generator.records.taxonomy import Category
from generator.store.content import Content
from generator.taxonomy.crosswalks import elsewhere
from generator.taxonomy.skos import turtle
from generator.taxonomy.tree import members

COLUMNS = (
    "id", "kind", "parent", "group", "name", "definition", "since", "retired", "redirect",
    "elsewhere",
)  # fmt: skip
"""Columns of the CSV."""


def json_tree(content: Content) -> str:
    """Return groups, categories and subcategories as one JSON tree, cross-walks beside it."""
    taxonomy = content.taxonomy
    tree: dict[str, Any] = {
        "version": taxonomy.version,
        "unit": taxonomy.unit,
        "attributions": [kind.model_dump(mode="json") for kind in taxonomy.attributions],
        "groups": [
            {
                **group.model_dump(mode="json"),
                "categories": [
                    entry.model_dump(mode="json", exclude={"group"})
                    for entry in members(taxonomy, group.id)
                ],
            }
            for group in taxonomy.groups
        ],
        "tie_breaks": list(taxonomy.tie_breaks),
        "retired": [entry.model_dump(mode="json") for entry in taxonomy.retired],
        "crosswalks": {
            scheme: crosswalk.model_dump(mode="json")
            for scheme, crosswalk in sorted(content.crosswalks.items())
        },
    }
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def csv_table(content: Content) -> str:
    """Return one row per category, subcategory, attribution, subtype and retired id."""
    taxonomy = content.taxonomy
    found = io.StringIO()
    writer = csv.DictWriter(found, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for entry in taxonomy.categories:
        writer.writerows(_category_rows(entry, content.crosswalks))
    for kind in taxonomy.attributions:
        told = {"id": kind.id, "name": kind.name, "definition": kind.definition}
        writer.writerow(
            {**told, "kind": "attribution", "elsewhere": _told(content.crosswalks, kind.id)}
        )
        for part in kind.subtypes:
            key = f"{kind.id}/{part}"
            told = {"id": key, "parent": kind.id, "name": part.replace("-", " ")}
            writer.writerow(
                {**told, "kind": "subtype", "elsewhere": _told(content.crosswalks, key)}
            )
    for gone in taxonomy.retired:
        parent = gone.id.partition("/")[0] if "/" in gone.id else ""
        row = gone.model_dump(mode="json", exclude={"reason"})
        writer.writerow({**row, "kind": "retired", "parent": parent})
    return found.getvalue()


def _category_rows(
    entry: Category, crosswalks: Mapping[str, Crosswalk]
) -> Iterator[dict[str, str]]:
    told = {"id": entry.id, "name": entry.name, "definition": entry.definition}
    yield {
        **told,
        "kind": "category",
        "group": entry.group,
        "since": entry.since,
        "elsewhere": _told(crosswalks, entry.id),
    }
    for sub in entry.subcategories:
        key = f"{entry.id}/{sub.id}"
        yield {
            "id": key,
            "kind": "subcategory",
            "parent": entry.id,
            "group": entry.group,
            "name": sub.name,
            "definition": sub.definition,
            "since": sub.since,
            "elsewhere": _told(crosswalks, key),
        }


def _told(crosswalks: Mapping[str, Crosswalk], concept: str) -> str:
    """Return what other schemes call exactly this concept, as one text."""
    return "; ".join(
        f"{match.scheme}: {match.entry.code or match.entry.name} ({match.relation})"
        for match in elsewhere(crosswalks, concept.partition("/")[0])
        if match.to == concept
    )


EXPORTS: dict[str, Callable[[Content], str]] = {
    "json": json_tree,
    "csv": csv_table,
    "skos": turtle,
}
"""Formats by name."""

FILES = {"json": "atlas.json", "csv": "atlas.csv", "skos": "atlas.ttl"}
"""What the file of each format is called on the site."""
