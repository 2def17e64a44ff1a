from typing import Any

import pytest

from generator.judging.finding import Finding
from generator.judging.judge import judge_failure, rules_judge
from generator.judging.settle import settle, verdict
from tests.judging.factory import failure


def finding(category: str | None, start: int = 0, **changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "rule": "a-rule",
        "category": category,
        "subcategory": None,
        "attribution": "model" if category else "harness",
        "attribution_subtype": None if category else "extraction",
        "start": start,
        "end": start + 4,
        "confidence": 0.9,
        "title": "Title",
        "reason": "Reason.",
    }
    return Finding(**(fields | changes))


def test_no_finding_settles_nothing() -> None:
    assert settle([], 0.85) is None


def test_a_hint_never_settles() -> None:
    assert settle([finding("E13", confidence=0.84)], 0.85) is None


@pytest.mark.parametrize(
    ("categories", "first"),
    [
        (("E13", "E02"), "E02"),
        (("E03", "E13"), "E13"),
        (("E04", "E16"), "E16"),
        (("E01", "E04"), "E01"),
        (("E02", None), None),
    ],
)
def test_the_order_is_fault_then_gates_then_content_then_form(
    categories: tuple[str | None, ...], first: str | None
) -> None:
    settled = settle([finding(c, start=n) for n, c in enumerate(categories)], 0.85)
    assert settled is not None
    assert settled.category == first


def test_among_equals_the_earliest_in_the_output_comes_first() -> None:
    settled = settle([finding("E13", 40), finding("E11", 10), finding("E13", 20)], 0.85)
    assert settled is not None
    assert settled.start == 10


def test_the_order_of_the_findings_does_not_matter() -> None:
    findings = [finding("E13", 5, rule="b"), finding("E13", 5, rule="a"), finding("E04", 1)]
    assert settle(findings, 0.85) == settle(findings[::-1], 0.85)


def test_a_verdict_quotes_only_where_the_text_may_be_shown() -> None:
    judge = rules_judge("1.0", 0.85)
    given = failure("Some words here.")
    shown = verdict(given, [finding("E13", 5)], judge, 0.85, display_full=True)
    withheld = verdict(given, [finding("E13", 5)], judge, 0.85, display_full=False)
    assert shown.evidence[0].quote == "word"
    assert withheld.evidence[0].quote is None
    assert (withheld.evidence[0].start, withheld.evidence[0].end) == (5, 9)


def test_further_categories_are_secondary_two_at_most() -> None:
    findings = [finding("E02"), finding("E13", 1), finding("E11", 2), finding("E04", 3)]
    said = verdict(
        failure("text text text"), findings, rules_judge("1.0", 0.85), 0.85, display_full=False
    )
    assert said.category == "E02"
    assert said.secondary == ("E13", "E11")


def test_where_nothing_speaks_the_failure_is_undetermined() -> None:
    said = judge_failure(
        failure("A: 17", extracted="17"), rules_judge("1.0", 0.85), 0.85, display_full=True
    )
    assert said.status == "undetermined"
    assert said.attribution is None


def test_the_judges_identity_changes_with_the_threshold_alone() -> None:
    assert rules_judge("1.0", 0.85) == rules_judge("1.0", 0.85)
    assert rules_judge("1.0", 0.85).prompt_hash != rules_judge("1.0", 0.9).prompt_hash
