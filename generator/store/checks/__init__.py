"""Checks of the whole content, beyond what loading it already refuses."""

from collections.abc import Callable, Iterable

from generator.errors import Problem
from generator.store.checks.examples import check_examples
from generator.store.checks.held import Held
from generator.store.checks.labels import check_labels
from generator.store.checks.panel import check_panel
from generator.store.checks.prices import check_prices
from generator.store.checks.proposals import check_proposals
from generator.store.checks.references import hold_references
from generator.store.checks.renamed import check_renamed
from generator.store.checks.samples import check_samples
from generator.store.checks.speed import check_speed
from generator.store.checks.texts import hold_texts
from generator.store.checks.tree import check_tree
from generator.store.checks.verdicts import check_verdicts
from generator.store.content import Content

Check = Callable[[Content, Held], Iterable[Problem]]

CHECKS: dict[str, Check] = {
    "tree": check_tree,
    "texts": lambda _, held: held.texts,
    "references": lambda _, held: held.references,
    "renamed": check_renamed,
    "panel": check_panel,
    "verdicts": check_verdicts,
    "samples": check_samples,
    "labels": check_labels,
    "prices": check_prices,
    "speed": check_speed,
    "examples": check_examples,
    "proposals": check_proposals,
}
"""Checks by name, in the order in which they are made."""


def hold(content: Content, *, judged: bool = True) -> Held:
    """Return what the runs hold."""
    held = Held(judged=judged)
    hold_texts(content, held)
    hold_references(content, held)
    return held


def check_content(content: Content, *, judged: bool = True) -> list[Problem]:
    """Return everything that is wrong with content that could be loaded.

    Args:
        content: The content.
        judged: Whether verdicts on text that changed since are a fault; not if the runs whose
            text is here are judged anew before the verdicts are used.
    """
    held = hold(content, judged=judged)
    return [problem for check in CHECKS.values() for problem in check(content, held)]
