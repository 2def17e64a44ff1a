"""What models voted for on the items of a benchmark: the answer that counted as right, or another.

Items, models and answers are taken as numbers in the order of their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Votes:
    """Votes, an entry each in every array."""

    items: pd.Index
    """Names of items, sorted."""
    models: pd.Index
    """Names of models, sorted."""
    variants: int
    """Wordings that an item can have: an item's first one has its number times this."""
    wording: np.ndarray
    """Which wording was answered."""
    model: np.ndarray
    """Which model answered."""
    vote: np.ndarray
    """Which other answer it gave; -1 for the one that counted as right."""
    weight: np.ndarray
    """What the vote weighs, see ``suspects.suspects``."""
    tried: np.ndarray
    """Wordings that any model attempted, in order."""
    models_tried: np.ndarray
    """How many models attempted each of these."""


def votes_of(answers: pd.DataFrame, items: pd.DataFrame) -> Votes:
    """Return who voted for what in which wording.

    An answer that equals the reference and was scored as a failure is no vote.

    Args:
        answers: Items attempted on the benchmark, see ``generator.stats.tables``.
        items: Its wordings.

    Source:
        As :func:`generator.stats.suspects.suspects`.
    """
    item, names = pd.factorize(answers["item_id"], sort=True)
    model, models = pd.factorize(answers["model"], sort=True)
    variant, asked = (rows["variant"].to_numpy(int) for rows in (answers, items))
    variants = 1 + max(variant.max(initial=0), asked.max(initial=0))
    wording = item * variants + variant
    both = [rows.to_numpy(object) for rows in (answers["answer"], items["reference"])]
    hashed = pd.factorize(np.concatenate(both), sort=True)[0]
    answer, given = hashed[: len(answers)], hashed[len(answers) :]
    reference = np.full(len(names) * variants, -1)
    place = pd.Index(names).get_indexer(pd.Index(items["item_id"]))
    known = place >= 0
    reference[place[known] * variants + asked[known]] = given[known]
    solved = ~answers["failed"].to_numpy(bool)
    other = (answer >= 0) & ~solved & (answer != reference[wording])
    # Wrong ways that are open: where all take the same one, there were others to take.
    answers_given = answer.max(initial=0) + 1
    ways = np.unique(wording[other] * answers_given + answer[other]) // answers_given
    open_ways = max(1.0, len(ways) / len(np.unique(ways))) if len(ways) else 1.0
    right, size = (np.bincount(model, each, len(models)) for each in (solved, None))
    chance = (right + 1) / (size + 2)
    weights = np.maximum(np.log(chance / (1 - chance) * open_ways), 0.0)
    cast = solved | other
    attempts = np.unique(wording * (len(models) or 1) + model) // (len(models) or 1)
    tried, models_tried = np.unique(attempts, return_counts=True)
    return Votes(
        items=pd.Index(names),
        models=pd.Index(models),
        variants=variants,
        wording=wording[cast],
        model=model[cast],
        vote=np.where(solved, -1, answer)[cast],
        weight=weights[model[cast]],
        tried=tried,
        models_tried=models_tried,
    )


def leading(votes: Votes, strong: Sequence[str]) -> pd.DataFrame:
    """Return per item its most supported other answer, in the wording where it leads most.

    Args:
        votes: Who voted for what.
        strong: Models that are counted apart, too.

    Returns:
        By item, the widest margin first: variant; models (that attempted it); solved, strong,
        strong_solved, agreeing, strong_agreeing (int); margin; agreeing_models (the strong ones,
        joined by a space).

    Source:
        As :func:`generator.stats.suspects.suspects`.
    """
    at = np.searchsorted(votes.tried, votes.wording)
    many, solved = len(votes.tried), votes.vote < 0
    is_strong = votes.models.isin(strong)[votes.model]

    def counted(chosen: np.ndarray) -> np.ndarray:
        return np.bincount(at[chosen], minlength=many)

    for_right = _summed(np.where(solved, votes.weight, 0.0), at)
    best, support, agreeing, strong_agreeing = (np.zeros(many) for _ in range(4))
    best -= 1
    # Other answers, one after the other wording by wording.
    answers = votes.vote.max(initial=0) + 1
    pair = np.where(solved, -1, at * answers + votes.vote)
    seen, which, size = np.unique(pair[~solved], return_inverse=True, return_counts=True)
    backed = _summed(votes.weight[~solved], which).to_numpy()
    by_strong = np.bincount(which, is_strong[~solved], len(seen))
    order = np.lexsort((seen % answers, -size, -backed, seen // answers))
    first = order[np.unique(seen[order] // answers, return_index=True)[1]]
    place = seen[first] // answers
    best[place], support[place], agreeing[place] = seen[first], backed[first], size[first]
    strong_agreeing[place] = by_strong[first]
    margin = np.zeros(many)
    margin[for_right.index] = support[for_right.index] - for_right.to_numpy()
    made = pd.DataFrame(
        {
            "variant": votes.tried % votes.variants,
            "models": votes.models_tried,
            "solved": counted(solved),
            "strong": counted(is_strong),
            "strong_solved": counted(is_strong & solved),
            "agreeing": agreeing.astype(int),
            "strong_agreeing": strong_agreeing.astype(int),
            "margin": margin,
            "agreeing_models": _named(votes, at, is_strong & (pair >= 0) & (pair == best[at])),
        },
        index=votes.items[votes.tried // votes.variants].rename("item_id"),
    )
    widest = made.iloc[np.argsort(-margin, kind="stable")]
    return widest[~widest.index.duplicated()]


def _summed(weights: np.ndarray, group: np.ndarray) -> pd.Series:
    """Return the sum of each group, as exact as pandas makes it: ties are to stay ties."""
    return pd.Series(weights).groupby(group).sum()


def _named(votes: Votes, at: np.ndarray, chosen: np.ndarray) -> list[str]:
    """Return the models chosen in each wording, in the order of their names."""
    names = votes.models.to_numpy(object)
    found: list[list[str]] = [[] for _ in votes.tried]
    order = np.argsort(votes.model[chosen], kind="stable")
    for place, model in zip(at[chosen][order], votes.model[chosen][order], strict=True):
        found[place].append(str(names[model]))
    return [" ".join(one) for one in found]
