"""A close look at what was contributed: what blocks, and what a reviewer should know."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from generator.intake.canary import find_missing_canaries
from generator.intake.corrections import find_lost_corrections
from generator.intake.findings import Finding
from generator.intake.made import find_made_files
from generator.intake.names import find_look_alikes
from generator.intake.runs import find_gaps
from generator.intake.scope import Scope
from generator.intake.scores import find_implausible_scores
from generator.intake.secrets import find_secrets
from generator.intake.twins import find_twins
from generator.store.content import Content

Look = Callable[[Content, Scope], Iterable[Finding]]

LOOKS: Mapping[str, Look] = {
    "made": find_made_files,
    "names": find_look_alikes,
    "runs": find_gaps,
    "canary": find_missing_canaries,
    "scores": find_implausible_scores,
    "twins": find_twins,
    "secrets": find_secrets,
    "corrections": find_lost_corrections,
}
"""Looks by name, in the order in which they are taken."""


def look_over(content: Content, scope: Scope) -> list[Finding]:
    """Return everything that a reviewer should know of contributed files.

    Args:
        content: Content that could be loaded and holds together.
        scope: Which files of it to look at.
    """
    looks = (partial(look, content, scope) for look in LOOKS.values())
    return [finding for look in looks for finding in look()]
