"""How sure the rules are: priors, moved by counts; and the counting itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.judging.calibration import (
    PRIOR_WEIGHT,
    Known,
    KnownSet,
    calibrated,
    confidences_of,
    known_sets,
    would_settle,
)
from generator.judging.judge import PRIORS, RULES_VERSION, rules_judge
from generator.judging.rules import RULES
from generator.judging.run import state
from generator.records.calibration import (
    NOT_CALIBRATED,
    Calibration,
    CalibrationSet,
    RuleCount,
)
from generator.store.content import Content, load_content
from generator.store.documents import read_document, write_document
from tests.judging.factory import choice, failure
from tests.store.tree import lines, sound, write

CUT = choice("We have three bags with six marbles each, so the number of all is")


def counted(rule: str, right: int, spoke: int, most: int | None = None) -> Calibration:
    one = CalibrationSet(
        name="set",
        description="A set.",
        failures=spoke,
        most=most,
        rules={rule: RuleCount(right=right, spoke=spoke)},
    )
    return Calibration(rules_version=RULES_VERSION, sets=(one,))


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load_content(sound(tmp_path))


def test_a_rule_that_was_never_counted_has_its_prior() -> None:
    assert confidences_of(NOT_CALIBRATED) == {name: round(p, 4) for name, p in PRIORS.items()}


@given(st.integers(0, 200), st.integers(0, 200))
def test_counts_pull_a_prior_towards_their_share(right: int, wrong: int) -> None:
    spoke = right + wrong
    prior = PRIORS["loop"]
    sure = confidences_of(counted("loop", right, spoke))["loop"]
    expected = (right + PRIOR_WEIGHT * prior) / (spoke + PRIOR_WEIGHT)
    assert sure == pytest.approx(expected, abs=1e-4)


def test_many_plain_failures_weigh_no_more_than_they_may() -> None:
    few = confidences_of(counted("no-conclusion", 10, 10))
    many = confidences_of(counted("no-conclusion", 500, 500, most=10))
    assert few["no-conclusion"] == many["no-conclusion"]


def test_a_rule_that_is_wrong_too_often_falls_silent(content: Content) -> None:
    assert PRIORS["other-operation"] >= content.atlas.rule_threshold
    sure = confidences_of(counted("other-operation", 10, 20))["other-operation"]
    assert sure < content.atlas.rule_threshold


def test_verdicts_say_which_confidences_they_were_made_with() -> None:
    before = rules_judge("1.0", 0.85, confidences_of(NOT_CALIBRATED))
    after = rules_judge("1.0", 0.85, confidences_of(counted("loop", 1, 2)))
    assert before.prompt_hash != after.prompt_hash


def test_the_finding_that_settles_is_counted_and_a_hint_as_if_it_were_sure() -> None:
    given_failure = failure("2 + 2 = 5, and that is all.\nA: 5", extracted="5")
    found = {f.rule for f in would_settle(Known(given_failure, "model", "E13"), 0.85)}
    assert "false-equation" in found
    cut = {f.rule for f in would_settle(Known(CUT, "model", "E02"), 0.85)}
    assert cut == {"truncated"}


def test_a_failure_counts_once_and_other_sets_stay(content: Content) -> None:
    kept = replace(content, calibration=counted("loop", 3, 4))
    known = [Known(CUT, "model", "E02"), Known(CUT, "model", "E02")]
    made = calibrated(
        kept,
        [KnownSet("one", "One.", known), KnownSet("two", "Two.", [Known(CUT, None, None)])],
    )
    assert [(one.name, one.failures) for one in made.sets] == [("one", 1), ("two", 0), ("set", 4)]
    assert made.sets[0].rules == {"truncated": RuleCount(right=1, spoke=1)}
    assert calibrated(kept, []).sets == kept.calibration.sets


def test_held_out_items_are_never_counted(tmp_path: Path) -> None:
    root = sound(tmp_path)
    items = [
        {"item_id": "q1", "input": "?", "references": ["1"], "tags": {"split": "held-out"}},
        {"item_id": "q2", "input": "?", "references": ["1"], "tags": {"split": "developed"}},
    ]
    rows = [{"item_id": name, "output": "", "score": 0.0} for name in ("q1", "q2")]
    cause = {"model": "acme__alpha", "labeller": "planted", "category": "E02"}
    write(root, "benchmarks/sums/items.jsonl", lines(items))
    write(root, "predictions/sums/acme__alpha/predictions.jsonl", lines(rows))
    write(root, "labels/sums.jsonl", lines([{"item_id": n, **cause} for n in ("q1", "q2")]))
    content = load_content(root)
    (one,) = known_sets(content, tmp_path)
    assert [known.failure.item_id for known in one.failures] == ["q2"]


def test_a_calibration_is_read_back_and_makes_verdicts_stale(tmp_path: Path) -> None:
    root = sound(tmp_path)
    made = counted("loop", 3, 4)
    path = write(root, "calibration.yml", write_document(made))
    assert read_document(path, Calibration, "x") == (made, [])
    content = load_content(root)
    assert content.calibration == made
    assert state(content, ("sums", "acme__alpha")) == "missing"


def test_a_rule_cannot_be_right_more_often_than_it_spoke() -> None:
    with pytest.raises(ValidationError, match="more often than it spoke"):
        RuleCount(right=2, spoke=1)


def test_the_committed_counts_are_of_these_rules(content_root: Path) -> None:
    calibration = load_content(content_root).calibration
    assert calibration.rules_version == RULES_VERSION
    assert {name for one in calibration.sets for name in one.rules} <= RULES.keys()
