"""Whether shares differ by more than chance: Fisher's numbers, and how often they mislead."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.differences import discovered
from generator.stats.intervals import wilson_bounds, wilson_size
from generator.stats.pooled import pooled_test


def p_of(hits: int, n: int, others: int, of: int, effect: float = 1.0) -> float:
    """Return p of one kind, with cases that come in clusters."""
    shares = [np.array([[count / many]]) for count, many in ((hits, n), (others, of))]
    return float(pooled_test(shares[0], np.array(n / effect), shares[1], np.array(of / effect))[0])


def test_it_is_fishers_test_at_the_middle_of_what_was_seen() -> None:
    # scipy.stats.hypergeom(2217, 14, 326): 2 * (0.5 * pmf(0)), and so on.
    assert p_of(0, 326, 14, 1891) == pytest.approx(0.107121, abs=1e-6)
    assert p_of(3, 126, 0, 997) == pytest.approx(0.00138269, abs=1e-8)
    assert p_of(60, 1000, 80, 1000) == pytest.approx(0.0804797, abs=1e-7)
    assert p_of(80, 1000, 60, 1000) == pytest.approx(p_of(60, 1000, 80, 1000))


def test_where_nothing_or_everything_was_seen_nothing_is_apart() -> None:
    assert p_of(0, 30, 0, 900) == 1
    assert p_of(30, 30, 900, 900) == 1


def test_sets_without_failures_cannot_be_held_apart() -> None:
    share = np.array([[0.0, 0.5]])
    assert np.isnan(pooled_test(share, np.array(0.0), share, np.array(9.0))).all()


def test_cases_in_clusters_tell_less() -> None:
    ps = [p_of(4, 326, 90, 1891, effect) for effect in (1.0, 1.3, 1.7, 2.4)]
    assert ps == sorted(ps)
    assert ps[-1] > 2 * ps[0]


def test_between_whole_numbers_p_goes_on_evenly() -> None:
    ps = [p_of(6, 126, 9, 997, effect) for effect in np.linspace(1, 2, 41)]
    steps = np.diff(np.log(ps))
    assert (steps > 0).all()
    assert steps.max() < 3 * steps.min()


def test_sets_of_any_size_and_known_without_error_have_a_p() -> None:
    assert p_of(90_000, 300_000, 91_000, 300_000) == pytest.approx(0.0049, rel=0.01)
    assert p_of(0, 50_000, 40_000, 50_000) == 0
    share = np.array([[0.2]])
    assert pooled_test(share, np.array(np.inf), share + 0.1, np.array(np.inf))[0] < 1e-9


def test_a_mix_of_one_is_no_mix_and_a_mix_of_the_same_is_the_sum() -> None:
    shares, more = np.array([[0.1], [0.1]]), np.array([[0.2], [0.2]])
    both = pooled_test(shares, np.array(100.0), more, np.array(50.0), [0.5, 0.5])
    assert both[0] == pytest.approx(p_of(20, 200, 20, 100))


MIXES = {
    "one benchmark": ((326,), (1891,), (1.0,)),
    "one small benchmark": ((126,), (997,), (1.0,)),
    "samples": ((50,), (50,), (1.0,)),
    "a little of most": ((100, 30), (800, 400), (0.3, 0.7)),
    "most of a little": ((20, 200), (400, 30), (0.9, 0.1)),
    "three": ((50, 20, 10), (50, 50, 50), (0.6, 0.3, 0.1)),
}


@pytest.mark.parametrize("name", MIXES)
def test_of_kinds_that_do_not_differ_some_are_called_in_one_of_twenty_at_most(name: str) -> None:
    first, second, mix = MIXES[name]
    draw = np.random.default_rng(7)
    called, tries = 0, 400
    for _ in range(tries):
        truth = draw.dirichlet(np.full(17, 0.5), len(mix))
        shares = [
            np.array([draw.multinomial(n, own) / n for n, own in zip(sizes, truth, strict=True)])
            for sizes in (first, second)
        ]
        n = [np.array(sizes, dtype=float)[:, None] for sizes in (first, second)]
        p = pooled_test(shares[0], n[0], shares[1], n[1], mix)
        called += int((discovered(pd.Series(p)) <= 0.05).any())
    # A normal test with a variance of its own for each share calls some in 19 to 79 of 100.
    assert called / tries <= 0.05


def test_differences_are_found_as_well() -> None:
    assert p_of(60, 326, 150, 1891) < 1e-5
    assert p_of(0, 326, 60, 1891) < 1e-3


def test_the_size_behind_an_interval_is_found_again() -> None:
    shares = pd.Series([0.0, 0.02, 0.3, 0.5, 0.97, 1.0])
    for n in (7.0, 50.0, 1891.5):
        low, high = wilson_bounds(shares.to_numpy(), np.full(6, n), 0.95)
        found = wilson_size(shares, pd.Series(low), pd.Series(high), 0.95)
        assert found.tolist() == pytest.approx([n] * 6)
    point = wilson_size(shares, shares, shares, 0.95)
    assert np.isinf(point).all()
