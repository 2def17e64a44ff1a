"""``erroratlas calibrate``: a judge against faults whose cause is known, because it was planted."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import pandas as pd

from generator.cli.llm_options import MODEL, Wanted, llm_options, wanted_of
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT, progress_shown
from generator.cli.recount import recount
from generator.cli.scores import compared_json, compared_text
from generator.errors import InputError
from generator.judging.judge import RULES_NAME
from generator.judging.run import judge_run
from generator.planted.benchmark import SLUG
from generator.readers.runs import run_rows
from generator.records.judges import LLM
from generator.records.keys import RunKey, prediction_key
from generator.records.label import Label
from generator.records.verdict import Verdict
from generator.sources.cache import cache_root
from generator.stats.splits import SPLITS, Splits, by_split
from generator.store.content import Content
from generator.store.inline import read_labels
from generator.store.verdicts import read_verdicts

AGAINST = "planted causes"
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

Reading = Callable[[RunKey], list[Verdict]]
"""Gives the verdicts of one judge on a run."""


@click.command("calibrate")
@click.option(
    "--judge",
    default=RULES_NAME,
    show_default=True,
    help="rules, which judge now; llm, which is asked now; or a judge by name, whose verdicts in "
    "the content are read.",
)
@MODEL
@llm_options
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
    /,
    *,
    judge: str,
    split: str,
    form: str,
    write: bool,
    failures: Path | None,
    labels: Path | None,
    **llm: Any,
) -> None:
    """Score a judge on planted faults: precision, recall and confusion by category.

    The part named developed may be looked at while rules are written; two task families and a
    third of all wordings are held out, and are what the other part consists of. A judge is to be
    trusted as far as the held-out part says. With --judge llm, the language model --model is asked
    about all of them; what it says is kept in the cache, and asking again costs nothing.

    With --write, the rules are counted on the annotated samples, on labels without their held-out
    part, and on --failures with --labels. Their confidences follow, and verdicts are due again.

    \b
    Example:
      erroratlas calibrate
      erroratlas calibrate --split held-out --format json
      erroratlas calibrate --judge llm --model gpt-5-mini --dry-run
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
    wanted = wanted_of(judge, llm)
    keys = [key for key in content.runs if key[0] == SLUG]
    if wanted is not None and llm["dry_run"]:
        from generator.cli.calibrate_llm import foresee_planted  # noqa: PLC0415  slow to import

        foresee_planted(content, wanted, keys, form)
        return
    read = _reading(content, judge, wanted, keys)
    sides = _compared(content, keys, read)
    compared = {name: side for name, side in sides.items() if split in {name, "all"}}
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


def _reading(
    content: Content, judge: str, wanted: Wanted | None, keys: Sequence[RunKey]
) -> Reading:
    """Return what gives the verdicts of a judge on a run."""
    if wanted is not None:
        from generator.cli.calibrate_llm import asked_about  # noqa: PLC0415  slow to import

        return asked_about(content, wanted, keys)
    if judge == RULES_NAME:
        return partial(_judged, content)

    def held(key: RunKey) -> list[Verdict]:
        verdicts = read_verdicts(content.layout.verdicts(*key))
        spoke.update(verdict.judge.name for verdict in verdicts)
        return [verdict for verdict in verdicts if verdict.judge.name == judge]

    spoke: set[str] = set()
    found = {key: held(key) for key in keys}
    if not any(found.values()):
        msg = f"--judge {judge}: no verdict on the planted faults as they are now: give one of "
        msg += ", ".join(dict.fromkeys([RULES_NAME, LLM, *sorted(spoke)]))
        raise InputError(msg)
    return found.__getitem__


def _compared(content: Content, keys: Sequence[RunKey], read: Reading) -> Splits:
    """Return the scores of a judge in each part, by task family.

    Raises:
        InputError: The judge has no verdict on these failures as they are now.
    """
    tags: dict[str, dict[str, str]] = {}
    rows = [row for key in keys for row in _rows(content, key, read(key), tags)]
    if not rows:
        msg = "the verdicts are on other outputs than the planted faults as they are now"
        raise InputError(msg)
    labels = pd.DataFrame([_label(one) for one in read_labels(content.layout, SLUG)], dtype=object)
    items = pd.DataFrame(
        [{"benchmark": SLUG, "item_id": item_id, "tags": held} for item_id, held in tags.items()]
    )
    level = content.atlas.confidence_level
    return by_split(pd.DataFrame(rows, dtype=object), labels, items, level).get(SLUG, {})


def _label(label: Label) -> dict[str, Any]:
    return {
        "benchmark": SLUG,
        "model": label.model,
        "item_id": label.item_id,
        "status": label.status,
        "attribution": label.attribution,
        "category": label.category,
        "acceptable": label.acceptable,
    }


def _rows(
    content: Content, key: RunKey, verdicts: list[Verdict], tags: dict[str, dict[str, str]]
) -> Iterator[dict[str, Any]]:
    """Yield what a judge says of the failures of a run; verdicts on other outputs are left out.

    The tags of the items are added to ``tags``.
    """
    if progress_shown():
        click.echo(f"{key[1]} ...", file=sys.stderr)
    own = {verdict.key: verdict for verdict in verdicts}
    for item, prediction in run_rows(content, key, cache_root()):
        verdict = own.get(prediction_key(SLUG, item, prediction))
        if verdict is not None:
            tags[item.item_id] = dict(item.tags)
            yield {
                "benchmark": SLUG,
                "model": key[1],
                "item_id": item.item_id,
                "status": verdict.status,
                "attribution": verdict.attribution,
                "category": verdict.category,
                "rule": verdict.rule,
            }


def _judged(content: Content, key: RunKey) -> list[Verdict]:
    """Judge a run with the rules as they are, in the way that is sealed, and write nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verdicts.parquet"
        path.write_bytes(judge_run(content, key, cache_root()).verdicts)
        return [one for one in read_verdicts(path) if one.judge.name == RULES_NAME]
