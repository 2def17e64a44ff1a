import pytest

from generator.judging.equations import MOST_EQUATIONS, comparisons, equations


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("So 3 + 4 = 7.", True),
        ("So 3 + 4 = 8.", False),
        ("He pays 3 apples * 4 dollars = 12 dollars.", True),
        ("He pays 3 apples x 4 dollars = 13 dollars.", False),
        ("The cost is $5,600 - $1,400 = $4,200, and more.", True),
        ("That is 20% of it: 20% * 50 = 10.", True),
        ("Half is 1/3 ≈ 0.33 of it.", True),
        (r"We get $\frac{137 \times 2}{4} = 80$.", False),
        ("<<1*4=5>>", False),
        ("4*5 = <<4*5=20>>20 coins", True),
    ],
)
def test_an_equation_is_read_from_prose(text: str, holds: bool) -> None:
    found = equations(text)
    assert found
    assert all(equation.holds is holds for equation in found)


@pytest.mark.parametrize(
    "text",
    [
        "x + 3 = 7",
        "2x = 8",
        "log 100 = 2",
        "sqrt(16) = 4",
        "f(3) = 9",
        "a_1 + 2 = 5",
        "5 = 5",
        "3 + 4 = 7x",
        "3 + 4 == 8",
        "3 + 4 >= 8",
        "10 / 4 = 2 remainder 2",
        "6 * 5 * 4 = 6!",
        "6 * 5 * 4 = 6 !",
        "2 + 2 = five",
    ],
)
def test_what_is_part_of_something_larger_is_no_equation(text: str) -> None:
    assert not equations(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is 3 + 4 = 8?",
        "If 3 + 4 = 8 then all is lost",
        "9 + 4 = 1 mod 12",
        "2 hours * 3 = 360 minutes",
        r"2.19 \times 10^{-4} F = 219 microfarads",
    ],
)
def test_a_question_a_supposition_or_another_arithmetic_is_not_called_false(text: str) -> None:
    assert all(equation.holds is not False for equation in equations(text))


def test_offsets_point_at_the_equation_in_the_text() -> None:
    text = "First, 3 + 4 = 8 marbles."
    (equation,) = equations(text)
    assert text[equation.start : equation.end] == "3 + 4 = 8"


def test_a_chain_gives_one_equation_a_link() -> None:
    found = equations("(2 + 3) * 4 = 5 * 4 = 21")
    assert [equation.holds for equation in found] == [True, False]


def test_the_number_of_equations_is_bounded() -> None:
    assert len(equations("1 + 1 = 2\n" * 5_000)) == MOST_EQUATIONS


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("9.11 is greater than 9.9", False),
        ("since 3 < 5, we go on", True),
        ("because 48 < 3 hours", False),
        ("-0.15 is less than -0.1", True),
    ],
)
def test_a_comparison_of_plain_numbers_is_checked(text: str, holds: bool) -> None:
    (comparison,) = comparisons(text)
    assert comparison.holds is holds


@pytest.mark.parametrize("text", ["if 5 < 3 then", "x_5 < 3", "2*5 < 3", "5 < 3x", "(5 < 3"])
def test_a_comparison_within_something_larger_is_not_read(text: str) -> None:
    assert not comparisons(text)
