"""Two models are compared on what both had, or at one mix, or not at all."""

import pandas as pd
import pytest

from generator.stats.comparison import FEWEST_SHARED, Comparison, fair_comparison, shared_items
from generator.stats.compositions import compose
from generator.stats.mixes import mix_adjusted, mixed_rates, reference_mix
from generator.stats.parts import part_of
from generator.stats.rates import rates
from tests.stats.attempts import KINDS, LEVEL, answers, composition, failures, items

N = FEWEST_SHARED


def compared(made: list[pd.DataFrame], tried: list[pd.DataFrame]) -> Comparison:
    """Compare models a and b over the failures and attempts of several benchmarks."""
    rows = pd.concat(made, ignore_index=True)
    grouped = rows.groupby(["benchmark", "model"], observed=True)
    compositions = {(str(k[0]), str(k[1])): compose(part, KINDS, LEVEL) for k, part in grouped}  # type: ignore[index]
    asked = [items(N, name) for name in sorted(set(rows["benchmark"]))]
    return fair_comparison(
        shared_items(pd.concat(tried, ignore_index=True), "a", "b"),
        pd.concat(asked, ignore_index=True),
        rows,
        compositions,
        ("a", "b"),
        categories=KINDS,
        level=LEVEL,
    )


def test_shared_items_are_compared_pair_by_pair() -> None:
    tried = answers({"a": "B" * 10 + "A" * (N - 10), "b": "B" * 4 + "A" * (N - 4)})
    made = [
        failures(*[("a", f"q{n}", "E13") for n in range(9)], ("a", "q9", "undetermined")),
        failures(
            *[("b", f"q{n}", "E13") for n in range(2)], *[("b", f"q{n}", "E02") for n in (2, 3)]
        ),
    ]
    found = compared(made, [tried])
    assert (found.ground, found.items, found.mix) == ("shared items", N, {"sums": 1.0})
    table = found.table.set_index("name")
    assert table.loc["E13", ["first", "second"]].tolist() == pytest.approx([9 / N, 2 / N])
    assert table.loc["E13", ["only_first", "only_second"]].tolist() == [7, 0]
    assert table.loc["E13", "p"] == pytest.approx(2 / 2**7)
    assert table.loc["E02", ["only_first", "only_second"]].tolist() == [0, 2]
    assert table.loc["undetermined", "only_first"] == 1
    assert table.loc[list(KINDS), "q"].notna().all()
    assert pd.isna(table.loc["undetermined", "q"])


def test_a_benchmark_on_which_nothing_is_shared_is_not_named() -> None:
    known = pd.CategoricalDtype(["other", "sums"])
    tried = answers({"a": "B" * N, "b": "A" * N}).astype({"benchmark": known})
    made = [failures(*[(m, f"q{n}", "E13") for n in range(N)]) for m in "ab"]
    found = compared([rows.astype({"benchmark": known}) for rows in made], [tried])
    assert (found.ground, found.mix) == ("shared items", {"sums": 1.0})
    assert "sums (100" in found.says
    assert "other" not in found.says


def test_another_wording_is_no_shared_item() -> None:
    other = answers({"b": "B" * N}).assign(variant=1)
    tried = [answers({"a": "B" * N}), other]
    made = [failures(*[(m, f"q{n}", "E13") for n in range(N)]) for m in "ab"]
    found = compared(made, tried)
    assert (found.ground, found.items) == ("reference mix", 0)
    assert "fewer than 30 items are shared" in found.says


def test_a_sample_is_not_taken_for_all_failures() -> None:
    tried = answers({"a": "B" * N, "b": "B" * N})
    made = [failures(*[(m, f"q{n}", "E13") for n in range(5)]).assign(weight=6.0) for m in "ab"]
    found = compared(made, [tried])
    assert (found.ground, found.items) == ("reference mix", N)
    assert "read in samples" in found.says
    assert found.table["only_first"].isna().all()


def test_without_a_common_benchmark_there_are_no_numbers_but_a_warning() -> None:
    tried = [answers({"a": "B" * N}), answers({"b": "B" * N}, "words")]
    made = [failures(("a", "q1", "E13")), failures(("b", "q1", "E02"), benchmark="words")]
    found = compared(made, tried)
    assert found.ground == "none"
    assert found.says.startswith("Warning: no fair comparison")
    assert found.table.empty


def test_a_mix_brings_back_a_signature_that_raw_shares_miss() -> None:
    # 80 % of the failures come from a benchmark that makes up 30 % of the reference.
    parts = {"one": composition(E02=72, E13=8), "other": composition(E02=2, E13=18)}
    found = mix_adjusted(parts, {"one": 0.3, "other": 0.7}, LEVEL).set_index("name")
    assert found.loc["E02", "share"] == pytest.approx(0.3 * 0.9 + 0.7 * 0.1)
    assert found.loc["E02", "low"] < found.loc["E02", "share"] < found.loc["E02", "high"]
    raw = 74 / 100
    assert raw > found.loc["E02", "high"]
    assert found.loc["E11", ["share", "low"]].tolist() == [0, 0]
    assert found.loc["E11", "high"] > 0


def test_shares_of_nothing_are_not_known_under_a_mix() -> None:
    parts = {"one": composition(E02=5), "other": composition(undetermined=3)}
    found = mix_adjusted(parts, {"one": 0.5, "other": 0.5}, LEVEL).set_index("name")
    assert pd.isna(found.loc["E02", "share"])
    assert found.loc["E02", ["low", "high"]].tolist() == [0.0, 1.0] or pd.isna(
        found.loc["E02", "low"]
    )
    assert found.loc["undetermined", "share"] == pytest.approx(0.5)


def test_a_mix_must_be_one() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        mix_adjusted({"one": composition(E02=5)}, {"one": 0.5}, LEVEL)
    with pytest.raises(ValueError, match="that were run"):
        mix_adjusted({"one": composition(E02=5)}, {"other": 1.0}, LEVEL)


def test_every_item_counts_the_same_in_the_reference_mix() -> None:
    two_wordings = items(10).assign(variant=1)
    asked = pd.concat([items(10), two_wordings, items(30, "words"), items(5, "left-out")])
    assert reference_mix(asked, ["sums", "words"]) == {"sums": 0.25, "words": 0.75}


def test_rates_at_a_mix_are_those_of_each_benchmark_weighed() -> None:
    parts = {
        "one": rates(composition(E02=20, E13=5), 100, 25, LEVEL),
        "other": rates(composition(E02=2, E13=8), 50, 10, LEVEL),
    }
    held = {name: part_of(part) for name, part in parts.items()}
    found = mixed_rates(held, {"one": 0.25, "other": 0.75}, LEVEL).set_index("name")
    assert found.loc["E02", "share"] == pytest.approx(0.25 * 0.2 + 0.75 * 0.04)
    assert found["of"].unique().tolist() == ["items"]
    # Independent parts: the distances to the lower ends add up as squares do.
    low = [part.set_index("category").loc["E02", "rate_low"] for part in parts.values()]
    reach = ((0.25 * (0.2 - low[0])) ** 2 + (0.75 * (0.04 - low[1])) ** 2) ** 0.5
    assert found.loc["E02", "low"] == pytest.approx(0.08 - reach)
    # Of one benchmark they are its own.
    alone = mixed_rates({"one": held["one"]}, {"one": 1.0}, LEVEL)
    assert alone["low"].tolist() == pytest.approx(parts["one"]["rate_low"].tolist())
    assert alone["effective"].tolist() == pytest.approx([100.0] * len(alone))
