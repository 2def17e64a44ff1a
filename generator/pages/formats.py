"""The formats of all content files: one entry per record, with schema, fields and an example."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.pages.links import DATA, href
from generator.pages.render import template_folder
from generator.pages.tables import Table, columns, plain
from generator.records.atlas import Atlas
from generator.records.base import Record
from generator.records.benchmark import Benchmark, Item
from generator.records.calibration import Calibration
from generator.records.crosswalk import Crosswalk
from generator.records.failure import Failure
from generator.records.label import Label
from generator.records.model import Model
from generator.records.prediction import Prediction, Run
from generator.records.prices import Prices
from generator.records.proposal import Proposal
from generator.records.release import Release
from generator.records.review import Review
from generator.records.sample import Sample, SampleRow
from generator.records.speed import Speed
from generator.records.taxonomy import Released, Taxonomy
from generator.records.verdict import Verdict
from generator.store.kept import kept


class Format(NamedTuple):
    """A format and where it is used."""

    record: type[Record]
    """Type that holds one of it."""
    title: str
    """Heading of its section."""
    place: str
    """Which files have it."""
    example: str
    """File of the example below ``examples/`` of the page templates."""


FORMATS: dict[str, Format] = {
    "atlas": Format(Atlas, "Settings", "content/atlas.yml", "atlas.yml"),
    "taxonomy": Format(Taxonomy, "Taxonomy", "content/taxonomy/atlas.yml", "taxonomy.yml"),
    "crosswalk": Format(
        Crosswalk, "Cross-walk", "content/taxonomy/crosswalks/<scheme>.yml", "crosswalk.yml"
    ),
    "released": Format(
        Released, "Released identifiers", "content/taxonomy/released.yml", "released.yml"
    ),
    "release": Format(Release, "Release", "content/releases/<version>.yml", "release.yml"),
    "model": Format(Model, "Model", "content/models/<developer>__<model>.yml", "model.yml"),
    "benchmark": Format(
        Benchmark, "Benchmark", "content/benchmarks/<benchmark>/benchmark.yml", "benchmark.yml"
    ),
    "item": Format(
        Item, "Item", "a line of content/benchmarks/<benchmark>/items.jsonl", "item.json"
    ),
    "run": Format(Run, "Run", "content/predictions/<benchmark>/<model>/run.yml", "run.yml"),
    "prediction": Format(
        Prediction,
        "Prediction",
        "a line of content/predictions/<benchmark>/<model>/predictions.jsonl",
        "prediction.json",
    ),
    "conversation": Format(
        Prediction,
        "Prediction of a conversation",
        "the same, where the model called tools or spoke in several turns",
        "conversation.json",
    ),
    "sample": Format(Sample, "Sample", "content/samples/<sample>.yml", "sample.yml"),
    "sample-row": Format(
        SampleRow, "Row of a sample", "a row of content/samples/<sample>.csv", "sample-row.json"
    ),
    "label": Format(Label, "Label", "a line of content/labels/<benchmark>.jsonl", "label.json"),
    "verdict": Format(
        Verdict,
        "Verdict",
        "a row of content/verdicts/<benchmark>/<model>.parquet",
        "verdict.json",
    ),
    "proposal": Format(
        Proposal,
        "Proposal",
        "content/taxonomy/proposals/<proposal>.yml",
        "proposal.yml",
    ),
    "calibration": Format(
        Calibration, "Calibration of the rules", "content/calibration.yml", "calibration.yml"
    ),
    "prices": Format(Prices, "Prices", "content/prices.yml", "prices.yml"),
    "speed": Format(
        Speed, "Cost of building", "content/speed.json, of `make bench ARGS=--store`", "speed.json"
    ),
    "review": Format(
        Review, "Review", "build/review/review.json, of `erroratlas review write`", "review.json"
    ),
    "failure": Format(
        Failure, "Failure", "what a judge is given; made, never stored", "failure.json"
    ),
}
"""All formats, in the order in which they are shown."""


@dataclass(frozen=True)
class FormatSection:
    """One format on the page."""

    id: str
    """Identifier of the section and name of the schema file."""
    title: str
    """Heading."""
    summary: str
    """What one of it is."""
    place: str
    """Which files have it."""
    schema: str
    """Address of the JSON Schema."""
    fields: Table
    """Its fields."""
    parts: tuple[Table, ...]
    """Fields of the records inside."""
    example: str
    """An example."""


@kept
def schema_of(record: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **record.model_json_schema(mode="validation"),
    }


def schema_path(name: str) -> str:
    """Return where the schema of a format is published."""
    return f"data/schemas/{name}.json"


def schema_files() -> dict[str, bytes]:
    """Return the schemas of all formats by path."""
    return {
        schema_path(name): (json.dumps(schema_of(entry.record), indent=2) + "\n").encode()
        for name, entry in FORMATS.items()
    }


def format_sections() -> tuple[FormatSection, ...]:
    """Return a section for every format."""
    folder = template_folder() / "examples"
    sections = []
    for name, entry in FORMATS.items():
        schema = schema_of(entry.record)
        inside = schema.get("$defs", {})
        sections.append(
            FormatSection(
                id=name,
                title=entry.title,
                summary=_words(schema["description"]),
                place=entry.place,
                schema=href(DATA, schema_path(name)),
                fields=_fields(entry.title, schema),
                parts=tuple(
                    _fields(f"{entry.title}: {_title(part)}", inside[part]) for part in inside
                ),
                example=(folder / entry.example).read_text(encoding="utf-8").rstrip("\n"),
            )
        )
    return tuple(sections)


def _fields(caption: str, schema: dict[str, Any]) -> Table:
    required = set(schema.get("required", ()))
    rows = tuple(
        (
            plain(name),
            plain(_words(field.get("description", ""))),
            plain(type_words(field)),
            plain("yes" if name in required else "no"),
        )
        for name, field in schema.get("properties", {}).items()
    )
    return Table(caption, columns("Field", "Meaning", "Type", "Required"), rows)


_PLAIN_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "nothing",
}


def type_words(field: dict[str, Any]) -> str:
    """Return the type of a field of a JSON Schema in words."""
    kind = str(field.get("type", "anything"))
    if "anyOf" in field:
        words = " or ".join(type_words(choice) for choice in field["anyOf"])
    elif "$ref" in field:
        words = _title(field["$ref"].rpartition("/")[2])
    elif "enum" in field:
        words = "one of " + ", ".join(map(str, field["enum"]))
    elif "const" in field:
        words = str(field["const"])
    elif "prefixItems" in field:
        words = f"list of {len(field['prefixItems'])}"
    elif kind == "array":
        words = f"list: {type_words(field.get('items', {}))}"
    elif kind == "object":
        words = f"mapping: {type_words(field.get('additionalProperties') or {})}"
    else:
        words = "date" if field.get("format") == "date" else _PLAIN_TYPES.get(kind, kind)
    return words


def _title(name: str) -> str:
    """Return the name of a record inside another in lower case words: ``SourceFile``."""
    spaced = "".join(f" {mark}" if mark.isupper() else mark for mark in name)
    return spaced.strip().lower()


def _words(text: str) -> str:
    """Return a docstring as one line without the marks of its notation."""
    return " ".join(text.replace("``", "").split())
