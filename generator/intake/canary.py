"""Benchmarks that mark their data want the mark wherever the data is."""

from collections.abc import Iterator
from pathlib import Path

from generator.errors import Problem
from generator.intake.findings import Finding, error
from generator.intake.scope import Scope
from generator.store.content import Content


def find_missing_canaries(content: Content, scope: Scope) -> Iterator[Finding]:
    """Refuse items and outputs that lack the canary of their benchmark.

    Where the text is withheld, none of it is here, and no mark is needed.
    """
    layout = content.layout
    for name, benchmark in content.benchmarks.items():
        if benchmark.canary is None or benchmark.source is not None:
            continue
        places = [(layout.items(name), "put it into a tag of every item")]
        mend = "put it into the note of run.yml"
        places += [(layout.run(*key), mend) for key in content.runs if key[0] == name]
        for path, mend in places:
            if scope.holds(layout.name(path)) and not _stands(benchmark.canary, path):
                wrong = "the benchmark's canary is not in the file"
                yield error(Problem(layout.name(path), 0, "-", "", wrong, mend))


def _stands(canary: str, path: Path) -> bool:
    """Tell whether a file holds a text, whatever line breaks its words are parted by."""
    if not path.is_file():
        return True  # that it is missing is told elsewhere
    return canary in " ".join(path.read_text(encoding="utf-8").split())
