"""Words of charts and pages that more than one of them uses."""

import pytest

from generator.charts.labels import listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["a, b"], "a, b"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["1,234 of one", "2"], "1,234 of one and 2"),
        (["a, b", "c"], "a, b; and c"),
        (["a", "b, c", "d"], "a; b, c; and d"),
    ],
)
def test_a_list_can_be_read_where_a_word_of_it_holds_a_comma(words: list[str], said: str) -> None:
    assert listed(words) == said
