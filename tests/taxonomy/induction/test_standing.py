"""A taxonomy is as stable as it is in its worst comparison."""

import pytest

from generator.records.proposal import Proposal, Settings, Stability
from generator.taxonomy.induction.standing import standing

SETTLED = Settings(prompt_hash="x", seed=1)
ASKED = Settings(method="llm", llm="some", prompt_hash="x", seed=1)


def row(variation: str, rand: float, precision: float, recall: float, depth: int = 1) -> Stability:
    return Stability(
        variation=variation, depth=depth, rand_index=rand, precision=precision, recall=recall
    )


def built(*rows: Stability, mode: str = "free", settings: Settings = SETTLED) -> Proposal:
    return Proposal.model_construct(stability=rows, mode=mode, settings=settings)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((0.9, 0.9, 0.8), "high"),
        ((0.79, 0.9, 0.9), "fair"),
        ((0.9, 0.79, 0.9), "fair"),
        ((0.65, 0.5, 0.5), "fair"),
        ((0.64, 0.9, 0.9), "low"),
        ((0.99, 0.9, 0.49), "low"),
    ],
)
def test_both_the_index_and_what_is_there_again_have_to_be_good(
    figures: tuple[float, float, float], expected: str
) -> None:
    found = standing(built(row("samples", *figures)))
    assert found is not None
    assert found.standing == expected


def test_the_worst_comparison_counts() -> None:
    worst = row("part", 0.3, 0.2, 0.2)
    found = standing(built(row("samples", 0.9, 0.9, 0.9), worst))
    assert found is not None
    assert found == ("low", worst)


def test_what_is_the_same_by_construction_tells_nothing() -> None:
    same = row("seeds", 1, 1, 1), row("orders", 1, 1, 1)
    assert standing(built(*same)) is None
    assert standing(built(row("samples", 1, 1, 1), mode="anchored")) is None
    below = standing(built(row("samples", 0.2, 0.2, 0.2, depth=2), mode="anchored"))
    assert below is not None
    assert below.standing == "low"


def test_seeds_tell_where_they_made_another_tree() -> None:
    found = standing(built(row("seeds", 0.98, 0.67, 0.67), row("samples", 0.95, 1, 1)))
    assert found is not None
    assert (found.standing, found.row.variation) == ("fair", "seeds")


def test_of_a_language_model_seed_and_order_tell_as_well() -> None:
    found = standing(built(row("orders", 0.1, 0.1, 0.1), settings=ASKED))
    assert found is not None
    assert found.standing == "low"
