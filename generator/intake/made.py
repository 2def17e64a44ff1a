"""Files that the Atlas makes or keeps itself, and a contribution should leave alone."""

from collections.abc import Iterator

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.store.content import Content

_MADE = ("verdicts",)
_KEPT = (
    "taxonomy",
    "calibration.yml",
    "samples",
    "atlas.yml",
    "prices.yml",
    "releases",
    "speed.json",
)


def find_made_files(_: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of verdicts and settings among files that were named or changed."""
    for name in sorted(scope.names or ()):
        top = name.split("/", 1)[0]
        if top in _MADE:
            wrong = "verdicts are made by the Atlas and not contributed"
            yield warning(Problem(name, 0, "-", "", wrong, "leave the file out"))
        elif top in _KEPT:
            wrong = "a file of the Atlas as a whole is changed"
            mend = "keep such changes out of a contribution of outputs"
            yield warning(Problem(name, 0, "-", "", wrong, mend))
