"""Findings on the home page are those that the numbers bear out."""

from dataclasses import replace

import pandas as pd
import pytest

from generator.pages.edition import Edition
from generator.pages.findings import MOST, findings
from generator.stats.parts import part_of
from tests.pages.world import World

BENCHMARK = "hidden_sums"


def _shares(edition: Edition, ends: dict[str, tuple[float, float, float]]) -> Edition:
    """Return an edition whose shares on the annotated benchmark are these."""
    whole = edition.numbers.benchmarks[BENCHMARK]
    rows = whole.shares.copy()
    rows[["count", "share", "low", "high"]] = 0.0
    for category, (share, low, high) in ends.items():
        rows.loc[rows["category"] == category, ["count", "share", "low", "high"]] = [
            9.0, share, low, high,
        ]  # fmt: skip
    composed = replace(whole, share_part=part_of(rows))
    numbers = replace(
        edition.numbers, benchmarks={**edition.numbers.benchmarks, BENCHMARK: composed}
    )
    return replace(edition, numbers=numbers)


def test_the_most_frequent_kind_is_named_where_its_interval_is_clear(small: World) -> None:
    clear = _shares(small.edition(), {"E13": (0.7, 0.6, 0.8), "E14": (0.3, 0.2, 0.4)})
    said = "".join(findings(clear))
    assert "Computation Error</a></strong> is the most frequent kind of failure" in said
    assert "70.0&#160;% &#40;60.0&#160;to&#160;80.0&#41;, the next one 30.0" in said


def test_no_kind_is_called_the_most_frequent_where_intervals_overlap(small: World) -> None:
    level = _shares(small.edition(), {"E13": (0.6, 0.4, 0.8), "E14": (0.4, 0.2, 0.6)})
    assert "most frequent kind" not in "".join(findings(level))


def test_a_distinctive_category_is_said_with_both_shares(small: World) -> None:
    edition = small.edition()
    told = edition.numbers.distinctive.copy()
    own = (told["model"] == "lab__large") & (told["category"] == "E13")
    told.loc[own, ["log_odds", "z", "distinctive"]] = [1.5, 4.0, True]
    marked = replace(edition, numbers=replace(edition.numbers, distinctive=told))
    said = "".join(findings(marked))
    assert "is more frequent than among the other models" in said
    assert "less frequent" not in said
    assert "frequent than" not in "".join(findings(edition))


@pytest.mark.parametrize(("q", "held"), [(0.01, True), (0.2, False)])
def test_strong_and_weak_models_are_told_apart_where_the_rate_allows_it(
    small: World, q: float, *, held: bool
) -> None:
    edition = small.edition()
    anatomy = edition.numbers.anatomies[BENCHMARK]
    assert anatomy.standing is not None
    row = {"strong": 0.6, "weak": 0.2, "difference": 0.4, "low": 0.1, "high": 0.7, "p": q}
    rows = pd.DataFrame([{"category": "E13", **row, "q": q}])
    known = replace(anatomy, standing=replace(anatomy.standing, differences=rows))
    numbers = replace(edition.numbers, anatomies={**edition.numbers.anatomies, BENCHMARK: known})
    said = "".join(findings(replace(edition, numbers=numbers)))
    assert ("tells strong from weak models" in said) is held


def test_the_same_numbers_give_the_same_few_findings(small: World) -> None:
    edition = small.edition()
    assert findings(edition) == findings(edition)
    assert len(findings(edition)) <= MOST
