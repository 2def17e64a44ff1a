"""Judging with a progress bar and a recap, for the subcommands that judge."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from generator.judging.indexing import Indexing, index_run, unindexed
from generator.judging.run import State, due, in_processes, judge_run, seal
from generator.records.keys import RunKey
from generator.store.atomic import tidy
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


def say_absent(keys: Collection[RunKey]) -> None:
    """Say of which runs the text is not here: they might pass for judged."""
    if keys:
        names = " ".join(dict.fromkeys(benchmark for benchmark, _ in keys))
        click.echo(
            f"The text of {len(keys):,} runs is not here; they keep the verdicts they have. "
            f"`erroratlas fetch {names}` brings it.",
            err=True,
        )


def judge_all(
    content: Content,
    cache: Path,
    wished: Collection[RunKey],
    *,
    workers: int,
    everything: bool = False,
    check: bool = False,
    show: bool = False,
    known: Mapping[RunKey, State] | None = None,
) -> Recap:
    """Index and judge runs and write, or with ``check`` compare, their files.

    All indexes of a benchmark come before its verdicts, since rules look at the answers of other
    models: so the outcome does not depend on the order of runs or on where an earlier run of
    this ended.

    Args:
        content: The content.
        cache: Folder of fetched files.
        wished: Runs to judge where they are due and their text is at hand.
        workers: Processes.
        everything: Judge those with fresh verdicts too.
        check: Compare instead of writing.
        show: Whether to show a progress bar.
        known: Whether each run has to be judged, where that was told already; an index that is
            written here may change it.
    """
    for folder in {content.layout.verdicts(*key).parent for key in wished}:
        tidy(folder)
    predictions = failures = settled = 0
    changed: list[str] = []
    benchmarks = {benchmark for benchmark, _ in wished}
    keys = unindexed(content, benchmarks, cache, everything=everything)
    indexing = Indexing(content, check=check)
    with click.progressbar(
        in_processes(index_run, content, keys, cache, workers=workers),
        length=len(keys),
        label="Indexing",
        file=sys.stderr,
        hidden=not show or not keys,
    ) as indexed:
        for run in indexed:
            changes = indexing.seal(run)
            changed += [content.layout.name(c.path) for c in changes if c.changed]
    told = None if changed else known
    keys = [key for key in due(content, cache, everything=everything, known=told) if key in wished]
    with click.progressbar(
        in_processes(judge_run, content, keys, cache, workers=workers),
        length=len(keys),
        label="Judging",
        file=sys.stderr,
        hidden=not show,
    ) as runs:
        for judged in runs:
            change = seal(content, judged, check=check)
            changed += [content.layout.name(change.path)] if change.changed else []
            predictions += judged.predictions
            failures += judged.failures
            settled += judged.settled
    return Recap(len(keys), predictions, failures, settled, tuple(dict.fromkeys(changed)))
