"""The rows of a data package: every attempt, every verdict. No text of a withheld benchmark."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from generator.records.taxonomy import Taxonomy
from generator.stats.published import counting
from generator.stats.slices import tags_of
from generator.stats.tables import FAILURE_COLUMNS, Tables
from generator.store.content import Content
from generator.store.parquet import read_table
from generator.taxonomy.retirement import current

ATTEMPTS = ("benchmark", "model", "item_id", "variant", "failed")
_FURTHER = ("judge_version", "prompt_hash", "taxonomy", "secondary", "evidence", "title")
VERDICTS = (*FAILURE_COLUMNS, *_FURTHER)
FAILURES = (*FAILURE_COLUMNS, "in_shares")
ITEMS = ("benchmark", "item_id", "tags")


def attempt_rows(tables: Tables) -> pd.DataFrame:
    """Return one row per item attempted and run; the answers themselves are left out."""
    rows = tables.answers[list(ATTEMPTS)].sort_values([*ATTEMPTS[:4]], kind="stable")
    return rows.reset_index(drop=True)


def item_rows(tables: Tables) -> pd.DataFrame:
    """Return one row per item with the slices that it belongs to.

    Tags that cut a benchmark into no slices are left out: they name items, or repeat their text.
    """
    frames = []
    for name, items in tables.items.groupby("benchmark", observed=True):
        cut = tags_of(items)
        kept = [
            {tag: value for tag, value in row.items() if value == value and value is not None}  # noqa: PLR0124
            # Old versions of pandas know no rows of a table without columns.
            for row in cut.to_dict("records") or [{}] * len(cut)
        ]
        told = [json.dumps(tags, ensure_ascii=False, sort_keys=True) for tags in kept]
        frame = pd.DataFrame({"item_id": cut.index.astype(str), "tags": told}, dtype=object)
        frames.append(frame.assign(benchmark=str(name)))
    if not frames:
        return pd.DataFrame(columns=list(ITEMS), dtype=object)
    rows = pd.concat(frames, ignore_index=True)[list(ITEMS)]
    return rows.sort_values(["benchmark", "item_id"], kind="stable").reset_index(drop=True)


def tagged(items: pd.DataFrame) -> pd.DataFrame:
    """Return rows of items with their tags as they are counted by.

    Raises:
        ValueError: Tags are not a JSON object of texts.
    """
    tags = [_tags(text) for text in items["tags"]]
    return items.assign(tags=pd.Series(tags, items.index, dtype=object))


def _tags(text: object) -> dict[str, str]:
    try:
        found: Any = json.loads(str(text))
    except RecursionError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        msg = "tags: not an object of texts"
        raise ValueError(msg)
    return found


def verdict_rows(content: Content, tables: Tables) -> pd.DataFrame:
    """Return one row per failure and judge that spoke on it, with who exactly the judge was.

    A verdict's summary, criteria and quotes may repeat words of the text and never leave; its
    title leaves where the text is shown anyway.
    """
    found = [_further(content, *key) for key in sorted(content.runs)]
    further = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    place = ["benchmark", "model", "item_id", "judge"]
    rows = tables.failures.merge(further, on=place, how="left", validate="one_to_one")
    return rows[list(VERDICTS)].sort_values(place, kind="stable").reset_index(drop=True)


def failure_rows(verdicts: pd.DataFrame, judges: Iterable[str]) -> pd.DataFrame:
    """Return one row per failure with the verdict that counts."""
    return counting(verdicts[list(FAILURE_COLUMNS)], tuple(judges))[list(FAILURES)]


def _further(content: Content, benchmark: str, model: str) -> pd.DataFrame:
    """Return what a file of verdicts says beyond what statistics need."""
    path = content.layout.verdicts(benchmark, model)
    shown = content.benchmarks[benchmark].display == "full"
    columns = ["item_id", "judge", *_FURTHER[:5], *(["title"] if shown else [])]
    if not path.is_file():
        return pd.DataFrame(columns=["benchmark", "model", "item_id", "judge", *_FURTHER])
    refused = f"{path.name}: not a Parquet file of verdicts: run `erroratlas judge` again"
    table = read_table(path, columns, refused)
    held = {name: table[name].to_pylist() for name in columns}
    made: dict[str, Any] = {
        **held,
        "secondary": [_secondary(content.taxonomy, ids) for ids in held["secondary"]],
        "evidence": [_spans(spans) for spans in held["evidence"]],
        "title": held.get("title", [None] * table.num_rows),
    }
    frame = pd.DataFrame(made, dtype=object)
    return frame.assign(benchmark=benchmark, model=model)


def _secondary(taxonomy: Taxonomy, ids: list[str] | None) -> str | None:
    """Return further categories under the ids of now."""
    if not ids:
        return None
    kept = (current(taxonomy, category, None)[0] for category in ids)
    return " ".join(dict.fromkeys(category for category in kept if category)) or None


def _spans(spans: list[Mapping[str, Any]] | None) -> str | None:
    """Return spans as offsets: what stands there is not repeated."""
    return " ".join(f"{span['start']}-{span['end']}" for span in spans or ()) or None
