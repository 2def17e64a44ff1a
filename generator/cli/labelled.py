"""Failures and labels that are not in the content: judged and compared for one report."""

import sys
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import pandas as pd

from generator.cli.options import progress_shown
from generator.cli.scores import ALL
from generator.errors import InputError
from generator.judging.calibration import confidences_of
from generator.judging.judge import RULES_NAME, judge_failure
from generator.judging.run import embedded_judge
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


def labelled(
    content: Content, judge: str, failures: Path | None, labels: Path, benchmarks: Sequence[str]
) -> Labelled:
    """Judge, or read verdicts, and compare with labels.

    Args:
        content: The content, for its taxonomy and threshold.
        judge: ``rules``, or a file of verdicts.
        failures: The failures; not needed where verdicts name them by id.
        labels: What is known.
        benchmarks: Benchmarks to look at; all if empty.

    Raises:
        ContentError: Lines are at fault.
        InputError: The judge is none, or nothing can be compared.
    """
    categories = {category.id for category in content.taxonomy.categories}
    known = read_unique(labels, LabelLine, categories)
    lines = read_unique(failures, FailureLine) if failures else {}
    homes = {name: name.partition("/")[0] for name in known}
    homes |= {name: line.benchmark for name, line in lines.items()}
    wanted = {name for name, home in homes.items() if not benchmarks or home in benchmarks}
    due = {name: line for name, line in lines.items() if name in known and name in wanted}
    said: Said
    seconds: dict[str, float] = {}
    if judge == RULES_NAME:
        if failures is None:
            msg = "--judge rules needs --failures: rules read the outputs"
            raise click.UsageError(msg)
        said, seconds = _judged(content, due)
    else:
        said = _read(judge, due, categories, known_only=failures is None)
    both = [name for name in known if name in said and name in wanted]
    if not both:
        msg = f"{labels}: none of its failures has a verdict: are the ids the same?"
        raise InputError(msg)
    level = content.atlas.confidence_level
    paired = pairs(_frame(said, both, homes), _frame(known, both, homes))
    facts = {
        "judge": judge,
        "labels": str(labels),
        "level": level,
        "compared": len(both),
        "unlabelled": sum(name not in known for name in lines if name in wanted),
        "unjudged": sum(name not in said for name in known if name in wanted),
    }
    if judge == RULES_NAME:
        facts |= {"threshold": content.atlas.rule_threshold}
        facts |= {"judge_id": embedded_judge(content).model_dump()}
    return Labelled(compare(paired, level, labels.name), facts, seconds)


def _judged(
    content: Content, due: Mapping[str, FailureLine]
) -> tuple[dict[str, Verdict], dict[str, float]]:
    """Judge failures with the rules; nothing is quoted."""
    judge, threshold = embedded_judge(content), content.atlas.rule_threshold
    confidences = confidences_of(content.calibration)
    said: dict[str, Verdict] = {}
    seconds: Counter[str] = Counter()
    with click.progressbar(
        due.items(), label="Judging", file=sys.stderr, hidden=not progress_shown()
    ) as bar:
        for name, line in bar:
            failure = failure_of(line)
            since = time.perf_counter()
            said[name] = judge_failure(
                failure, judge, threshold, display_full=False, confidences=confidences
            )
            seconds[line.benchmark] += time.perf_counter() - since  # type: ignore[assignment]
    return said, {**seconds, ALL: sum(seconds.values())}


def _read(
    judge: str, due: Mapping[str, FailureLine], categories: Collection[str], *, known_only: bool
) -> Said:
    """Read verdicts from a file, by id."""
    path, name = _file(judge)
    if path.suffix != ".parquet":
        said = read_unique(path, VerdictLine, categories)
        return said if known_only else {key: said[key] for key in due if key in said}
    if known_only:
        msg = "verdicts in Parquet belong to keys: give --failures, from which keys are made"
        raise click.UsageError(msg)
    verdicts = read_verdicts(path)
    judges = sorted({verdict.judge.name for verdict in verdicts})
    if name is None and len(judges) > 1:
        msg = f"{path}: holds verdicts of {', '.join(judges)}: name one as {path}:{judges[0]}"
        raise InputError(msg)
    by_key = {verdict.key: verdict for verdict in verdicts if name in {None, verdict.judge.name}}
    keys = {key: failure_of(line).key for key, line in due.items()}
    return {key: by_key[digest] for key, digest in keys.items() if digest in by_key}


def _file(judge: str) -> tuple[Path, str | None]:
    """Return the file that ``--judge`` names, and the judge in it."""
    before, _, after = judge.rpartition(":")
    for path, name in ((Path(judge), None), (Path(before), after)):
        if path.is_file():
            return path, name
    msg = f"--judge {judge}: neither rules nor a file of verdicts"
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
