from hypothesis import given
from hypothesis import strategies as st

from generator.judging.calibration import Bin, Outcome, calibrated, read_off
from generator.judging.rules import RULES
from generator.judging.rules.measured import MEASURED

FEWEST = 8
"""Labelled failures from which a share says something."""
SLACK = 0.05

outcomes = st.lists(
    st.builds(Outcome, st.sampled_from([0.5, 0.7, 0.85, 0.9, 0.95]), st.booleans()), max_size=60
)


@given(outcomes)
def test_bins_hold_every_outcome_and_never_fall(given_outcomes: list[Outcome]) -> None:
    bins = calibrated(given_outcomes)
    assert sum(one.spoke for one in bins) == len(given_outcomes)
    assert sum(one.right for one in bins) == sum(one.right for one in given_outcomes)
    shares = [one.share for one in bins]
    assert shares == sorted(shares)


def test_neighbours_out_of_order_are_pooled() -> None:
    given_outcomes = [Outcome(0.8, True), Outcome(0.9, False), Outcome(0.95, True)]
    assert calibrated(given_outcomes) == (Bin(0.8, 0.9, 1, 2), Bin(0.95, 0.95, 1, 1))


def test_a_confidence_is_read_off_its_bin() -> None:
    bins = (Bin(0.5, 0.8, 1, 2), Bin(0.9, 0.9, 3, 4))
    assert [read_off(bins, stated) for stated in (0.6, 0.85, 0.99)] == [0.5, 0.75, 0.75]
    assert read_off((), 0.9) is None


def test_what_is_measured_belongs_to_rules_and_counts_are_possible() -> None:
    assert MEASURED.keys() <= RULES.keys()
    for one in MEASURED.values():
        assert 0 <= one.right <= one.spoke
        assert 0 <= one.read_right <= one.read


def test_no_rule_states_more_confidence_than_its_labels_bear_out() -> None:
    for name, one in MEASURED.items():
        right, spoke = one.right + one.read_right, one.spoke + one.read
        if spoke >= FEWEST:
            assert RULES[name].confidence <= right / spoke + SLACK, name
