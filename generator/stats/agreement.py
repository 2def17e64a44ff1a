"""How often a judge says what is known of a failure from elsewhere.

Everything is counted from pairs: what the judge answered, and what is known. An answer is the
category, for a fault of the model; else ``benchmark``, ``harness``, ``undetermined`` or
``no_verdict``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson
from generator.stats.kappa import Kappa, kappa
from generator.stats.tables import PLACE

PAIR_COLUMNS = ("benchmark", "rule", "said", "known", "acceptable")
RULE_COLUMNS = ("rule", "spoke", "right", "defensible")
ANSWER_COLUMNS = ("answer", "known", "said", "right")
SILENT = ("undetermined", "no_verdict")
"""Answers that name no cause."""


class Rate(NamedTuple):
    """How often something held, with Wilson's interval; the share of nothing is NaN."""

    held: int
    of: int
    share: float
    low: float
    high: float

    @classmethod
    def of_counts(cls, held: int, of: int, level: float) -> "Rate":
        """Return the rate of two counts.

        Source:
            Wilson's interval, see :func:`generator.stats.intervals.wilson`.
        """
        low, high = wilson(held, of, level)
        return cls(int(held), int(of), held / of if of else float("nan"), low, high)


@dataclass(frozen=True)
class Scores:
    """A judge held against what is known."""

    failures: int
    """Failures compared."""
    coverage: Rate
    """On how many of them the judge spoke; the interval is for others drawn in the same way."""
    precision: Rate
    """Where it spoke: how often it said what is known."""
    defensible: Rate
    """Where it spoke: the same, other answers that a careful labeller could defend counted in."""
    found: Rate
    """Of the failures with a known cause: how often the judge said it."""
    accuracy: Rate
    """Over all compared, *undetermined* being an answer like the others."""
    kappa: Kappa
    """Agreement beyond chance, over all compared."""
    kappa_spoken: Kappa
    """Agreement beyond chance, where the judge spoke."""
    rules: pd.DataFrame
    """One row per rule that settled: rule; spoke, right, defensible (int)."""
    answers: pd.DataFrame
    """One row per answer that occurs: answer; known, said, right (int)."""
    confusion: pd.DataFrame
    """One row per pair of answers that occurs: known, said; count (int)."""

    def precision_of(self, answer: str, level: float) -> Rate:
        """Return how often it held where the judge gave this answer.

        Source:
            van Rijsbergen (1979), Information Retrieval, chapter 7; Wilson's interval.
        """
        row = self._row(answer)
        return Rate.of_counts(row["right"], row["said"], level)

    def recall_of(self, answer: str, level: float) -> Rate:
        """Return how often the judge gave this answer where it holds.

        Source:
            van Rijsbergen (1979), Information Retrieval, chapter 7; Wilson's interval.
        """
        row = self._row(answer)
        return Rate.of_counts(row["right"], row["known"], level)

    def _row(self, answer: str) -> dict[str, Any]:
        found = self.answers[self.answers["answer"] == answer]
        return dict(found.iloc[0]) if len(found) else {"known": 0, "said": 0, "right": 0}


@dataclass(frozen=True)
class Compared:
    """Scores of a judge against one source of what is known."""

    against: str
    """Whose word is taken for what is known."""
    whole: Scores
    """All benchmarks together."""
    benchmarks: Mapping[str, Scores]
    """By benchmark."""


def answers(rows: pd.DataFrame) -> pd.Series:
    """Return the answer in each row of status, attribution and category."""
    category, attribution, status = (
        rows[name].to_numpy(object) for name in ("category", "attribution", "status")
    )
    fault = np.where(attribution == "model", category, attribution)
    return pd.Series(np.where(status == "verdict", fault, status), rows.index, dtype=object)


def pairs(verdicts: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return what a judge said beside what is known, a row per failure that both speak of.

    Args:
        verdicts: One row per failure: benchmark, model, item_id, status, attribution, category,
            rule.
        known: The same without ``rule``, and perhaps ``acceptable``: other categories that a
            careful labeller could defend (tuples).

    Returns:
        benchmark, rule, said, known, acceptable.
    """
    if "acceptable" not in known:
        nothing: list[tuple[str, ...]] = [()] * len(known)
        known = known.assign(acceptable=pd.Series(nothing, known.index, dtype=object))
    said = verdicts[[*PLACE, "rule"]].assign(said=answers(verdicts))
    told = known[[*PLACE, "acceptable"]].assign(known=answers(known))
    return said.merge(told, on=list(PLACE))[list(PAIR_COLUMNS)]


def score(paired: pd.DataFrame, level: float) -> Scores:
    """Score a judge.

    Args:
        paired: Rows of :func:`pairs`.
        level: Confidence level of the intervals.

    Source:
        van Rijsbergen (1979), Information Retrieval, chapter 7; Cohen's kappa, see ``kappa``.
    """
    same = paired["said"] == paired["known"]
    others = zip(paired["said"], paired["acceptable"], strict=True)
    defended = same | pd.Series([said in more for said, more in others], paired.index, dtype=bool)
    marked = paired.assign(right=same, defensible=defended)
    spoken = marked[~marked["said"].isin(SILENT)]
    caused = marked[~marked["known"].isin(SILENT)]
    return Scores(
        failures=len(paired),
        coverage=Rate.of_counts(len(spoken), len(paired), level),
        precision=Rate.of_counts(int(spoken["right"].sum()), len(spoken), level),
        defensible=Rate.of_counts(int(spoken["defensible"].sum()), len(spoken), level),
        found=Rate.of_counts(int(caused["right"].sum()), len(caused), level),
        accuracy=Rate.of_counts(int(same.sum()), len(paired), level),
        kappa=kappa(paired["said"], paired["known"], level),
        kappa_spoken=kappa(spoken["said"], spoken["known"], level),
        rules=_by_rule(spoken),
        answers=_by_answer(marked),
        confusion=_confusion(paired),
    )


def compare(paired: pd.DataFrame, level: float, against: str) -> Compared:
    """Score a judge on all failures and benchmark by benchmark.

    Args:
        paired: Rows of :func:`pairs`.
        level: Confidence level of the intervals.
        against: Whose word is taken for what is known.

    Source:
        As :func:`score`.
    """
    parts = paired.groupby("benchmark", observed=True)
    return Compared(
        against=against,
        whole=score(paired, level),
        benchmarks={str(name): score(part, level) for name, part in parts},
    )


def _by_rule(spoken: pd.DataFrame) -> pd.DataFrame:
    """Count how often each rule settled and was right, in the order of their names."""
    grouped = spoken[spoken["rule"].notna()].groupby("rule", observed=True)
    rows = [
        (rule, len(part), int(part["right"].sum()), int(part["defensible"].sum()))
        for rule, part in grouped
    ]
    return pd.DataFrame(rows, columns=list(RULE_COLUMNS))


def _by_answer(marked: pd.DataFrame) -> pd.DataFrame:
    """Count how often each answer was known, said, and both."""
    known, said = marked["known"].value_counts(), marked["said"].value_counts()
    right = marked.loc[marked["right"], "known"].value_counts()
    rows = [
        (answer, int(known.get(answer, 0)), int(said.get(answer, 0)), int(right.get(answer, 0)))
        for answer in sorted({*known.index, *said.index})
    ]
    return pd.DataFrame(rows, columns=list(ANSWER_COLUMNS))


def _confusion(paired: pd.DataFrame) -> pd.DataFrame:
    counted = paired.groupby(["known", "said"], observed=True).size()
    frame: pd.DataFrame = counted.rename("count").reset_index()
    return frame


def rule_rates(scores: Scores, level: float) -> Iterator[tuple[str, Rate, Rate]]:
    """Yield each rule with its precision, strict and counting defensible answers.

    Source:
        As :meth:`Scores.precision_of`.
    """
    for row in scores.rules.to_dict("records"):
        spoke = row["spoke"]
        yield (
            str(row["rule"]),
            Rate.of_counts(row["right"], spoke, level),
            Rate.of_counts(row["defensible"], spoke, level),
        )
