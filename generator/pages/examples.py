"""Failures chosen as examples: always the same ones for the same content."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.errors import Problem
from generator.pages.edition import Edition, Population
from generator.pages.overall import MANY
from generator.records.benchmark import Benchmark, Item
from generator.records.keys import RunKey, output_text
from generator.records.messages import Message
from generator.records.turns import is_conversation
from generator.records.verdict import Verdict
from generator.stats.tables import records
from generator.store.content import Content
from generator.store.inline import read_items, read_predictions
from generator.store.kept import file_hash, recalled
from generator.store.ordering import natural
from generator.store.verdicts import read_verdicts
from generator.taxonomy.retirement import as_now

PER_CATEGORY: dict[Population, int] = {"annotated": 6, "all": 3, "planted": 4}
"""Examples on a category's page, by population."""
PER_RUN = 6
"""Examples of one run on a model's page."""

VerdictsOf = Callable[[str, str, Collection[str]], Iterable[Verdict]]
"""Gives the verdicts on some items of a run."""


class Text(NamedTuple):
    """What a page may show of a failure whose text is here."""

    item: Item
    """What was asked."""
    output: str
    """What the model put out, a conversation as its one text."""
    messages: tuple[Message, ...] = ()
    """The turns of a conversation; none where the output is a text or calls alone."""


TextsOf = Callable[[str, str, Collection[str]], Mapping[str, Text]]
"""Gives the texts of some items of a run by item id; none where the benchmark is withheld."""


@dataclass(frozen=True)
class Example:
    """One failure with the verdict that counts."""

    benchmark: str
    """Benchmark."""
    model: str
    """Model."""
    population: Population
    """Population that its run belongs to."""
    verdict: Verdict
    """What the judge that counts said."""
    text: Text | None
    """Item and output; None where the benchmark is withheld."""


@dataclass(frozen=True)
class Examples:
    """The examples of all pages."""

    by_category: Mapping[str, tuple[Example, ...]]
    """By category, spread over models."""
    by_run: Mapping[RunKey, tuple[Example, ...]]
    """By benchmark and model, spread over categories."""


class _Candidate(NamedTuple):
    run: RunKey
    population: Population
    item_id: str
    judge: str
    category: str


def pick_examples(
    edition: Edition,
    verdicts_of: VerdictsOf | None = None,
    texts_of: TextsOf | None = None,
) -> Examples:
    """Choose examples: the most confident verdicts first, then by item id.

    Args:
        edition: Content and numbers.
        verdicts_of: Gives the verdicts on a run; those of the content if None.
        texts_of: Gives texts of a run; those of the content if None.
    """
    candidates = _candidates(edition)
    of_category: dict[str, list[_Candidate]] = defaultdict(list)
    for population, most in PER_CATEGORY.items():
        among = candidates[candidates["population"] == population]
        for chosen in _listed(_spread(among, "category", "model", most)):
            of_category[chosen.category].append(chosen)
    of_run: dict[RunKey, list[_Candidate]] = defaultdict(list)
    for chosen in _listed(_spread(candidates, "together", "category", PER_RUN)):
        of_run[chosen.run].append(chosen)
    everything = [c for found in (*of_category.values(), *of_run.values()) for c in found]
    content = edition.content
    loaded = _load(
        everything,
        verdicts_of or (lambda *asked: read_current(content, *asked)),
        texts_of or texts_reader(content),
    )
    return Examples(
        {key: tuple(loaded[c] for c in found if c in loaded) for key, found in of_category.items()},
        {key: tuple(loaded[c] for c in found if c in loaded) for key, found in of_run.items()},
    )


def _candidates(edition: Edition) -> pd.DataFrame:
    """Return the failures with a category, settled as the numbers have them, the surest first.

    Returns:
        benchmark, model, item_id, judge, category; population; together (which runs stand together:
        those of a model that ran many benchmarks, else each run for itself).
    """
    populations = {(r.benchmark, r.model): r.population for r in edition.reports}
    # Runs that stand together are known by the place of the first of them.
    together: dict[RunKey, int] = {}
    for row in edition.overall:
        runs = [(report.benchmark, report.model) for report in row.reports]
        places = range(len(together), len(together) + len(runs))
        of_each = [places[0]] * len(runs) if len(runs) >= MANY else places
        together |= dict(zip(runs, of_each, strict=True))
    failures = edition.numbers.failures
    found = failures.loc[failures["category"].notna(), _COLUMNS]
    # Benchmark and model apart: pairs of texts, one for each failure, take far longer.
    (benchmark, benchmarks), (system, models) = (
        found[name].factorize(sort=True) for name in ("benchmark", "model")
    )
    pairs, code = np.unique(benchmark * max(len(models), 1) + system, return_inverse=True)
    named = [(benchmarks[pair // len(models)], models[pair % len(models)]) for pair in pairs]
    which, items = found["item_id"].factorize()
    keys = [natural(item) for item in items]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    item = np.array([ranks[key] for key in keys], dtype=int)[which]
    sure = found["confidence"].astype(float).fillna(0.0).to_numpy()
    ordered = np.lexsort((code, item, -sure))
    place = [together.get(run, -1) for run in named]
    of_run = np.array([populations.get(run, "") for run in named], dtype=object)
    told = found.assign(population=of_run[code], together=np.array(place, dtype=int)[code]).iloc[
        ordered
    ]
    return told[told["population"] != ""]


_COLUMNS = ["benchmark", "model", "item_id", "judge", "category", "confidence"]


def _spread(found: pd.DataFrame, group: str, kind: str, most: int) -> pd.DataFrame:
    """Take of each group one of each kind, then a second of each, until there are enough."""
    rank = found.groupby([group, kind], observed=True, sort=False).cumcount()
    ranked = found.iloc[np.argsort(rank.to_numpy(), kind="stable")]
    return ranked.groupby(group, observed=True, sort=False).head(most)


def _listed(found: pd.DataFrame) -> list[_Candidate]:
    return [
        _Candidate(
            (row["benchmark"], row["model"]), *(row[name] for name in _Candidate._fields[1:])
        )
        for row in records(found)
    ]


def _load(
    chosen: Iterable[_Candidate], verdicts_of: VerdictsOf, texts_of: TextsOf
) -> dict[_Candidate, Example]:
    """Read verdicts and texts, one run at a time."""
    by_run: dict[RunKey, set[_Candidate]] = defaultdict(set)
    for candidate in chosen:
        by_run[candidate.run].add(candidate)
    loaded = {}
    for run in sorted(by_run):
        wanted = {(c.item_id, c.judge): c for c in by_run[run]}
        items = {item_id for item_id, _ in wanted}
        texts = texts_of(*run, items)
        for verdict in verdicts_of(*run, items):
            place = (verdict.item_id, verdict.judge.name)
            if place in wanted:
                text = texts.get(verdict.item_id)
                population = wanted[place].population
                loaded[wanted[place]] = Example(*run, population, verdict, text)
    return loaded


def read_current(
    content: Content, benchmark: str, model: str, wanted: Collection[str]
) -> list[Verdict]:
    """Return the verdicts on some items of a run, retired ids read through their redirects."""
    path, items = content.layout.verdicts(benchmark, model), sorted(wanted)
    found = recalled(
        "verdicts on items", (file_hash(path), items), lambda: read_verdicts(path, items=items)
    )
    return [as_now(content.taxonomy, verdict) for verdict in found]


def texts_shown(benchmark: Benchmark) -> bool:
    """Tell whether pages may show the texts of a benchmark, and have them."""
    return benchmark.display == "full" and benchmark.source is None


def texts_reader(content: Content) -> TextsOf:
    """Return what gives the texts of some items of a run; none where the benchmark is withheld.

    Lines that are at fault are passed over: what the content says wrong is reported when it is
    validated, before anything is built. The items of a benchmark are read once for all its runs
    that are asked for one after the other.
    """

    @lru_cache(maxsize=1)
    def items_of(benchmark: str) -> dict[str, Item]:
        return read_items(content.layout, benchmark, [])

    def texts(benchmark: str, model: str, wanted: Collection[str]) -> dict[str, Text]:
        described = content.benchmarks[benchmark]
        if not texts_shown(described):
            return {}
        items, problems = items_of(benchmark), list[Problem]()
        run = (benchmark, model)
        predictions = read_predictions(content.layout, run, described, items, problems)
        return {
            prediction.item_id: Text(
                items[prediction.item_id],
                output_text(prediction),
                prediction.output if is_conversation(prediction.output) else (),
            )
            for prediction in predictions
            if prediction.item_id in wanted
        }

    return texts
