"""``erroratlas compare MODEL MODEL``: fairly or not at all."""

import json
import math
from typing import Any

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.scores import aligned
from generator.stats.atlas import by_run, primary_rows
from generator.stats.collect import collect
from generator.stats.comparison import Comparison, fair_comparison, shared_items
from generator.stats.compositions import compose
from generator.stats.tables import settled

LEAST = 0.001
"""Smallest p-value that is written out."""


def compare_models(project: Project, first: str, second: str, *, rules: bool, form: str) -> None:
    """Say by how much each kind of failure is more frequent with one model than with another."""
    content = load(project)
    for name in (first, second):
        if name not in content.models:
            msg = f"{name!r}: no such model: give one of those in content/models"
            raise click.BadArgumentUsage(msg)
    atlas = content.atlas
    tables = collect(content)
    spoken = tables.failures[tables.failures["model"].isin([first, second])]
    if rules:
        rows = settled(spoken, ["rules"]).assign(weight=float("nan"))
    else:
        rows = primary_rows(settled(spoken, atlas.judges))
    categories = [entry.id for entry in content.taxonomy.categories]
    compositions = {
        key: compose(part, categories, atlas.confidence_level) for key, part in by_run(rows).items()
    }
    found = fair_comparison(
        shared_items(tables.answers, first, second),
        tables.items,
        rows,
        compositions,
        (first, second),
        categories=categories,
        level=atlas.confidence_level,
    )
    click.echo(_json(found) if form == "json" else _text(found))


def _json(found: Comparison) -> str:
    about = {
        "first": found.first,
        "second": found.second,
        "ground": found.ground,
        "shared_items": found.items,
        "mix": dict(found.mix),
        "says": found.says,
    }
    table = json.loads(found.table.to_json(orient="records"))
    return json.dumps({**about, "rows": table}, indent=2)


def _chance(p: float) -> str:
    """Return a p or q in words that never say that it is 0."""
    if math.isnan(p):
        return "-"
    return f"{p:.3f}" if p >= LEAST else f"below {LEAST}"


def _text(found: Comparison) -> str:
    heads = ["per cent", "of", found.first, found.second, "difference", "p", "q"]
    seen = found.table[(found.table["first"] > 0) | (found.table["second"] > 0)]
    records: list[dict[Any, Any]] = seen.to_dict("records")
    rows = [
        [
            row["name"],
            row["of"],
            f"{row['first'] * 100:.1f}",
            f"{row['second'] * 100:.1f}",
            f"{row['difference'] * 100:+.1f} ({row['low'] * 100:.1f} to {row['high'] * 100:.1f})",
            _chance(row["p"]),
            _chance(row["q"]),
        ]
        for row in records
    ]
    return f"{found.says}\n\n{aligned([heads, *rows])}" if rows else found.says
