"""Items whose reference may be wrong, ranked with the evidence."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_ends
from generator.stats.votes import leading, votes_of
from generator.store.ordering import natural

AGREEING = 0.75
"""Share of the strong models' answers that must be the same other answer."""
FEWEST = 3
"""Strong models that must have given an answer."""
SOLUTION_RULE = "solution-differs"
"""Rule that holds a worked solution against the reference."""

EVIDENCE = {
    "agreement": "strong models agree on another answer",
    "references": "references differ between files",
    "solution": "the worked solution comes to another answer",
    "verdicts": "a judge found the benchmark at fault",
}
"""Kinds of evidence, in words."""

COLUMNS = (
    "rank", "benchmark", "item_id", "variant", "kinds", "agreement", "references_differ",
    "solution_differs", "verdicts", "strong", "strong_agreeing", "share", "low", "high",
    "strong_solved", "models", "agreeing", "solved", "margin", "references", "solution_findings",
    "agreeing_models",
)  # fmt: skip
"""Columns of ``suspects``, see there."""


def strong_models(answers: pd.DataFrame) -> list[str]:
    """Return the upper third of the models by accuracy, the most accurate first; at least three.

    Args:
        answers: Items attempted on one benchmark.
    """
    accuracy = 1 - answers.groupby("model", observed=True)["failed"].mean()
    ordered = accuracy.sort_values(ascending=False, kind="stable")
    return [str(model) for model in ordered.index[: max(FEWEST, round(len(ordered) / 3))]]


def suspects(
    answers: pd.DataFrame,
    items: pd.DataFrame,
    failures: pd.DataFrame,
    judges: Sequence[str],
    level: float,
) -> pd.DataFrame:
    """Return the items of one benchmark that any evidence speaks against, the most suspect first.

    Ranked by the kinds of evidence (see ``EVIDENCE``), then by ``margin`` and counts. The margin
    is the weight of the models that give the most supported other answer, less that of the
    models whose answer counted as right. A model weighs the log-odds that it is right rather
    than wrong in this one way, given its accuracy and how many wrong answers items draw, and
    never less than nothing. Models share errors, so the margin orders items and is no
    probability.

    Args:
        answers: Items attempted on the benchmark, see ``generator.stats.tables``.
        items: Its wordings.
        failures: One row per failure and judge.
        judges: Judges whose finding against the benchmark counts; rules count only by
            ``SOLUTION_RULE``, since their other rules look at what is looked at here.
        level: Confidence level of the interval of ``share``.

    Returns:
        rank (from 1), benchmark, item_id; kinds (how many speak); agreement, references_differ,
        solution_differs (whether each does) and verdicts (models whose failure was so judged);
        references (different ones), solution_findings (failures). Of the wording of the item in
        which the other answer leads most: variant; strong (strong models that gave an answer),
        strong_agreeing (on the same other one), share, low, high (of these), strong_solved;
        models (that attempted it), agreeing and solved (of all models); margin (in nats);
        agreeing_models (the strong ones, joined by a space).

    Source:
        Weights of a vote: Nitzan and Paroush (1982), International Economic Review 23, 289-297.
    """
    strong = strong_models(answers) if len(answers) else []
    found = leading(votes_of(answers, items), strong)
    references = items.dropna(subset=["reference"]).groupby("item_id")["reference"].nunique()
    against = failures[failures["attribution"] == "benchmark"]
    by_solution = against[against["rule"] == SOLUTION_RULE]
    spoke = against[against["judge"].isin(judges) & against["rule"].isna()]
    found = found.assign(
        references=references.reindex(found.index),
        solution_findings=by_solution.groupby("item_id").size().reindex(found.index),
        verdicts=spoke.groupby("item_id")["model"].nunique().reindex(found.index),
    ).fillna({"references": 0, "solution_findings": 0, "verdicts": 0})
    share = (found["strong_agreeing"] / found["strong"].clip(lower=1)).astype(float)
    span = wilson_ends(share, found["strong"].astype(float), level)
    found = found.assign(
        share=share,
        low=span["low"],
        high=span["high"],
        agreement=(found["strong"] >= FEWEST) & (share >= AGREEING),
        references_differ=found["references"] > 1,
        solution_differs=found["solution_findings"] > 0,
        verdicts=found["verdicts"].astype(int),
    )
    flags = [found["agreement"], found["references_differ"], found["solution_differs"]]
    found["kinds"] = sum(flag.astype(int) for flag in [*flags, found["verdicts"] > 0])
    spoken = found[found["kinds"] > 0].rename_axis("item_id")
    ranked = (
        spoken.loc[sorted(spoken.index, key=natural)]
        .reset_index()
        .sort_values(
            ["kinds", "margin", "agreeing", "solved"],
            ascending=[False, False, False, True],
            kind="stable",
        )
    )
    name = str(answers["benchmark"].iloc[0]) if len(answers) else ""
    ranked = ranked.assign(rank=np.arange(1, len(ranked) + 1), benchmark=name)
    counts = ["references", "solution_findings"]
    return ranked.astype(dict.fromkeys(counts, int))[list(COLUMNS)].reset_index(drop=True)
