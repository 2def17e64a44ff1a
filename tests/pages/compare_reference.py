"""What the page Compare must show, put together from ``generator.stats``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from generator.stats.comparison import paired, shared_items
from generator.stats.compositions import Composition, compose
from generator.stats.designs import OUTCOMES
from generator.stats.differences import (
    clustered_mix,
    clustered_rate,
    discovered,
    independent_difference,
)
from generator.stats.intervals import wilson_size
from generator.stats.mixes import mix_adjusted, mix_tested, mixed_rates, reference_mix
from generator.stats.parts import part_of
from generator.stats.pooled import tested
from generator.stats.rates import outcome_rates, rates
from generator.stats.tables import Tables, settled
from tests.pages.compare_world import JUDGED, JUDGES, LEVEL, PROGRAMS

BESIDE = [name for name in OUTCOMES if name != "model"]


@dataclass(frozen=True)
class Reference:
    """One population of the made-up Atlas."""

    tables: Tables
    categories: tuple[str, ...]
    population: str

    @property
    def rows(self) -> pd.DataFrame:
        """The failures with the verdicts that count in the population."""
        ruled = settled(self.tables.failures, ["rules"]).assign(weight=float("nan"))
        programs = ruled["model"].isin(PROGRAMS)
        counting = settled(self.tables.failures, JUDGES)
        if self.population == "annotated":
            return counting[counting["weight"].notna()]
        if self.population == "judged":
            return counting[counting["model"].isin(JUDGED)]
        return ruled[programs] if self.population == "planted" else ruled[~programs]

    def of(self, model: str, benchmarks: Sequence[str], rows: pd.DataFrame) -> Composition:
        kept = rows[(rows["model"] == model) & rows["benchmark"].isin(benchmarks)]
        return compose(kept, self.categories, LEVEL)

    def per_item(self, own: Composition, answers: pd.DataFrame) -> pd.DataFrame:
        """Return the rates of categories and outcomes: name, share, low, high."""
        n = (len(answers), int(answers["failed"].sum()))
        return pd.concat([rates(own, *n, LEVEL), outcome_rates(own, *n, LEVEL)], ignore_index=True)

    def tried(self, model: str, benchmarks: Sequence[str]) -> pd.DataFrame:
        answers = self.tables.answers
        return answers[(answers["model"] == model) & answers["benchmark"].isin(benchmarks)]

    def each(self, model: str, benchmarks: Sequence[str], measure: str) -> pd.DataFrame:
        own = self.of(model, benchmarks, self.rows)
        if measure == "share":
            return as_shares(own)
        return as_rates(self.per_item(own, self.tried(model, benchmarks)))

    def shared(
        self, models: Sequence[str], benchmarks: Sequence[str], measure: str
    ) -> list[pd.DataFrame]:
        """Return every model on the items that all of them attempted in one wording."""
        place = ["benchmark", "item_id", "variant"]
        common = self.tried(models[0], benchmarks)[place]
        for model in models[1:]:
            common = common.merge(self.tried(model, benchmarks)[place], on=place)
        made = []
        for model in models:
            rows = self.rows.merge(common[place[:2]], on=place[:2])
            own = self.of(model, benchmarks, rows)
            tried = self.tried(model, benchmarks).merge(common, on=place)
            made.append(
                as_shares(own) if measure == "share" else as_rates(self.per_item(own, tried))
            )
        return made

    def paired(self, models: tuple[str, str], benchmarks: Sequence[str]) -> pd.DataFrame:
        answers = self.tables.answers[self.tables.answers["benchmark"].isin(benchmarks)]
        shared = shared_items(answers, *models)
        return paired(shared, self.rows, models, self.categories, LEVEL)

    def mixed(self, model: str, benchmarks: Sequence[str], measure: str) -> pd.DataFrame:
        mix = reference_mix(self.tables.items, benchmarks)
        parts = {name: self.of(model, [name], self.rows) for name in mix}
        if measure == "share":
            return adjusted(parts, mix)
        often = {name: self.per_item(own, self.tried(model, [name])) for name, own in parts.items()}
        return mixed_rates({name: part_of(one) for name, one in often.items()}, mix, LEVEL)

    def benchmark(
        self, benchmark: str, models: Sequence[str], measure: str, *, mixed: bool = False
    ) -> pd.DataFrame:
        """Return a benchmark with the failures of some models together, or each weighing alike."""
        rows = self.rows[(self.rows["benchmark"] == benchmark) & self.rows["model"].isin(models)]
        if self.population == "annotated":
            if not mixed:
                return as_shares(compose(rows, self.categories, LEVEL))
            parts = {model: self.of(model, [benchmark], rows) for model in models}
            return adjusted(parts, dict.fromkeys(models, 1 / len(models)))
        answers = self.tables.answers
        tried = answers[(answers["benchmark"] == benchmark) & answers["model"].isin(models)]
        told = rows["category"].fillna(rows["attribution"]).fillna(rows["status"])
        groups = [[model] for model in models] if mixed else [models]
        found = []
        for name in (*self.categories, *BESIDE):
            inside = rows if name in BESIDE else rows[rows["category"].notna()]
            cases = tried if measure == "rate" else inside
            counted = [
                (
                    _by_item(rows[(told == name) & rows["model"].isin(group)]),
                    _by_item(cases[cases["model"].isin(group)]),
                )
                for group in groups
            ]
            items = sorted(set(cases["item_id"]))
            parts = [
                (hits.reindex(items, fill_value=0), of.reindex(items, fill_value=0))
                for hits, of in counted
            ]
            weights = [1 / len(groups)] * len(groups)
            rate, span = (
                clustered_mix(parts, weights, LEVEL) if mixed else clustered_rate(*parts[0], LEVEL)
            )
            found.append((name, rate, span.low, span.high))
        return pd.DataFrame(found, columns=["name", "share", "low", "high"])

    def independent(self, one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
        """Return the difference of two that are taken as independent, with p and q."""
        made = independent_difference(one, other)
        if "mix" in one.attrs:
            found = mix_tested(one.attrs["parts"], other.attrs["parts"], one.attrs["mix"])
            p = pd.Series(found, made.index)
        else:
            p = tested(*(sized(part) for part in (one, other)))
        return made.assign(p=p, q=discovered(p.iloc[: len(self.categories)]))


def adjusted(parts: Mapping[str, Composition], mix: Mapping[str, float]) -> pd.DataFrame:
    """Return shares at a mix, along with what they were made from."""
    made = mix_adjusted(parts, mix, LEVEL)
    made.attrs = {"parts": parts, "mix": mix}
    return made


def sized(part: pd.DataFrame) -> pd.DataFrame:
    """Return shares with the numbers of failures that their intervals stand for."""
    return part.assign(effective=wilson_size(part["share"], part["low"], part["high"], LEVEL))


def _by_item(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("item_id").size()


def as_shares(own: Composition) -> pd.DataFrame:
    """Return shares of the classified, then of the outcomes: name, share, low, high."""
    beside = own.outcomes[own.outcomes["outcome"] != "model"].rename(columns={"outcome": "name"})
    made = [own.shares.rename(columns={"category": "name"}), beside]
    return pd.concat(made, ignore_index=True)[["name", "share", "low", "high"]]


def as_rates(made: pd.DataFrame) -> pd.DataFrame:
    """Return rates by the names that shares have."""
    return made.set_axis(["name", "share", "low", "high"], axis=1)
