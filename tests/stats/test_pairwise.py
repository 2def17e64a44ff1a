"""Two judges on the same failures."""

import pandas as pd

from generator.stats.pairwise import pairwise
from tests.stats.test_agreement import failures


def test_two_judges_are_compared_on_what_both_looked_at() -> None:
    rows = pd.concat(
        [
            failures("llm-a", "E13", "E02", "undetermined", "no_verdict"),
            failures("rules", "E13", "E11", "E02", "E13", "E13"),
            failures("stranger", "E13"),
        ]
    )
    found = {(pair.first, pair.second): pair for pair in pairwise(rows, ("llm", "rules"), 0.95)}
    assert list(found) == [("llm-a", "rules"), ("llm-a", "stranger"), ("rules", "stranger")]
    both = found["llm-a", "rules"]
    assert both.failures == 3, "one that failed did not look"
    assert (both.same.held, both.same.of) == (1, 2)
    assert -1 <= both.kappa.low <= both.kappa.value <= both.kappa.high <= 1


def test_judges_that_never_met_are_not_compared() -> None:
    rows = pd.concat([failures("llm-a", "E13"), failures("rules", "E13").assign(item_id="q9")])
    assert pairwise(rows, ("llm", "rules"), 0.95) == ()
