"""``erroratlas agreement``: a judge against what is known of the failures."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.labelled import Heard, Known, compared_with, judged, known_of, read
from generator.cli.llm_options import MODEL, Wanted, llm_options, wanted_of
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.cli.scores import compared_json, compared_text
from generator.errors import InputError
from generator.judging.judge import RULES_NAME
from generator.records.judges import LLM
from generator.stats.agreement import Compared
from generator.stats.collect import collect
from generator.stats.tables import Tables
from generator.stats.trust import Trust, trust_of
from generator.store.content import Content

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("agreement")
@click.argument("benchmarks", nargs=-1, metavar="[BENCHMARK]...")
@click.option(
    "--judge",
    default="rules",
    show_default=True,
    help="A judge by name; with --labels, rules, llm or a file of verdicts (.jsonl or .parquet, "
    "FILE.parquet:NAME where it holds several judges).",
)
@click.option("--failures", type=_FILE, help="Failures that are not in the content, JSON Lines.")
@click.option("--labels", type=_FILE, help="What is known of them, JSON Lines.")
@MODEL
@llm_options
@FORMAT
@click.pass_obj
def command(
    project: Project,
    /,
    *,
    benchmarks: tuple[str, ...],
    judge: str,
    failures: Path | None,
    labels: Path | None,
    form: str,
    **llm: Any,
) -> None:
    """Score a judge against annotated samples and reference labels.

    Without --labels, its verdicts in the content are compared with those of the judges that count
    more, on the failures of the samples, and with content/labels. With --labels, the failures of
    the file are judged now, and the content stays as it is. With --judge llm, the language model
    --model is asked; what it says is kept in the cache, and asking again costs nothing.

    "Or acceptable" counts other categories that a careful labeller could defend. Accuracy and
    kappa are over all failures, undetermined being an answer; precision is where the judge spoke.

    \b
    Example:
      erroratlas agreement
      erroratlas agreement --failures failures.jsonl --labels labels.jsonl --format json
      erroratlas agreement --failures failures.jsonl --labels labels.jsonl \\
          --judge llm --model gpt-5-mini --dry-run
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    level = content.atlas.confidence_level
    if judge == LLM and labels is None:
        msg = "--judge llm needs --failures and --labels; a model in the content is llm-<model>"
        raise click.UsageError(msg)
    wanted = wanted_of(judge, llm)
    if labels is not None:
        known = known_of(content, failures, labels, benchmarks)
        if wanted is not None and llm["dry_run"]:
            _foresee(content, wanted, known, form)
            return
        heard = _heard(content, judge, known, wanted, by_id=failures is None)
        found = compared_with(content, judge, known, heard, labels)
        report = {**found.facts, **compared_json(found.compared, level, found.seconds)}
        text = f"{found.sentence()}\n\n{compared_text(found.compared, level, found.seconds)}"
    elif failures is not None:
        msg = "--failures needs --labels, which say what is known of them"
        raise click.UsageError(msg)
    else:
        trust = _committed(content, judge, benchmarks)
        sides = [side for side in (trust.annotated, trust.labelled) if side]
        against = {side.against: compared_json(side, level, {}) for side in sides}
        report = {"judge": judge, "level": level, "against": against}
        text = "\n\n\n".join(_side_text(judge, side, level) for side in sides)
    click.echo(json.dumps(report, indent=2) if form == "json" else text)


def _foresee(content: Content, wanted: Wanted, known: Known, form: str) -> None:
    from generator.cli.labelled_llm import foresee_labelled  # noqa: PLC0415  its client is slow

    _with_failures(LLM, by_id=not known.due)
    foresee_labelled(content, wanted, known, form)


def _heard(
    content: Content, judge: str, known: Known, wanted: Wanted | None, *, by_id: bool
) -> Heard:
    """Return what a judge says of the failures of a file."""
    if wanted is not None:
        from generator.cli.labelled_llm import asked  # noqa: PLC0415  its client is slow

        _with_failures(LLM, by_id=by_id)
        return asked(content, wanted, known)
    if judge == RULES_NAME:
        _with_failures(judge, by_id=by_id)
        return judged(content, known)
    return read(content, judge, known, by_id=by_id)


def _with_failures(judge: str, *, by_id: bool) -> None:
    if by_id:
        msg = f"--judge {judge} needs --failures: it reads the outputs"
        raise click.UsageError(msg)


def _side_text(judge: str, side: Compared, level: float) -> str:
    head = f"{judge} against {side.against}: {side.whole.failures:,} failures"
    return f"{head}\n\n{compared_text(side, level, {})}"


def _committed(content: Content, judge: str, benchmarks: Sequence[str]) -> Trust:
    """Compare verdicts in the content."""
    for name in benchmarks:
        if name not in content.benchmarks:
            known = ", ".join(sorted(content.benchmarks)) or "-"
            msg = f"{name!r}: no such benchmark: give one of {known}"
            raise click.BadArgumentUsage(msg)
    tables = collect(content)
    if benchmarks:
        tables = Tables(*(table[table["benchmark"].isin(benchmarks)] for table in tables))
    spoke = sorted(tables.failures["judge"].unique())
    if judge not in spoke:
        msg = f"--judge {judge}: it has no verdict here: give one of {', '.join(spoke) or '-'}"
        raise InputError(msg)
    trust = trust_of(tables, content.atlas.judges, judge, content.atlas.confidence_level)
    if not (trust.annotated or trust.labelled):
        msg = f"nothing is known of the failures that {judge} judged but what it says itself"
        raise InputError(msg)
    return trust
