"""Arguments written out in formulas of one variable."""

import pytest

from generator.judging.replays.deductions import replay
from generator.judging.replays.formulas import MOST_PROPERTIES, Properties, Statement

TASK = "Is the argument deductively valid or invalid?"


def argued(premises: tuple[str, ...], goal: str, *steps: str) -> str:
    """Return an output that writes an argument out."""
    given = [f"({n}) Some words: {formula}." for n, formula in enumerate(premises, start=1)]
    return "\n".join([*given, f"Hypothesis: Does it follow: {goal}?", *steps])


def kind(output: str) -> str | None:
    slip = replay(TASK, output)
    return slip.kind if slip else None


BOTH = ("If X = a(P), then X = b(P)", "If X = b(P), then X = c(P)")
SOME = ("There exists X such that X = a(P) AND X = NOT (c(P))", BOTH[0])
NAMED = ("Ann = a(P)", BOTH[0])


@pytest.mark.parametrize(
    ("premises", "step", "follows"),
    [
        (BOTH, "if X = a(P), then X = c(P)", True),
        (BOTH, "if X = NOT (c(P)), then X = NOT (a(P))", True),
        (BOTH, "if X = c(P), then X = a(P)", False),
        (BOTH, "there exists X such that X = c(P)", False),
        (SOME, "there exists X such that X = b(P) AND X = NOT (c(P))", True),
        (SOME, "there exists X such that X = b(P) AND X = c(P)", False),
        (NAMED, "Ann = b(P)", True),
        (NAMED, "there exists X such that X = b(P)", True),
        (NAMED, "Bo = b(P)", False),
        (NAMED, "NOT (Ann = b(P))", False),
    ],
)
def test_a_step_follows_or_not(premises: tuple[str, ...], step: str, *, follows: bool) -> None:
    output = argued(premises, "If X = a(P), then X = c(P)", f"By (1), we have {step}.")
    assert (kind(output) is None) == follows


def test_a_goal_that_does_not_follow_is_found_where_it_is_claimed() -> None:
    output = argued(BOTH, "If X = c(P), then X = a(P)", "So, it is true that all c are a.")
    slip = replay(TASK, output)
    assert slip is not None
    assert output[slip.span.start : slip.span.end].startswith("So, it is true")


@pytest.mark.parametrize(
    "output",
    [
        "",
        argued(("If X = a(P) then so on",), "If X = a(P), then X = b(P)", "So, it is true that."),
        argued(BOTH, "If X = c(P), then X = a(P)", "We cannot deduce it. The answer is invalid."),
        argued(BOTH, "If X = a(P), then X = c(P)", "By (1), we have if X = z(Q), then X = a(P)."),
    ],
)
def test_what_is_not_understood_is_passed_over(output: str) -> None:
    assert kind(output) is None


def test_formulas_of_too_many_properties_are_not_read() -> None:
    many = " OR ".join(f"X = p(A{n})" for n in range(MOST_PROPERTIES + 1))
    assert Properties([many]).statement(f"If {many}, then X = p(A0)") is None


def test_a_formula_is_the_kinds_of_which_it_holds() -> None:
    properties = Properties(["X = a(P) AND X = b(P)"])
    assert properties.every == 0b1111
    assert properties.statement("Ann = a(P) AND NOT (b(P))") == Statement("Ann", 0b0010)
    assert properties.statement("Ann = a(P) OR b(P)") == Statement("Ann", 0b1110)
