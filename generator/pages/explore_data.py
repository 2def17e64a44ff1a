"""What the page Explore loads: an index, a cube, byte columns, texts, and one shard per run."""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from generator.pages.edition import HEADINGS, Edition, Population
from generator.pages.escaping import visible
from generator.pages.explore_columns import KEPT, coded, cube, pack, percent
from generator.pages.explore_shards import TEXTS_AT_A_TIME, Shard, Texts, shards_begun
from generator.pages.explore_texts import words
from generator.pages.links import EXPLORE, benchmark_path, category_path, href, model_path
from generator.pages.slices import SLICES
from generator.pages.tables import OUTCOME_NAMES
from generator.store.aside import recalled_aside
from generator.store.ordering import natural

FOLDER = "explore.data"
"""Where the files lie, beside the page."""
POPULATIONS: dict[Population, str] = {
    "annotated": HEADINGS["annotated"],
    "all": "Language models, failures outside the samples, mostly judged by rules alone",
    "planted": HEADINGS["planted"],
}
"""The three kinds of failures that are never counted together without a word."""
STATUSES = {"verdict": "Verdict", "undetermined": "Undetermined", "no_verdict": "No verdict"}
Codes = dict[str, "np.ndarray[Any, np.dtype[np.uint32]]"]


class Value(NamedTuple):
    """A value of a column, as the reader sees it."""

    id: str
    """As in addresses and files."""
    name: str
    """As shown."""
    href: str = ""
    """Page that it leads to, as seen from Explore; empty for none."""


class Explored(NamedTuple):
    """Everything that Explore shows."""

    values: dict[str, list[Value]]
    """Values of each column, in the order of their codes; code 0 is *none* and not listed."""
    cube: pd.DataFrame
    """Codes of the columns of ``KEPT``, and how many failures have them."""
    files: dict[str, bytes]
    """The files, by path below the folder of all pages."""


def explored(edition: Edition) -> Explored:
    """Return the data of the page, the same bytes for the same content.

    Raises:
        ContentError: A line of an inline benchmark is at fault.
    """
    return explored_begun(edition)()()


def explored_begun(edition: Edition) -> Callable[[], Callable[[], Explored]]:
    """Begin the files of the runs, and return how to go on with them; see :func:`explored`.

    What goes on packs the texts, and returns how to get the data.
    """
    rows = _ordered(edition)
    return partial(_gathered, edition, rows, shards_begun(edition.content, rows, FOLDER))


def _gathered(
    edition: Edition, rows: pd.DataFrame, shards: Sequence[Shard]
) -> Callable[[], Explored]:
    subjects = _subjects(edition, rows)
    values = _values(edition, rows, subjects)
    texts = Texts()
    files: dict[str, bytes] = {}
    for path, made in shards:
        said, files[path] = made()
        texts.add(said)
    codes = {
        **_codes(edition, rows, values, subjects),
        "text": np.array(texts.codes, dtype=np.uint32),
    }
    counted = cube(codes)
    whole, small = pack({name: codes[name] for name in codes if name != "run"}), pack(counted)
    files[f"{FOLDER}/failures.bin"] = whole.data
    files[f"{FOLDER}/cube.bin"] = small.data
    worth = len(texts) > _MANY
    packed = {
        # Not as .gz, which some servers hand out unpacked and some do not.
        f"{FOLDER}/texts/{place}.z": _packed_begun(_json(part), worth=worth)
        for place, part in enumerate(texts.parts())
    }
    index = {
        **_index(edition, rows, values),
        "cube": {"rows": small.rows, "columns": small.columns},
        "failures": {"rows": whole.rows, "columns": whole.columns},
        "texts": {"count": len(texts), "each": TEXTS_AT_A_TIME},
    }
    files[f"{FOLDER}/index.json"] = _json(index)

    def finish() -> Explored:
        texts = {path: made() for path, made in packed.items()}
        return Explored(values, pd.DataFrame(counted), files | texts)

    return finish


def _ordered(edition: Edition) -> pd.DataFrame:
    """Return the failures, those of a run together, in the order of their items."""
    rows = edition.numbers.settled
    place = {item: rank for rank, item in enumerate(sorted(rows["item_id"].unique(), key=natural))}
    placed = rows.assign(_place=rows["item_id"].map(place))
    placed = placed.sort_values(["benchmark", "model", "_place"], kind="stable")
    return placed.drop(columns="_place").reset_index(drop=True)


def _rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of each row; as lists, which are read much faster than columns."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _runs(rows: pd.DataFrame) -> list[tuple[str, str]]:
    runs = rows[["benchmark", "model"]].drop_duplicates()
    return [(str(benchmark), str(model)) for benchmark, model in runs.itertuples(index=False)]


def _values(edition: Edition, rows: pd.DataFrame, subjects: pd.Series) -> dict[str, list[Value]]:
    content = edition.content
    tree = content.taxonomy
    entries = [(entry, href(EXPLORE, category_path(entry.id))) for entry in tree.categories]
    known = {f"{entry.id}/{part.id}" for entry in tree.categories for part in entry.subcategories}
    others = sorted(set(_subcategories(rows).dropna().unique()) - known)
    return {
        "population": [Value(name, text) for name, text in POPULATIONS.items()],
        "benchmark": [
            Value(name, visible(content.benchmarks[name].name), href(EXPLORE, benchmark_path(name)))
            for name in sorted(rows["benchmark"].unique())
        ],
        "model": [
            Value(name, visible(content.models[name].name), href(EXPLORE, model_path(name)))
            for name in sorted(rows["model"].unique())
        ],
        "category": [
            Value(entry.id, visible(f"{entry.id} {entry.name}"), at) for entry, at in entries
        ],
        "subcategory": [
            Value(f"{entry.id}/{part.id}", visible(f"{entry.id} {part.name}"), f"{at}#{part.id}")
            for entry, at in entries
            for part in entry.subcategories
        ]
        + [Value(name, name) for name in others],
        "attribution": [Value(kind.id, _fault(kind.id, kind.name)) for kind in tree.attributions],
        "status": [Value(name, text) for name, text in STATUSES.items()],
        "judge": [Value(name, name) for name in sorted(rows["judge"].unique())],
        "subject": [Value(name, visible(name)) for name in sorted(subjects.dropna().unique())],
    }


def _fault(kind: str, name: str) -> str:
    return OUTCOME_NAMES.get(kind, name).split(",", maxsplit=1)[0]


def _subjects(edition: Edition, rows: pd.DataFrame) -> pd.Series:
    """Return the subject or task of each failure's item; missing where it has none."""
    wordings = edition.numbers.wordings
    found = {
        (benchmark, item_id): next((tags[name] for name in SLICES if name in tags), None)
        for benchmark, item_id, tags in _rows(wordings, "benchmark", "item_id", "tags")
    }
    places = _rows(rows, "benchmark", "item_id")
    return pd.Series([found.get(place) for place in places], rows.index, dtype=object)


def _subcategories(rows: pd.DataFrame) -> pd.Series:
    """Return category and subcategory of each failure as one id; missing without either."""
    both = rows["subcategory"].notna() & rows["category"].notna()
    joined = rows["category"].astype(object) + "/" + rows["subcategory"].astype(object)
    return joined.where(both, None)


def _codes(
    edition: Edition, rows: pd.DataFrame, values: dict[str, list[Value]], subjects: pd.Series
) -> Codes:
    """Return the code of each failure in each column."""
    runs = {run: place for place, run in enumerate(_runs(rows))}
    places = [runs[run] for run in _rows(rows, "benchmark", "model")]
    found = {
        "population": _populations(edition, rows),
        "status": rows["status"],
        "attribution": rows["attribution"],
        "category": rows["category"],
        "subcategory": _subcategories(rows),
        "judge": rows["judge"],
        "subject": subjects,
    }
    codes = {
        name: coded(column, [value.id for value in values[name]]) for name, column in found.items()
    }
    return {
        "run": np.array(places, dtype=np.uint32),
        **codes,
        "confidence": percent(rows["confidence"]),
    }


def _populations(edition: Edition, rows: pd.DataFrame) -> pd.Series:
    """Return which population each failure belongs to."""
    planted = {(r.benchmark, r.model) for r in edition.of_population("planted")}
    sampled = rows["weight"].notna().tolist()
    named = [
        "planted" if run in planted else "annotated" if weighed else "all"
        for run, weighed in zip(_rows(rows, "benchmark", "model"), sampled, strict=True)
    ]
    return pd.Series(named, rows.index, dtype=object)


def _index(edition: Edition, rows: pd.DataFrame, values: dict[str, list[Value]]) -> dict[str, Any]:
    """Return what is known of the values, the runs and the edition."""
    sizes = rows.groupby(["benchmark", "model"], observed=True, sort=False).size()
    starts = sizes.cumsum() - sizes
    names = {kind: [one.id for one in values[kind]] for kind in ("benchmark", "model")}
    return {
        "edition": edition.content.atlas.edition,
        "words": words(edition.content.atlas.confidence_level),
        "z": NormalDist().inv_cdf((1 + edition.content.atlas.confidence_level) / 2),
        "values": {kind: [list(value) for value in listed] for kind, listed in values.items()},
        "runs": [
            {
                "benchmark": names["benchmark"].index(benchmark) + 1,
                "model": names["model"].index(model) + 1,
                "start": int(starts[benchmark, model]),
                "rows": int(sizes[benchmark, model]),
            }
            for benchmark, model in _runs(rows)
        ],
    }


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode()


_MANY = 20_000
"""Texts from which a process of its own is worth starting."""


def _packed_begun(data: bytes, *, worth: bool) -> Callable[[], bytes]:
    return recalled_aside("explore texts", data, partial(zlib.compress, data, 9), worth=worth)


def counts_by(found: Explored, kinds: Sequence[str]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield how many failures there are for each combination of codes, as the browser counts."""
    if unknown := set(kinds) - set(KEPT):
        msg = f"the cube has no column {min(unknown)}"
        raise ValueError(msg)
    counted = found.cube.groupby(list(kinds))["count"].sum()
    for key, number in counted.items():
        yield tuple(map(int, key if isinstance(key, tuple) else (key,))), int(number)
