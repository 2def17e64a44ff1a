"""Made-up numbers for charts: the committed taxonomy, failures dealt out by a fixed rule."""

from pathlib import Path

import pandas as pd
import yaml

from generator.records.taxonomy import Taxonomy
from generator.stats.agreement import PAIR_COLUMNS, Scores, score
from generator.stats.compositions import Composition, compose

LEVEL = 0.95


def taxonomy(content_root: Path) -> Taxonomy:
    text = (content_root / "taxonomy" / "atlas.yml").read_text(encoding="utf-8")
    return Taxonomy.model_validate(yaml.safe_load(text))


def failures(tree: Taxonomy, turn: int, count: int, weight: float | None = None) -> pd.DataFrame:
    """Return ``count`` failures; ``turn`` moves the categories that they pile up in."""
    ids = [category.id for category in tree.categories]
    rows = []
    for place in range(count):
        kind = place % 10
        status, attribution, category = "verdict", "model", None
        if kind == 0:
            status = "undetermined"
        elif kind == 1 and place % 20 == 1:
            attribution = "benchmark"
        elif kind == 1 and place % 60 == 11:
            attribution = "harness"
        else:
            category = ids[(turn + (place * place) % 13 % 7 * (1 + turn % 3)) % len(ids)]
        rows.append(
            {
                "benchmark": "sums",
                "model": "lab__one",
                "item_id": f"q{place}",
                "status": status,
                "attribution": attribution,
                "category": category,
                "subcategory": _part(tree, category, place),
                "judge": "annotator" if weight else "rules",
                "weight": float("nan") if weight is None else weight,
            }
        )
    return pd.DataFrame(rows)


def _part(tree: Taxonomy, category: str | None, place: int) -> str | None:
    """Return a subcategory of most failures that have a category."""
    for entry in tree.categories:
        if entry.id == category and place % 4:
            return entry.subcategories[place % len(entry.subcategories)].id
    return None


def made_up(tree: Taxonomy, turn: int, count: int, weight: float | None = None) -> Composition:
    ids = [category.id for category in tree.categories]
    return compose(failures(tree, turn, count, weight), ids, LEVEL)


def scores(tree: Taxonomy, *, silent: bool = False) -> Scores:
    """Return the scores of a judge that is silent or off by one category now and then."""
    ids = [category.id for category in tree.categories]
    rows = []
    for place in range(60):
        known = "undetermined" if place % 11 == 0 else ids[place % 7]
        said = known if place % 3 else "undetermined" if place % 2 else ids[(place + 1) % 7]
        rows.append(("sums", None, "undetermined" if silent else said, known, ()))
    return score(pd.DataFrame(rows, columns=list(PAIR_COLUMNS), dtype=object), LEVEL)
