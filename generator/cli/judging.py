"""Judging with a progress bar and a recap, for the subcommands that judge."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from generator.judging.run import Sealing, judge_runs
from generator.readers.runs import RunKey
from generator.store.content import Content


class Recap(NamedTuple):
    """What judging came to."""

    runs: int
    """Runs judged."""
    predictions: int
    """Predictions read."""
    failures: int
    """Failures judged."""
    settled: int
    """Failures that the rules could settle."""
    changed: tuple[str, ...]
    """Files that were written, or with ``check`` would have been."""

    def sentence(self, runs: int, *, check: bool) -> str:
        """Return the recap as a sentence.

        Args:
            runs: Runs in the content.
            check: Whether files were compared instead of written.
        """
        did = "differ" if check else "written"
        return (
            f"{self.runs} of {runs} runs judged: {self.failures:,} failures of "
            f"{self.predictions:,} predictions, {self.settled:,} settled by the rules, "
            f"{len(self.changed)} files {did}"
        )


def judge_all(
    content: Content,
    keys: Sequence[RunKey],
    cache: Path,
    *,
    workers: int,
    check: bool = False,
    show: bool = False,
) -> Recap:
    """Judge runs and write, or with ``check`` compare, their files.

    Args:
        content: The content.
        keys: Runs whose text is at hand.
        cache: Folder of fetched files.
        workers: Processes.
        check: Compare instead of writing.
        show: Whether to show a progress bar.
    """
    sealing = Sealing(content, check=check)
    predictions = failures = settled = 0
    changed: list[str] = []
    label = "Judging"
    with click.progressbar(length=len(keys), label=label, file=sys.stderr, hidden=not show) as bar:
        for judged in judge_runs(content, keys, cache, workers=workers):
            changes = sealing.seal(judged)
            changed += [content.layout.name(c.path) for c in changes if c.changed]
            predictions += judged.predictions
            failures += judged.failures
            settled += judged.settled
            bar.update(1)
    return Recap(len(keys), predictions, failures, settled, tuple(dict.fromkeys(changed)))
