"""Who made the predictions available that a page rests on."""

from collections import Counter
from collections.abc import Sequence

from generator.pages.edition import Report
from generator.pages.format import counted

MOST = 12
"""Contributors that a page names; the rest are with their runs on the pages of the models."""


def credits_of(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return contributors with the number of their runs and the licence, those with most first.

    Args:
        reports: Runs that the page shows numbers of.
    """
    runs = Counter((report.run.contributor, report.run.licence) for report in reports)
    ranked = sorted(runs.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{who} ({counted(number, 'run')}, {licence})" for (who, licence), number in ranked]
    if len(named) <= MOST:
        return tuple(named)
    return (*named[:MOST], f"{counted(len(named) - MOST, 'other')}, named with each run")
