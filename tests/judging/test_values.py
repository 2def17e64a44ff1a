from typing import Any

import pytest

from generator.judging.judge import findings_of
from generator.judging.values import kind_of_difference, same
from tests.judging.factory import tool_use

DUE = '{"shop.order": {"item": ["red pen", "pen"], "count": [3], "gift": [true, ""]}}'


@pytest.mark.parametrize(
    ("made", "known", "kind"),
    [
        (True, [False], "wrong-flag"),
        (4, [3], "wrong-number"),
        (300, [3], "wrong-scale"),
        ("3", [3], "wrong-type"),
        ("blue ink", ["red pen"], "wrong-text"),
        ("a red biro", ["red pen"], "unsure-value"),
        ("NYC", ["New York City"], "unsure-value"),
        ([1, 2], [[1, 2, 3]], "wrong-list"),
        ([1, 5, 3], [[1, 2, 3]], "wrong-list"),
        (["1"], [[1]], "wrong-type"),
        ({"a": 1}, ["a"], "unsure-value"),
        (4, [3, "four"], "unsure-value"),
    ],
)
def test_differences_of_values_are_told_apart(made: Any, known: list[Any], kind: str) -> None:
    assert kind_of_difference(made, known) == kind


def test_whole_numbers_equal_their_decimals_and_marks_do_not_count() -> None:
    assert same([1, 2.0], [1.0, 2])
    assert same("New-York", "new york")
    assert not same(1, True)


@pytest.mark.parametrize(
    ("output", "rule"),
    [
        ("shop.order({'item': 'pen', 'count': 3})", "call-wrapped"),
        ("['shop.order', {'item': 'pen', 'count': 3}]", "call-wrapped"),
        ('{"name": "shop.order", "arguments": {"item": "pen", "count": 3}}', "call-wrapped"),
        ("<tool_call>{'name': 'shop_order', 'arguments': {'item': 'pen', 'count': 3}}", "wrapped"),
        ("[shop.order(item='pen', count=$3)]", "call-wrapped"),
        (r"[shop\.order(item='pen', count=3)]", ""),
        ("  [shop.order(item='pen', count=3)]", "call-as-due"),
        ("[shop.order(item='pen', count=3, gift=False)]", "call-argument-flag"),
        ("[shop.order(item='pen', count=5)]", "call-argument-number"),
        ("[shop.order(item='pen', count=30)]", "call-argument-scale"),
        ("[]", "call-missing"),
        ("```json\n[]\n```", "call-missing"),
    ],
)
def test_dialects_of_calls_are_unwrapped_before_they_are_compared(output: str, rule: str) -> None:
    found = {finding.rule for finding in findings_of(tool_use(output, DUE))}
    assert any(rule in name for name in found) if rule else not found
