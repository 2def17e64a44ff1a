import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.arithmetic import evaluate, numeral
from generator.judging.rounding import agree


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2+3*4", 14),
        ("(2+3)*4", 20),
        ("-2^2", -4),
        ("2^-1", Fraction(1, 2)),
        ("7 - -3", 10),
        ("1,200 / 4", 300),
        ("$2.50 × 4", 10),  # noqa: RUF001
        ("20% * 50", 10),
        (r"\frac{3}{4} \times 8", 6),
        (r"6.0 \cdot 10^{-2}", Fraction(6, 100)),
        ("2(3+4)", 14),
        (".5 * 4", 2),
    ],
)
def test_an_expression_is_evaluated_exactly(expression: str, value: Fraction) -> None:
    result = evaluate(expression)
    assert result is not None
    assert result.exact == value


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "3 4",
        "2x",
        "1/0",
        "0^-1",
        "2^0.5",
        "9^999",
        "9^64^64",
        "__import__('os')",
        "(1",
        "1)",
        "1" * 31,
        "٣+٤",
        "(" * 50 + "1" + ")" * 50,
        "+".join(["1"] * 100),
        "9" * 30 + "^64",
    ],
)
def test_what_is_no_arithmetic_within_the_bounds_is_not_read(expression: str) -> None:
    assert evaluate(expression) is None


def test_a_per_cent_sign_can_be_passed_over() -> None:
    result = evaluate("50%", percent=False)
    assert result is not None
    assert result.exact == 50


def test_a_mended_number_is_read_in_place_of_the_one_written() -> None:
    result = evaluate("18*24", replaced={Fraction(18): Fraction(24)})
    assert result is not None
    assert result.exact == 576


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from("+-*"))
def test_whole_numbers_agree_with_python(left: int, right: int, operator: str) -> None:
    expected = {"+": left + right, "-": left - right, "*": left * right}[operator]
    result = evaluate(f"{left}{operator}{right}")
    assert result is not None
    assert result.exact == expected


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    evaluate(text)
    numeral(text)


@pytest.mark.parametrize(
    ("left", "right", "approximate", "same"),
    [
        ("10/3", "3.33", False, True),
        ("10/3", "3.4", False, False),
        ("2/3", "0.66", False, True),
        ("7*8", "54", False, False),
        ("7*8", "54", True, True),
        ("1.23 * 10^3", "1230", False, True),
        ("17/4", "4", False, True),
        ("36*(2/3)", "18", False, False),
    ],
)
def test_rounding_to_the_digits_shown_is_no_falsehood(
    left: str,
    right: str,
    approximate: bool,
    same: bool,
) -> None:
    one, other = evaluate(left), evaluate(right)
    assert one is not None
    assert other is not None
    assert agree(one, other, approximate=approximate) is same


HOSTILE = """
import json, sys
from generator.judging.arithmetic import evaluate
from generator.judging.equations import comparisons, equations
for text in json.load(sys.stdin):
    evaluate(text); equations(text); comparisons(text)
"""


def test_a_hundred_kilobytes_of_hostile_text_end_in_bounded_time() -> None:
    """A generous limit: anything worse than linear would take hours."""
    size = 100_000
    texts = [
        unit * (size // len(unit))
        for unit in ("9", "(", ")", "9^", "1+", "1=", "<<", "<<1=1>>", "((1)", "-", "1,000,", "%=")
    ]
    subprocess.run(
        [sys.executable, "-c", HOSTILE], input=json.dumps(texts), text=True, timeout=120, check=True
    )
