"""Items whose reference may be wrong, ranked with the evidence."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_ends
from generator.store.kept import kept
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


@kept
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
    votes = _votes(answers, items)
    strong = strong_models(answers) if len(answers) else []
    found = _leading(votes, answers, strong)
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


def _votes(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return who voted for what in which wording: model, item_id, variant, vote, weight.

    A vote is the hash of another answer, or nothing (``solved``) for the answer that counted as
    right. An answer that equals the reference and was scored as a failure is no other answer.
    """
    right = answers.merge(
        items[["item_id", "variant", "reference"]], on=["item_id", "variant"], how="left"
    )
    solved = ~right["failed"].astype(bool)
    other = right["answer"].notna() & ~solved & (right["answer"] != right["reference"])
    votes = right[solved | other].assign(solved=solved)
    place = [votes["item_id"], votes["variant"]]
    others = votes["answer"].where(~votes["solved"])
    # Wrong ways that are open: where all take the same one, there were others to take.
    ways = others.groupby(place).nunique()
    open_ways = max(1.0, float(ways[ways > 0].mean())) if (ways > 0).any() else 1.0
    accuracy = right.assign(solved=solved).groupby("model")["solved"].agg(["sum", "size"])
    chance = (accuracy["sum"] + 1) / (accuracy["size"] + 2)
    weights = np.maximum(np.log(chance / (1 - chance) * open_ways), 0.0)
    return votes.assign(vote=others, weight=votes["model"].map(weights).astype(float))[
        ["model", "item_id", "variant", "vote", "solved", "weight"]
    ]


def _leading(votes: pd.DataFrame, answers: pd.DataFrame, strong: Sequence[str]) -> pd.DataFrame:
    """Return per item its most supported other answer, in the wording where it leads most."""
    votes = votes.assign(strong=votes["model"].isin(strong))
    wording = ["item_id", "variant"]
    sides = votes.groupby(wording)
    whole = pd.DataFrame(
        {
            "for_right": votes["weight"]
            .where(votes["solved"], 0.0)
            .groupby([votes[name] for name in wording])
            .sum(),
            "solved": sides["solved"].sum(),
            "strong": sides["strong"].sum(),
            "strong_solved": (votes["strong"] & votes["solved"])
            .groupby([votes[name] for name in wording])
            .sum(),
        }
    )
    others = votes[~votes["solved"]]
    by_answer = others.groupby([*wording, "vote"]).agg(
        support=("weight", "sum"), agreeing=("model", "size"), strong_agreeing=("strong", "sum")
    )
    best = (
        by_answer.reset_index()
        .sort_values(["support", "agreeing", "vote"], ascending=[False, False, True])
        .drop_duplicates(wording)
        .set_index(wording)
    )
    made = whole.join(best).fillna({"support": 0.0, "agreeing": 0, "strong_agreeing": 0})
    made["margin"] = made["support"] - made["for_right"]
    agreed = others[others["strong"]].merge(
        best.reset_index()[[*wording, "vote"]], on=[*wording, "vote"]
    )
    names = agreed.sort_values("model").groupby(wording)["model"].agg(" ".join)
    made["agreeing_models"] = names.reindex(made.index).fillna("")
    joined = answers.groupby(wording)["model"].nunique().rename("models").to_frame().join(made)
    counts = ["solved", "strong", "strong_solved", "agreeing", "strong_agreeing"]
    filled = joined.fillna({**dict.fromkeys(counts, 0), "margin": 0.0, "agreeing_models": ""})
    top = filled.reset_index().sort_values("margin", ascending=False, kind="stable")
    first = top.drop_duplicates("item_id").set_index("item_id")
    return first.astype(dict.fromkeys(counts, int))
