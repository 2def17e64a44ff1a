"""How sure the rules are: their priors, moved by what is counted where causes are known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.judging.context import NO_CONTEXT, Context
from generator.judging.elsewhere import Elsewhere
from generator.judging.finding import Finding
from generator.judging.judge import PRIORS, RULES_VERSION, Confidences, findings_of
from generator.judging.settle import settle
from generator.readers.runs import run_rows
from generator.records.calibration import Calibration, CalibrationSet, RuleCount
from generator.records.failure import Failure
from generator.records.keys import RunKey
from generator.store.content import Content
from generator.store.inline import read_labels
from generator.store.verdicts import read_verdicts

PRIOR_WEIGHT = 20
"""Observations that a prior is worth: with fewer counted than this, it has the greater say."""
PLANTED_MOST = 10
"""Most observations of one rule that planted faults count for: they are plainer than real ones."""
HELD_OUT = "held-out"
"""Items with this ``split`` are never counted: they measure what was made without them."""
_PLACES = 4


class Known(NamedTuple):
    """A failure whose cause is known."""

    failure: Failure
    """The failure."""
    attribution: str | None
    """Whose fault it is; none where that cannot be told."""
    category: str | None
    """Category, for a fault of the model."""
    context: Context = NO_CONTEXT
    """What is known of the item beyond the failure."""


class KnownSet(NamedTuple):
    """Failures to count the rules on."""

    name: str
    """Name of the set."""
    description: str
    """What the failures are and who says what caused them."""
    failures: Iterable[Known]
    """The failures."""
    most: int | None = None
    """Most observations of one rule that count."""


def confidences_of(calibration: Calibration) -> Confidences:
    """Return how sure a finding of each rule is.

    The prior counts as :data:`PRIOR_WEIGHT` observations (the mean of a beta distribution), so
    that a rule that was seldom counted stays near what is expected of it.
    """
    return {name: _shrunk(name, prior, calibration) for name, prior in PRIORS.items()}


def _shrunk(name: str, prior: float, calibration: Calibration) -> float:
    right, spoke = prior * PRIOR_WEIGHT, float(PRIOR_WEIGHT)
    for one in calibration.sets:
        count = one.rules.get(name)
        if count is not None and count.spoke:
            share = min(1.0, (one.most or count.spoke) / count.spoke)
            right += count.right * share
            spoke += count.spoke * share
    return round(right / spoke, _PLACES)


def calibrated(content: Content, sets: Iterable[KnownSet]) -> Calibration:
    """Count the rules anew; sets that are not counted here stay as they are.

    Args:
        content: The content, for its threshold and the sets that it has.
        sets: The sets to count; a failure that is in several counts in the first.
    """
    threshold = content.atlas.rule_threshold
    seen: set[str] = set()
    made: dict[str, CalibrationSet] = {}
    for one in sets:
        right, spoke, failures = Counter[str](), Counter[str](), 0
        for known in one.failures:
            if known.failure.key in seen:
                continue
            seen.add(known.failure.key)
            failures += 1
            for finding in would_settle(known, threshold):
                spoke[finding.rule] += 1
                cause = (known.attribution, known.category)
                right[finding.rule] += cause == (finding.attribution, finding.category)
        made[one.name] = CalibrationSet(
            name=one.name,
            description=one.description,
            failures=failures,
            most=one.most,
            rules={n: RuleCount(right=right[n], spoke=spoke[n]) for n in sorted(spoke)},
        )
    kept = [one for one in content.calibration.sets if one.name not in made]
    return Calibration(rules_version=RULES_VERSION, sets=(*made.values(), *kept))


def would_settle(known: Known, threshold: float) -> Iterator[Finding]:
    """Yield the finding of each rule that settles, or would if it were sure enough.

    Which rules are sure is read off the priors, so that counting does not depend on what was
    counted before.
    """
    findings = tuple(findings_of(known.failure, known.context))
    for rule in dict.fromkeys(finding.rule for finding in findings):
        heard = [f for f in findings if f.rule == rule or f.confidence >= threshold]
        first = settle(heard, 0.0)
        if first is not None and first.rule == rule:
            yield first


def known_sets(content: Content, cache: Path) -> Iterator[KnownSet]:
    """Yield what the content knows: its annotated samples, and its labels but the held-out part.

    Args:
        content: The content.
        cache: Folder of fetched files; the texts must be at hand.

    Raises:
        InputError: A text is not at hand or at fault; raised while failures are counted.
    """
    for name, sample in content.samples.items():
        keys = [(stratum.benchmark, stratum.model) for stratum in sample.strata]
        causes = {key: _annotated(content, key, sample.judge) for key in keys}
        described = f"{sample.title}: verdicts of {sample.judge}."
        yield KnownSet(name, described, _failures(content, causes, cache))
    for name, benchmark in content.benchmarks.items():
        by_run: dict[RunKey, dict[str, tuple[str | None, str | None]]] = {}
        for label in read_labels(content.layout, name):
            if label.key is not None:
                continue  # chosen because a judge erred: counted, every rule would be wrong
            of_run = by_run.setdefault((name, label.model), {})
            of_run[label.item_id] = (label.attribution, label.category)
        if by_run:
            described = f"{benchmark.name}: its labels, without the items that are held out."
            most = PLANTED_MOST if benchmark.synthetic else None
            yield KnownSet(name, described, _failures(content, by_run, cache), most)


def _annotated(
    content: Content, key: RunKey, judge: str
) -> dict[str, tuple[str | None, str | None]]:
    verdicts = read_verdicts(content.layout.verdicts(*key), [judge])
    return {
        verdict.item_id: (verdict.attribution, verdict.category)
        for verdict in verdicts
        if verdict.status != "no_verdict"
    }


def _failures(
    content: Content,
    causes: Mapping[RunKey, Mapping[str, tuple[str | None, str | None]]],
    cache: Path,
) -> Iterator[Known]:
    """Yield the failures whose causes are given, run by run."""
    elsewhere = Elsewhere(content)
    for key, of_run in causes.items():
        contexts = elsewhere.of_run(key)
        task_type = content.benchmarks[key[0]].task_type
        for item, prediction in run_rows(content, key, cache):
            if item.item_id in of_run and item.tags.get("split") != HELD_OUT:
                failure = Failure.of(*key, task_type, item, prediction)
                context = contexts.of_item(item.item_id)
                yield Known(failure, *of_run[item.item_id], context)
