from hypothesis import given
from hypothesis import strategies as st

from generator.planted.dice import Dice


def test_stream_is_pinned():
    """The numbers behind the committed files; they change on no Python version."""
    dice = Dice(2026, "pinned")
    assert [dice.whole(1, 1000) for _ in range(6)] == [170, 452, 278, 763, 30, 82]


def test_fork_does_not_depend_on_what_was_drawn():
    one, other = Dice(1), Dice(1)
    one.whole(1, 9)
    assert one.fork("a").whole(1, 10**6) == other.fork("a").whole(1, 10**6)


def test_weighted_never_picks_a_weight_of_zero():
    dice = Dice(3)
    assert {dice.weighted("ab", (0, 5)) for _ in range(50)} == {"b"}


@given(st.integers(), st.integers(-50, 50), st.integers(0, 40))
def test_whole_stays_in_its_range(seed, low, more):
    assert low <= Dice(seed).whole(low, low + more) <= low + more


@given(st.integers(), st.lists(st.integers()))
def test_shuffled_keeps_every_member(seed, members):
    assert sorted(Dice(seed).shuffled(members)) == sorted(members)
