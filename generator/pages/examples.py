"""Failures chosen as examples: always the same ones for the same content."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.errors import Problem
from generator.pages.edition import Edition, Population
from generator.pages.overall import MANY
from generator.records.benchmark import Item
from generator.records.keys import RunKey, output_text
from generator.records.messages import Message
from generator.records.turns import is_conversation
from generator.records.verdict import Verdict
from generator.stats.tables import records
from generator.store.content import Content
from generator.store.inline import read_items, read_predictions
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
    confidence: float


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
    candidates = sorted(
        _candidates(edition), key=lambda c: (-c.confidence, natural(c.item_id), c.run)
    )
    by_category: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_category[candidate.category].append(candidate)
    of_category = {
        category: [
            chosen
            for population, most in PER_CATEGORY.items()
            for chosen in _spread(
                [c for c in found if c.population == population], lambda c: c.run[1], most
            )
        ]
        for category, found in by_category.items()
    }
    of_run = _of_runs(edition, candidates)
    everything = [c for chosen in (*of_category.values(), *of_run.values()) for c in chosen]
    content = edition.content
    loaded = _load(
        everything,
        verdicts_of or (lambda *asked: read_current(content, *asked)),
        texts_of or (lambda *asked: read_texts(content, *asked)),
    )
    return Examples(
        {
            key: tuple(loaded[c] for c in chosen if c in loaded)
            for key, chosen in of_category.items()
        },
        {key: tuple(loaded[c] for c in chosen if c in loaded) for key, chosen in of_run.items()},
    )


def _of_runs(edition: Edition, candidates: Iterable[_Candidate]) -> dict[RunKey, list[_Candidate]]:
    """Choose for each run; for the runs of a model that ran many benchmarks, for all together.

    Args:
        edition: Content and numbers.
        candidates: The surest first.
    """
    # Runs that stand together are known by the first of them.
    first: dict[RunKey, RunKey] = {}
    for row in edition.overall:
        runs = [(report.benchmark, report.model) for report in row.reports]
        first |= dict.fromkeys(runs, runs[0]) if len(runs) >= MANY else {run: run for run in runs}
    together: dict[RunKey, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        together[first[candidate.run]].append(candidate)
    chosen: dict[RunKey, list[_Candidate]] = defaultdict(list)
    for found in together.values():
        for one in _spread(found, lambda c: c.category, PER_RUN):
            chosen[one.run].append(one)
    return chosen


def _candidates(edition: Edition) -> Iterable[_Candidate]:
    """Yield the failures with a category, settled as the numbers have them."""
    populations = {(r.benchmark, r.model): r.population for r in edition.reports}
    failures = edition.numbers.failures
    for row in records(failures[failures["category"].notna()]):
        run = (row["benchmark"], row["model"])
        confidence = row["confidence"]
        if run in populations:
            yield _Candidate(
                run,
                populations[run],
                row["item_id"],
                row["judge"],
                row["category"],
                float(confidence) if confidence == confidence else 0.0,  # noqa: PLR0124 - NaN
            )


def _spread(
    found: list[_Candidate], kind: Callable[[_Candidate], str], most: int
) -> list[_Candidate]:
    """Take one of each kind, then a second of each, until there are enough."""
    rank: dict[str, int] = defaultdict(int)
    ranked = []
    for place, candidate in enumerate(found):
        ranked.append((rank[kind(candidate)], place))
        rank[kind(candidate)] += 1
    return [found[place] for _, place in sorted(ranked)[:most]]


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
    path = content.layout.verdicts(benchmark, model)
    return [as_now(content.taxonomy, verdict) for verdict in read_verdicts(path, items=wanted)]


def read_texts(
    content: Content, benchmark: str, model: str, wanted: Collection[str]
) -> dict[str, Text]:
    """Return the texts of some items of a run; none where the benchmark is withheld.

    Lines that are at fault are passed over: what the content says wrong is reported when it is
    validated, before anything is built.
    """
    described = content.benchmarks[benchmark]
    if described.display != "full" or described.source is not None:
        return {}
    problems: list[Problem] = []
    items = read_items(content.layout, benchmark, problems)
    predictions = read_predictions(content.layout, (benchmark, model), described, items, problems)
    return {
        prediction.item_id: Text(
            items[prediction.item_id],
            output_text(prediction),
            prediction.output if is_conversation(prediction.output) else (),
        )
        for prediction in predictions
        if prediction.item_id in wanted
    }
