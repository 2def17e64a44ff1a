"""Failures and labels that are not in the content: judged and compared for one report."""

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import pandas as pd

from generator.cli.options import progress_shown
from generator.cli.scores import ALL
from generator.errors import InputError
from generator.judging.block import embedded_judge
from generator.judging.calibration import confidences_of
from generator.judging.judge import judge_failure
from generator.readers.labelled import (
    FailureLine,
    LabelLine,
    VerdictLine,
    failure_of,
    read_unique,
)
from generator.records.verdict import Verdict
from generator.stats.agreement import Compared, compare, pairs
from generator.store.content import Content
from generator.store.verdicts import read_verdicts

Said = Mapping[str, VerdictLine | Verdict]
"""What a judge said, by the id of the failure."""


class Heard(NamedTuple):
    """What a judge said."""

    said: Said
    """Verdicts by the id of the failure."""
    seconds: dict[str, float]
    """Seconds of judging by benchmark, with those of all; empty where verdicts were read."""
    facts: dict[str, Any]
    """Who judged and what it took, for the head of the report."""


class Labelled(NamedTuple):
    """What comparing came to."""

    compared: Compared
    """Scores."""
    facts: dict[str, Any]
    """What was compared, for the head of the report."""
    seconds: dict[str, float]
    """Seconds of judging by benchmark; empty where verdicts were read."""

    def sentence(self) -> str:
        """Return the facts in a sentence."""
        facts = self.facts
        return (
            f"{facts['judge']} against {self.compared.against}: {facts['compared']:,} failures "
            f"compared, {facts['unlabelled']:,} without a label and {facts['unjudged']:,} without "
            f"a verdict left out. Intervals at {facts['level'] * 100:g} %."
        )


class Known(NamedTuple):
    """What is known, and the failures that it is known of."""

    labels: dict[str, LabelLine]
    """What is known, by id."""
    homes: dict[str, str]
    """Benchmark of every failure, by id."""
    wanted: set[str]
    """Ids to look at."""
    due: dict[str, FailureLine]
    """Failures with a label, among those to look at."""
    unlabelled: int
    """Failures without a label, among those to look at."""


def known_of(
    content: Content, failures: Path | None, labels: Path, benchmarks: Sequence[str]
) -> Known:
    """Read failures and what is known of them.

    Args:
        content: The content, for its taxonomy.
        failures: The failures; None where there are only labels.
        labels: What is known.
        benchmarks: Benchmarks to look at; all if empty.

    Raises:
        ContentError: Lines are at fault.
    """
    known = read_unique(labels, LabelLine, _categories(content))
    lines = read_unique(failures, FailureLine) if failures else {}
    homes = {name: name.partition("/")[0] for name in known}
    homes |= {name: line.benchmark for name, line in lines.items()}
    wanted = {name for name, home in homes.items() if not benchmarks or home in benchmarks}
    due = {name: line for name, line in lines.items() if name in known and name in wanted}
    unlabelled = sum(name not in known for name in lines if name in wanted)
    return Known(known, homes, wanted, due, unlabelled)


def judged(content: Content, known: Known) -> Heard:
    """Judge failures with the rules; nothing is quoted."""
    judge, threshold = embedded_judge(content), content.atlas.rule_threshold
    confidences = confidences_of(content.calibration)
    said: dict[str, Verdict] = {}
    seconds: Counter[str] = Counter()
    with click.progressbar(
        known.due.items(), label="Judging", file=sys.stderr, hidden=not progress_shown()
    ) as bar:
        for name, line in bar:
            failure = failure_of(line)
            since = time.perf_counter()
            said[name] = judge_failure(
                failure, judge, threshold, display_full=False, confidences=confidences
            )
            seconds[line.benchmark] += time.perf_counter() - since  # type: ignore[assignment]
    facts = {"threshold": threshold, "judge_id": judge.model_dump()}
    return Heard(said, {**seconds, ALL: sum(seconds.values())}, facts)


def compared_with(
    content: Content, judge: str, known: Known, heard: Heard, labels: Path
) -> Labelled:
    """Compare what a judge said with what is known.

    Args:
        content: The content, for its level of confidence.
        judge: Who said it, for the report.
        known: What is known.
        heard: What was said.
        labels: File of what is known, for the report.

    Raises:
        InputError: Nothing can be compared.
    """
    said, homes = heard.said, known.homes
    both = [name for name in known.labels if name in said and name in known.wanted]
    if not both:
        msg = f"{labels}: none of its failures has a verdict: are the ids the same?"
        raise InputError(msg)
    level = content.atlas.confidence_level
    paired = pairs(_frame(said, both, homes), _frame(known.labels, both, homes))
    facts = {
        "judge": judge,
        "labels": str(labels),
        "level": level,
        "compared": len(both),
        "unlabelled": known.unlabelled,
        "unjudged": sum(name not in said for name in known.labels if name in known.wanted),
        **heard.facts,
    }
    return Labelled(compare(paired, level, labels.name), facts, heard.seconds)


def read(content: Content, judge: str, known: Known, *, by_id: bool) -> Heard:
    """Read verdicts from a file.

    Args:
        content: The content, for its taxonomy.
        judge: File of verdicts, ``FILE:NAME`` where it holds several judges.
        known: What is known.
        by_id: Whether there are no failures, so that verdicts have to name them by id.

    Raises:
        ContentError: Lines are at fault.
        InputError: There is no such file, or it holds several judges.
    """
    path, name = _file(judge)
    if path.suffix != ".parquet":
        said = read_unique(path, VerdictLine, _categories(content))
        if not by_id:
            said = {key: said[key] for key in known.due if key in said}
        return Heard(said, {}, {})
    if by_id:
        msg = "verdicts in Parquet belong to keys: give --failures, from which keys are made"
        raise click.UsageError(msg)
    verdicts = read_verdicts(path)
    judges = sorted({verdict.judge.name for verdict in verdicts})
    if name is None and len(judges) > 1:
        msg = f"{path}: holds verdicts of {', '.join(judges)}: name one as {path}:{judges[0]}"
        raise InputError(msg)
    by_key = {verdict.key: verdict for verdict in verdicts if name in {None, verdict.judge.name}}
    keys = {key: failure_of(line).key for key, line in known.due.items()}
    held = {key: by_key[digest] for key, digest in keys.items() if digest in by_key}
    return Heard(held, {}, {})


def _categories(content: Content) -> set[str]:
    return {category.id for category in content.taxonomy.categories}


def _file(judge: str) -> tuple[Path, str | None]:
    """Return the file that ``--judge`` names, and the judge in it."""
    before, _, after = judge.rpartition(":")
    for path, name in ((Path(judge), None), (Path(before), after)):
        if path.is_file():
            return path, name
    msg = f"--judge {judge}: neither rules nor llm nor a file of verdicts"
    raise InputError(msg)


def _frame(rows: Said, names: Sequence[str], homes: Mapping[str, str]) -> pd.DataFrame:
    """Return what was said or is known as the statistics want it."""
    cells = [
        {
            "benchmark": homes[name],
            "model": "",
            "item_id": name,
            "status": row.status,
            "attribution": row.attribution if row.status == "verdict" else None,
            "category": row.category,
            "rule": row.rule,
            "acceptable": getattr(row, "acceptable", ()),
        }
        for name, row in ((name, rows[name]) for name in names)
    ]
    return pd.DataFrame(cells, dtype=object)
