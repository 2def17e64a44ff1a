"""Corrections that no longer count, because the text that they speak of is another one now."""

from collections.abc import Iterator

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.judging.corrections import lost
from generator.store.content import Content


def find_lost_corrections(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of corrections whose verdict is not there or is on an earlier text."""
    for benchmark in sorted(content.benchmarks):
        name = content.layout.name(content.layout.labels(benchmark))
        if not scope.holds(name):
            continue
        for line, label in lost(content, benchmark):
            wrong = "the correction counts nowhere: its text was changed, or its verdict removed"
            mend = "run erroratlas import correction again, or with --withdraw"
            yield warning(Problem(name, line, "key", label.item_id, wrong, mend))
