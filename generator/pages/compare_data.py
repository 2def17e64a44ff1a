"""What the page Compare loads: an index, and one file per model with what became of every item.

A model's file holds its runs one after the other; the index says where each begins. A run is a byte
for each wording of its benchmark (``generator.stats.vectors``), then, where failures were drawn,
how many each of them stands for (eight bytes each, little-endian). No text of an item or of an
output is in it.
"""

import json
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

from generator.charts.theme import GROUPS
from generator.pages.compare_texts import POPULATIONS, Ground, words
from generator.pages.edition import Edition
from generator.pages.escaping import visible
from generator.pages.links import COMPARE, benchmark_path, category_path, href, model_path
from generator.pages.tables import OUTCOME_NAMES
from generator.stats.comparison import FEWEST_SHARED
from generator.stats.vectors import Vector, labels, wordings

FOLDER = "compare.data"
"""Where the files lie, beside the page."""


class Entry(NamedTuple):
    """A run as it can be compared."""

    population: Ground
    """Population that its failures are of."""
    vector: Vector
    """What became of its items."""


def compare_files(edition: Edition) -> dict[str, bytes]:
    """Return the files, by path below the folder of all pages; the same for the same content."""
    entries = entries_of(edition)
    files: dict[str, list[bytes]] = {}
    for _, vector in entries:
        weights = vector.weights.to_numpy("<f8").tobytes()
        files.setdefault(vector.model, []).append(vector.codes.tobytes() + weights)
    index = json.dumps(_index(edition, entries), ensure_ascii=False, allow_nan=False)
    return {
        f"{FOLDER}/index.json": (index + "\n").encode(),
        **{f"{FOLDER}/{model}.bin": b"".join(parts) for model, parts in files.items()},
    }


def entries_of(edition: Edition) -> list[Entry]:
    """Return what can be compared, by population, model and benchmark."""
    content = edition.content
    found: dict[tuple[int, str, str], Entry] = {}
    for vector in edition.numbers.vectors:
        system, asked = content.models[vector.model], content.benchmarks[vector.benchmark]
        population: Ground = "all" if vector.judges == ("rules",) else "judged"
        if len(vector.weights):
            population = "annotated"
        if asked.synthetic or system.kind == "program":
            if len(vector.weights):
                continue  # a sample of a program's failures is of none of the populations
            population = "planted"
        place = list(POPULATIONS).index(population)
        # Of two that are of one population, the verdicts that count come first.
        found.setdefault((place, vector.model, vector.benchmark), Entry(population, vector))
    return [found[key] for key in sorted(found)]


def _index(edition: Edition, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return what is known of models, benchmarks, labels and runs."""
    content = edition.content
    level = content.atlas.confidence_level
    models = sorted({vector.model for _, vector in entries})
    return {
        "edition": content.atlas.edition,
        "level": level,
        "z": NormalDist().inv_cdf((1 + level) / 2),
        "fewest": FEWEST_SHARED,
        "first": {kind: _first(edition, entries, kind) for kind in ("models", "benchmarks")},
        "words": words(level),
        "categories": len(content.taxonomy.categories),
        **_labels(edition),
        "benchmarks": _benchmarks(edition, entries),
        "models": {
            name: [visible(content.models[name].name), href(COMPARE, model_path(name))]
            for name in models
        },
        "runs": _runs(entries),
    }


def _first(edition: Edition, entries: Sequence[Entry], kind: str) -> dict[str, str]:
    """Return what is compared before anything is chosen: a population, and two or more of it."""
    for population in POPULATIONS:
        own = [vector for at, vector in entries if at == population]
        known = sorted({vector.model if kind == "models" else vector.benchmark for vector in own})
        steps = [(pair.step.first, pair.step.second) for pair in edition.numbers.comparisons]
        pairs = [pair for pair in steps if set(pair) <= set(known)]
        chosen = pairs[0] if pairs else known[: 2 if kind == "models" else 6]
        if len(chosen) > 1:
            return {"kind": kind, **_chosen(kind, chosen), "population": population}
    return {"kind": kind, **_chosen(kind, ())}


def _chosen(kind: str, ids: Sequence[str]) -> dict[str, str]:
    empty = {"models": "", "benchmarks": "", "mode": "", "measure": "", "population": ""}
    return {**empty, kind: ",".join(ids)}


def _labels(edition: Edition) -> dict[str, Any]:
    """Return the labels, and their blocks: a group each with its colours, then the outcomes."""
    tree = edition.content.taxonomy
    entries = {entry.id: entry for entry in tree.categories}
    names = labels(list(entries))
    made = [
        [
            name,
            f"{name} {visible(entries[name].name)}",
            href(COMPARE, category_path(name)),
        ]
        if name in entries
        else [name, OUTCOME_NAMES[name], ""]
        for name in names
    ]
    blocks: list[list[Any]] = [
        [
            visible(group.name),
            *(palette[place % len(palette)] for palette in GROUPS.values()),
            [at for at, name in enumerate(entries) if entries[name].group == group.id],
        ]
        for place, group in enumerate(tree.groups)
    ]
    return {
        "labels": made,
        "blocks": [*blocks, ["", "", "", list(range(len(entries), len(names)))]],
    }


def _benchmarks(edition: Edition, entries: Sequence[Entry]) -> dict[str, list[Any]]:
    """Return of each: name, page, items, and the wordings of the same item as the one before."""
    asked = wordings(edition.numbers.wordings)
    made = {}
    for name in sorted({vector.benchmark for _, vector in entries}):
        items = asked.loc[asked["benchmark"] == name, "item_id"].reset_index(drop=True)
        again = items.index[items == items.shift()].tolist()
        shown = visible(edition.content.benchmarks[name].name)
        made[name] = [shown, href(COMPARE, benchmark_path(name)), int(items.nunique()), again]
    return made


def _runs(entries: Sequence[Entry]) -> list[list[Any]]:
    """Return population, benchmark, model, start, wordings, weights, whether whole, judges."""
    made, ends = [], dict.fromkeys((vector.model for _, vector in entries), 0)
    for population, vector in entries:
        start, length, drawn = ends[vector.model], len(vector.codes), len(vector.weights)
        ends[vector.model] = start + length + 8 * drawn
        judges = " and ".join(vector.judges)
        place = (population, vector.benchmark, vector.model)
        made.append([*place, start, length, drawn, int(vector.whole), judges])
    return made
