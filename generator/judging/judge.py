"""The embedded judge: rules over a parsed failure, settled in one place. No network."""

import hashlib
from collections.abc import Iterator, Mapping

from generator.judging.context import NO_CONTEXT, Context
from generator.judging.finding import Finding
from generator.judging.rules import RULES
from generator.judging.settle import verdict
from generator.judging.view import View
from generator.records.failure import Failure
from generator.records.keys import canonical_json
from generator.records.verdict import JudgeId, Verdict

RULES_NAME = "rules"
RULES_VERSION = "5"
"""Raised with every change to what a rule sees."""

Confidences = Mapping[str, float]
"""By rule, the share of its findings that are the first major error, in [0, 1]."""
PRIORS: Confidences = {rule.name: rule.prior for rule in RULES.values()}
"""Where nothing was counted."""


def rules_judge(
    taxonomy_version: str, threshold: float, confidences: Confidences = PRIORS
) -> JudgeId:
    """Return the identity of the rules: changes with their names, confidences and threshold."""
    parts = [sorted([name, sure] for name, sure in confidences.items()), threshold]
    return JudgeId(
        name=RULES_NAME,
        version=RULES_VERSION,
        prompt_hash=hashlib.sha256(canonical_json(parts)).hexdigest(),
        taxonomy=taxonomy_version,
    )


def findings_of(
    failure: Failure, context: Context = NO_CONTEXT, confidences: Confidences = PRIORS
) -> Iterator[Finding]:
    """Yield what each rule sees in a failure, rule by rule.

    Args:
        failure: The failure.
        context: What is known of the item beyond it, if anything.
        confidences: How sure a finding of each rule is.
    """
    view = View(failure, context)
    for name, rule in RULES.items():
        for finding in rule(view):
            yield finding._replace(confidence=confidences[name])


def judge_failure(
    failure: Failure,
    judge: JudgeId,
    threshold: float,
    *,
    display_full: bool,
    context: Context = NO_CONTEXT,
    confidences: Confidences = PRIORS,
) -> Verdict:
    """Judge a failure with the rules alone.

    Args:
        failure: The failure.
        judge: Identity from :func:`rules_judge`.
        threshold: Least confidence of a finding that settles, in [0, 1].
        display_full: Whether evidence may be quoted.
        context: What is known of the item beyond the failure, if anything.
        confidences: How sure a finding of each rule is; see ``judging.calibration``.

    Returns:
        A verdict with status ``verdict`` or ``undetermined``; never ``no_verdict``.
    """
    findings = findings_of(failure, context, confidences)
    return verdict(failure, findings, judge, threshold, display_full=display_full)
