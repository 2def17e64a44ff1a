"""``erroratlas calibrate``: a judge against faults whose cause is known, because it was planted."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pandas as pd

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT, progress_shown
from generator.cli.recount import recount
from generator.cli.scores import compared_json, compared_text
from generator.errors import InputError
from generator.judging.judge import RULES_NAME
from generator.judging.run import judge_run
from generator.planted.benchmark import SLUG
from generator.readers.runs import RunKey, run_rows
from generator.records.keys import prediction_key
from generator.records.label import Label
from generator.records.verdict import Verdict
from generator.sources.cache import cache_root
from generator.stats.agreement import Compared, compare, pairs
from generator.store.content import Content
from generator.store.inline import read_labels
from generator.store.verdicts import read_verdicts

SPLITS = ("developed", "held-out")
"""Parts of the benchmark that are reported apart."""
AGAINST = "planted causes"
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("calibrate")
@click.option(
    "--judge",
    default=RULES_NAME,
    show_default=True,
    help="rules, which judge now; or a judge by name, whose verdicts in the content are read.",
)
@click.option(
    "--split",
    type=click.Choice([*SPLITS, "all"]),
    default="all",
    show_default=True,
    help="Part of the benchmark; all shows both, one after the other.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Count the rules on every cause known here and keep it in content/calibration.yml.",
)
@click.option("--failures", type=_FILE, help="Further failures to count on, JSON Lines.")
@click.option("--labels", type=_FILE, help="What is known of them, JSON Lines.")
@FORMAT
@click.pass_obj
def command(
    project: Project,
    *,
    judge: str,
    split: str,
    form: str,
    write: bool,
    failures: Path | None,
    labels: Path | None,
) -> None:
    """Score a judge on planted faults: precision, recall and confusion by category.

    The part named developed may be looked at while rules are written; two task families and a
    third of all wordings are held out, and are what the other part consists of. A judge is to be
    trusted as far as the held-out part says.

    With --write, the rules are counted on the annotated samples, on labels without their held-out
    part, and on --failures with --labels. Their confidences follow, and verdicts are due again.

    \b
    Example:
      erroratlas calibrate
      erroratlas calibrate --split held-out --format json
      erroratlas calibrate --write
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    if write:
        recount(content, failures, labels, form)
        return
    if failures or labels:
        msg = "--failures and --labels are for --write"
        raise click.UsageError(msg)
    if SLUG not in content.benchmarks:
        msg = f"there is no benchmark {SLUG} here: make it with `erroratlas new planted`"
        raise InputError(msg)
    compared = _compared(content, judge, SPLITS if split == "all" else (split,))
    level = content.atlas.confidence_level
    if form == "json":
        report: dict[str, Any] = {"judge": judge, "benchmark": SLUG, "level": level, "splits": {}}
        for name, side in compared.items():
            shown = compared_json(side, level, {})
            shown["families"] = shown.pop("benchmarks")
            report["splits"][name] = shown
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        "\n\n\n".join(
            f"{judge} against {AGAINST}, {name}: {side.whole.failures:,} failures, by task family. "
            f"Intervals at {level * 100:g} %.\n\n{compared_text(side, level, {})}"
            for name, side in compared.items()
        )
    )


def _compared(content: Content, judge: str, splits: Sequence[str]) -> dict[str, Compared]:
    """Return the scores of a judge in each part, by task family.

    Raises:
        InputError: The judge has no verdict on these failures as they are now.
    """
    keys = [key for key in content.runs if key[0] == SLUG]
    known = _labels(content)
    rows = [row for key in keys for row in _rows(content, key, judge)]
    if not rows:
        spoke = sorted({v.judge.name for key in keys for v in _held(content, key)})
        msg = f"--judge {judge}: no verdict on the planted faults as they are now: give one of "
        msg += ", ".join(dict.fromkeys([RULES_NAME, *spoke]))
        raise InputError(msg)
    said = pd.DataFrame(rows, dtype=object)
    sides = {}
    for split in splits:
        part = said[said["split"] == split]
        paired = pairs(part, known)
        # The parts that are told apart here are families, not benchmarks.
        sides[split] = compare(paired, content.atlas.confidence_level, AGAINST)
    return sides


def _labels(content: Content) -> pd.DataFrame:
    """Return the planted causes; the family stands in the place of the benchmark."""
    cells = [_label(label) for label in read_labels(content.layout, SLUG)]
    return pd.DataFrame(cells, dtype=object)


def _label(label: Label) -> dict[str, Any]:
    return {
        "benchmark": family_of(label.item_id),
        "model": label.model,
        "item_id": label.item_id,
        "status": label.status,
        "attribution": label.attribution,
        "category": label.category,
        "acceptable": label.acceptable,
    }


def family_of(item_id: str) -> str:
    """Return the task family, which an item's identifier begins with."""
    return item_id.rpartition("-")[0]


def _rows(content: Content, key: RunKey, judge: str) -> Iterator[dict[str, Any]]:
    """Yield what a judge says of the failures of a run; verdicts on other outputs are left out."""
    if progress_shown():
        click.echo(f"{key[1]} ...", file=sys.stderr)
    verdicts = _judged(content, key) if judge == RULES_NAME else _held(content, key)
    own = {verdict.key: verdict for verdict in verdicts if verdict.judge.name == judge}
    for item, prediction in run_rows(content, key, cache_root()):
        verdict = own.get(prediction_key(SLUG, item, prediction))
        if verdict is not None:
            yield {
                "benchmark": family_of(item.item_id),
                "model": key[1],
                "item_id": item.item_id,
                "split": item.tags.get("split", SPLITS[0]),
                "status": verdict.status,
                "attribution": verdict.attribution,
                "category": verdict.category,
                "rule": verdict.rule,
            }


def _held(content: Content, key: RunKey) -> list[Verdict]:
    """Return the verdicts in the content."""
    return read_verdicts(content.layout.verdicts(*key))


def _judged(content: Content, key: RunKey) -> list[Verdict]:
    """Judge a run with the rules as they are, in the way that is sealed, and write nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verdicts.parquet"
        path.write_bytes(judge_run(content, key, cache_root()).verdicts)
        return read_verdicts(path)
