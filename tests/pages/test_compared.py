"""What the page of pairs says of them."""

from dataclasses import replace

import pandas as pd

from generator.pages.compared import compared_page
from generator.pages.edition import Edition
from generator.stats.comparison import COLUMNS, Comparison, Ground
from generator.stats.comparisons import Compared
from generator.stats.steps import Step
from tests.pages.world import World

STEP = Step("lab__large", "lab__small", "size")
NOTHING = pd.DataFrame(columns=list(COLUMNS))


def comparison(ground: Ground, table: pd.DataFrame, says: str) -> Comparison:
    return Comparison(STEP.first, STEP.second, ground, 40, {"hidden_sums": 1.0}, says, table)


def told() -> pd.DataFrame:
    """Return one category that differs, one that does not, and one that neither has."""
    rows = [
        ("E02", "items", 0.25, 0.05, 0.20, 0.10, 0.30, 9, 1, "exact", 0.001, 0.003),
        ("E13", "items", 0.10, 0.15, -0.05, -0.1, 0.05, 2, 4, "exact", 0.3, 0.4),
        ("E14", "items", 0.0, 0.0, 0.0, -0.1, 0.1, 0, 0, "exact", 1.0, float("nan")),
        ("undetermined", "items", 0.5, 0.4, 0.1, -0.1, 0.3, 9, 5, "exact", 0.2, float("nan")),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def text_of(small: World, *pairs: Compared) -> str:
    made = small.edition()
    edition = Edition(made.content, replace(made.numbers, comparisons=pairs))
    return compared_page(edition).text


def test_a_difference_is_called_one_only_where_q_is_small(small: World) -> None:
    pair = Compared(STEP, ("rules",), comparison("shared items", told(), "Item by item."), None)
    rows = text_of(small, pair).split("shares of items</caption>")[1].split("<tr>")
    (first,) = (row for row in rows if "E02" in row)
    assert "&#60; 0.01" in first
    assert "<td>more often</td>" in first
    (second,) = (row for row in rows if "E13" in row)
    assert "0.40" in second
    assert "<td></td>" in second
    assert not any("E14" in row for row in rows)
    assert "Undetermined" in rows[-1]


def test_a_pair_without_samples_is_said_to_rest_on_rules_alone(small: World) -> None:
    own = comparison("shared items", told(), "Item by item.")
    assert "Neither has a sample" in text_of(small, Compared(STEP, ("rules",), own, None))
    assert "Neither has a sample" not in text_of(small, Compared(STEP, ("reader",), own, None))


def test_a_warning_stands_before_what_rules_say_alone(small: World) -> None:
    none = comparison("none", NOTHING, "Warning of it.")
    rules = comparison("shared items", told(), "Item by item.")
    text = text_of(small, Compared(STEP, ("reader", "rules"), none, rules))
    warning, _, rest = text.partition("Warning of it.")
    assert "admonition warning" in warning
    assert "Large against Small, by rules alone" in rest
    assert "by reader" not in rest
    assert "none&#58; no fair comparison" in warning


def test_an_edition_without_such_pairs_says_so(small: World) -> None:
    assert "No two models of this edition are one step apart." in text_of(small)
