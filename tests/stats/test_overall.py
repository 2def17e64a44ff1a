"""Several benchmarks in one mix make one composition, whose shares are those of the mix."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.compositions import Composition, compose
from generator.stats.mixes import mix_adjusted
from generator.stats.overall import mixed, mixed_accuracy
from tests.stats.attempts import KINDS, LEVEL, failures


def composition(**counts: int) -> Composition:
    """Return the composition of so many failures of each kind, each on an item of its own."""
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    rows = [("m", f"q{place}", kind) for place, kind in enumerate(kinds)]
    return compose(failures(*rows), KINDS, LEVEL)


MIX = {"one": 0.3, "other": 0.7}
PARTS = {
    "one": composition(E02=72, E13=8, undetermined=20),
    "other": composition(E02=2, E13=18, undetermined=5),
}


def test_shares_and_intervals_are_those_of_the_mix() -> None:
    found = mixed(PARTS, MIX, LEVEL)
    known = mix_adjusted(PARTS, MIX, LEVEL).set_index("name")
    shares = found.shares.set_index("category")
    for name in ("share", "low", "high"):
        assert shares[name].tolist() == pytest.approx(known.loc[list(KINDS), name].tolist())
    outcomes = found.outcomes.set_index("outcome")
    for name in ("share", "low", "high"):
        told = outcomes.loc[["undetermined", "harness"], name].tolist()
        assert told == pytest.approx(known.loc[["undetermined", "harness"], name].tolist())


def test_shares_of_all_and_outcomes_sum_to_one() -> None:
    found = mixed(PARTS, MIX, LEVEL)
    assert found.shares["share"].sum() == pytest.approx(1)
    assert found.outcomes["share"].sum() == pytest.approx(1)
    model = found.outcomes.set_index("outcome").loc["model", "share"]
    assert found.shares["share_of_all"].sum() == pytest.approx(model)
    assert found.shares["share_of_all"][1:].sum() == pytest.approx(
        0.3 * 8 / 100 + 0.7 * 18 / 25, abs=1e-9
    )


def test_numbers_of_failures_are_sums() -> None:
    found = mixed(PARTS, MIX, LEVEL)
    assert (found.looked_at, found.classified, found.population) == (125, 100, 125.0)
    assert found.shares.set_index("category").loc["E02", "count"] == 74
    assert found.effective < found.classified


def test_a_benchmark_without_a_category_has_no_part_in_shares_of_classified() -> None:
    parts = {**PARTS, "other": composition(undetermined=5)}
    found = mixed(parts, MIX, LEVEL)
    assert found.shares["share"].tolist() == pytest.approx([0.9, 0, 0.1])
    assert found.shares["share_of_all"].tolist() == pytest.approx([0.3 * 0.72, 0, 0.3 * 0.08])
    assert found.outcomes["share"].sum() == pytest.approx(1)
    assert found.effective == pytest.approx(80)


def test_without_any_category_nothing_is_known_of_shares_of_classified() -> None:
    parts = {name: composition(undetermined=5) for name in MIX}
    found = mixed(parts, MIX, LEVEL)
    assert found.effective == 0
    assert not (found.shares["share"] > 0).any()
    assert found.outcomes.set_index("outcome").loc["undetermined", "share"] == pytest.approx(1)


def test_accuracy_at_a_mix_is_that_of_each_benchmark_weighed() -> None:
    accuracy, span = mixed_accuracy({"one": (90, 100), "other": (5, 50)}, MIX, LEVEL)
    assert accuracy == pytest.approx(0.3 * 0.9 + 0.7 * 0.1)
    assert span.low < accuracy < span.high
    assert span.high - span.low < 0.15


def test_models_that_share_items_tell_less_than_as_many_failures() -> None:
    shared = [(model, f"q{n}", "E02" if n % 2 else "E13") for n in range(20) for model in "abcd"]
    alone = [("a", f"q{n}", "E02" if n % 2 else "E13") for n in range(80)]

    def width(rows: pd.DataFrame) -> float:
        whole = compose(rows, KINDS, LEVEL)
        found = mixed({"one": whole, "other": whole}, {"one": 0.5, "other": 0.5}, LEVEL)
        row = found.shares.set_index("category").loc["E13"]
        return float(row["high"] - row["low"])

    assert width(failures(*shared)) > 1.5 * width(failures(*alone))


def test_the_interval_holds_the_share_of_a_mix() -> None:
    rng = np.random.default_rng(11)
    truth = {"one": 0.8, "other": 0.1}
    held = 0
    for _ in range(200):
        parts: dict[str, Composition] = {}
        for name, share in truth.items():
            drawn = int(rng.binomial(40, share))
            parts[name] = composition(E02=drawn, E13=40 - drawn)
        row = mixed(parts, MIX, LEVEL).shares.set_index("category").loc["E02"]
        held += row["low"] <= 0.3 * 0.8 + 0.7 * 0.1 <= row["high"]
    assert 0.91 <= held / 200 <= 0.99


def test_a_sample_is_not_mixed_with_whole_sets() -> None:
    weighed = compose(failures(("a", "q1", "E13")).assign(weight=2.0), KINDS, LEVEL)
    with pytest.raises(ValueError, match="cannot be mixed"):
        mixed({**PARTS, "other": weighed}, MIX, LEVEL)
