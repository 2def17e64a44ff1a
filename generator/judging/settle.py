"""The one place that settles which error of a failure comes first."""

from collections.abc import Iterable

from generator.judging.finding import Finding
from generator.records.failure import Failure
from generator.records.verdict import Evidence, JudgeId, Verdict

GATES = frozenset({"E01", "E02"})
"""Decided before all other categories: whether an answer was delivered."""
FORM = frozenset({"E03", "E04", "E05"})
"""Only if the content is right: decided after all other categories."""
MOST_SECONDARY = 2


def settle(findings: Iterable[Finding], threshold: float) -> Finding | None:
    """Return the finding of the first major error, none where no finding is sure enough.

    The order is the codebook's: whose fault it is; whether there is an answer; content before
    form; then the earliest place in the output, the surer finding first at the same place.

    Args:
        findings: What the rules see in one failure.
        threshold: Findings of less confidence than this never settle, in [0, 1].
    """
    sure = [finding for finding in findings if finding.confidence >= threshold]
    return min(sure, key=_precedence, default=None)


def verdict(
    failure: Failure,
    findings: Iterable[Finding],
    judge: JudgeId,
    threshold: float,
    *,
    display_full: bool,
) -> Verdict:
    """Return what the rules say of a failure: a verdict, or that it cannot be told.

    Args:
        failure: The failure judged.
        findings: What the rules see in it.
        judge: Identity of the rules.
        threshold: Least confidence of a finding that settles, in [0, 1].
        display_full: Whether evidence may be quoted; otherwise offsets alone are kept.
    """
    findings = tuple(findings)
    first = settle(findings, threshold)
    if first is None:
        return Verdict(key=failure.key, item_id=failure.item_id, judge=judge, status="undetermined")
    evidence: tuple[Evidence, ...] = ()
    if first.end > first.start:
        quote = failure.output[first.start : first.end] if display_full else None
        evidence = (Evidence(quote=quote, start=first.start, end=first.end),)
    return Verdict(
        key=failure.key,
        item_id=failure.item_id,
        judge=judge,
        status="verdict",
        attribution=first.attribution,
        attribution_subtype=first.attribution_subtype,
        category=first.category,
        subcategory=first.subcategory,
        secondary=_secondary(findings, first, threshold),
        rule=first.rule,
        title=first.title,
        summary=first.reason,
        evidence=evidence,
        confidence=first.confidence,
    )


def _precedence(finding: Finding) -> tuple[int, int, float, str]:
    if finding.attribution != "model":
        rank = 0
    elif finding.category in GATES:
        rank = 1
    else:
        rank = 3 if finding.category in FORM else 2
    return rank, finding.start, -finding.confidence, finding.rule


def _secondary(findings: tuple[Finding, ...], first: Finding, threshold: float) -> tuple[str, ...]:
    """Return the further categories that are sure enough, in order, at most two."""
    if first.attribution != "model":
        return ()
    others = sorted((f for f in findings if f.confidence >= threshold), key=_precedence)
    distinct = dict.fromkeys(f.category for f in others if f.category not in {None, first.category})
    return tuple(category for category in distinct if category is not None)[:MOST_SECONDARY]
