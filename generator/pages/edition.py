"""Content and numbers joined: what the pages of one edition draw on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import pandas as pd

from generator.judging.run import State, states
from generator.pages.overall import Overall, over_benchmarks
from generator.records.benchmark import Benchmark
from generator.records.keys import RunKey
from generator.records.model import Model
from generator.records.prediction import Run
from generator.records.proposal import Proposal
from generator.records.sample import Sample
from generator.stats.atlas import AtlasNumbers
from generator.stats.compositions import Composition
from generator.stats.parts import Part, part_of, parts_by_run
from generator.stats.proposals import is_stale
from generator.stats.similarity import Ground, Similarity
from generator.stats.tables import records
from generator.store.content import Content
from generator.store.proposals import read_proposals
from generator.store.samples import counting_samples

Population = Literal["annotated", "all", "planted"]
"""Which failures a number speaks of. The three are never put in one table or chart."""

HEADINGS: dict[Population, str] = {
    "annotated": "Language models, annotated sample",
    "all": "Language models, all failures, rules alone",
    "planted": "Programs with planted faults, not language models",
}
"""Headings of the three, in the order in which they are shown."""


STATES: dict[State, str] = {
    "fresh": "",
    "stale": "Judged from an earlier version of the text or by an earlier version of the rules.",
    "missing": "Not judged yet by the rules of this edition.",
}
"""What a page says of a run whose verdicts are not those that the rules would give now."""


class Attempt(NamedTuple):
    """How a model did on a benchmark."""

    attempted: int
    """Items answered."""
    failed: int
    """Items failed."""
    accuracy: float
    """Share of items solved."""
    low: float
    """Lower end of its interval."""
    high: float
    """Upper end of its interval."""


class Size(NamedTuple):
    """How large a file is."""

    rows: int
    """Rows."""
    data: int
    """Bytes."""


@dataclass(frozen=True)
class Report:
    """Everything known of one run."""

    benchmark: str
    """Slug of the benchmark."""
    model: str
    """Id of the model."""
    run: Run
    """How the predictions were made."""
    system: Model
    """Who made them."""
    items: Benchmark
    """What was asked."""
    attempt: Attempt | None
    """How it went; None where the predictions are not known."""
    own: Composition | None
    """What its failures are made of; None where there are none or none was looked at."""
    pool: Composition | None
    """The other runs on the same benchmark with the same basis."""
    rules_alone: Composition | None
    """What the rules settle among all its failures, where ``own`` rests on a sample."""
    rate_part: Part | None
    """How often each category occurs per item attempted; None where that is not known."""
    distinctive: tuple[Mapping[str, Any], ...]
    """How the categories that are distinctive of it compare with those of the pool, a row each."""
    corrected: Part
    """Shares corrected by what other judges say of all failures, a row each; may be empty."""
    carried: Part
    """Shares corrected by how rules erred on other models, a row each; may be empty."""
    sample: Sample | None
    """The sample that ``own`` rests on."""
    drawable: int | None
    """Failures of this run that the sample could be drawn from; None without a sample."""
    state: State
    """Whether the verdicts of the rules on it are those that they would give now."""

    @property
    def population(self) -> Population:
        """Which failures the numbers speak of."""
        if self.items.synthetic or self.system.kind == "program":
            return "planted"
        return "annotated" if self.own is not None and self.own.basis == "sample" else "all"


@dataclass(frozen=True)
class Edition:
    """One edition of the Atlas."""

    content: Content
    """What is committed."""
    numbers: AtlasNumbers
    """What was computed from it."""
    states: Mapping[RunKey, State] | None = None
    """Whether the verdicts of the rules on each run are those of now; found out here if None."""

    @cached_property
    def sizes(self) -> dict[str, Size]:
        """Rows and bytes of files that were made already, by path: some pages tell of them."""
        return {}

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """All runs: by population, then benchmark, then from the most accurate to the least."""
        made = [self._report(*key) for key in self.content.runs]
        places = list(HEADINGS)
        return tuple(
            sorted(
                made,
                key=lambda report: (
                    places.index(report.population),
                    report.benchmark,
                    -(report.attempt.accuracy if report.attempt else 0.0),
                    report.model,
                ),
            )
        )

    @cached_property
    def _attempts(self) -> dict[tuple[str, str], Attempt]:
        rows: list[dict[Any, Any]] = self.numbers.attempts.to_dict("records")
        return {
            (row["benchmark"], row["model"]): Attempt(
                int(row["attempted"]),
                int(row["failed"]),
                float(row["accuracy"]),
                float(row["low"]),
                float(row["high"]),
            )
            for row in rows
        }

    def _report(self, benchmark: str, model: str) -> Report:
        key = (benchmark, model)
        own = self.numbers.primary.get(key)
        drawn = self._sample(benchmark, model) if own and own.basis == "sample" else None
        sample, drawable = drawn or (None, None)
        return Report(
            benchmark=benchmark,
            model=model,
            run=self.content.runs[key],
            system=self.content.models[model],
            items=self.content.benchmarks[benchmark],
            attempt=self._attempts.get(key),
            own=own,
            pool=self.numbers.pool.get(key),
            rules_alone=self.numbers.rules_alone.get(key),
            rate_part=self.numbers.rates.parts.get(key),
            distinctive=self._distinctive.get(key, ()),
            corrected=self._of_run("corrected", key),
            carried=self._of_run("carried", key),
            sample=sample,
            drawable=drawable,
            state=self._states[key],
        )

    def _of_run(self, table: str, key: RunKey) -> Part:
        """Return the rows of a run in a table of all runs; it may have none."""
        return self._by_run[table].get(key, self._none[table])

    @cached_property
    def _by_run(self) -> Mapping[str, Mapping[RunKey, Part]]:
        tables = ("corrected", "carried")
        return {table: parts_by_run(getattr(self.numbers, table)) for table in tables}

    @cached_property
    def _none(self) -> Mapping[str, Part]:
        return {table: part_of(getattr(self.numbers, table).iloc[:0]) for table in self._by_run}

    @cached_property
    def _distinctive(self) -> Mapping[RunKey, tuple[Mapping[str, Any], ...]]:
        """What is called distinctive, by run; read at once, since few rows are of each."""
        rows = self.numbers.distinctive
        called = records(rows[rows["distinctive"].to_numpy(bool)]) if len(rows) else []
        found: dict[RunKey, list[Mapping[str, Any]]] = {}
        for row in called:
            found.setdefault((row["benchmark"], row["model"]), []).append(row)
        return {run: tuple(members) for run, members in found.items()}

    @cached_property
    def _states(self) -> Mapping[RunKey, State]:
        return states(self.content) if self.states is None else self.states

    def _sample(self, benchmark: str, model: str) -> tuple[Sample, int] | None:
        name = self._samples.get((benchmark, model))
        if name is None:
            return None
        sample = self.content.samples[name]
        strata = [part for part in sample.strata if part.run == (benchmark, model)]
        return sample, sum(part.population for part in strata)

    @cached_property
    def _samples(self) -> dict[tuple[str, str], str]:
        return counting_samples(self.content)

    @cached_property
    def _places_of(self) -> Mapping[Any, Any]:
        return self.numbers.settled.groupby("model", observed=True).indices

    def failures_of(self, model: str) -> pd.DataFrame | None:
        """Return the failures of a model, judged or not, a row each with the verdict that counts.

        None where it has none.
        """
        places = self._places_of.get(model)
        return None if places is None else self.numbers.settled.iloc[places].reset_index(drop=True)

    @cached_property
    def proposals(self) -> Mapping[str, Proposal]:
        """Proposals for the taxonomy by name."""
        return read_proposals(self.content)

    @cached_property
    def _stale(self) -> Mapping[str, bool]:
        return {name: is_stale(self.content, found) for name, found in self.proposals.items()}

    def is_stale(self, proposal: str) -> bool:
        """Tell whether failures, verdicts or the taxonomy changed since a proposal was built."""
        return self._stale[proposal]

    def of_model(self, model: str) -> tuple[Report, ...]:
        """Return the runs of a model."""
        return self._grouped["model"].get(model, ())

    def of_benchmark(self, benchmark: str) -> tuple[Report, ...]:
        """Return the runs on a benchmark."""
        return self._grouped["benchmark"].get(benchmark, ())

    def of_population(self, population: Population) -> tuple[Report, ...]:
        """Return the runs whose numbers speak of one population."""
        return self._grouped["population"].get(population, ())

    @cached_property
    def _grouped(self) -> Mapping[str, Mapping[str, tuple[Report, ...]]]:
        """All runs by what they have in common, in the order of ``reports``."""
        found: dict[str, dict[str, tuple[Report, ...]]] = {}
        for kind in ("model", "benchmark", "population"):
            groups: dict[str, list[Report]] = {}
            for report in self.reports:
                groups.setdefault(getattr(report, kind), []).append(report)
            found[kind] = {name: tuple(members) for name, members in groups.items()}
        return found

    def similarity_of(self, report: Report) -> Similarity | None:
        """Return the signatures that a run is comparable with; None where it is with none."""
        if report.own is None:
            return None
        found = self._similarities.get((report.benchmark, report.own.basis, report.own.judges))
        return found if found is not None and report.model in found.order else None

    @cached_property
    def _similarities(self) -> Mapping[Ground, Similarity]:
        return {one.ground: one for one in self.numbers.similarities}

    @cached_property
    def overall(self) -> tuple[Overall, ...]:
        """Every model over the benchmarks of a population; see ``pages.overall``."""
        level = self.content.atlas.confidence_level
        return tuple(over_benchmarks(self.reports, self.numbers.wordings, level))

    def overall_in(self, population: Population) -> tuple[Overall, ...]:
        """Return the models of one population, each over its benchmarks there."""
        return tuple(row for row in self.overall if row.population == population)
