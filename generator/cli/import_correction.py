"""``erroratlas import correction``: an accepted objection becomes what counts."""

import json
import re
from typing import get_args

import click
from pydantic import ValidationError

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.judging.corrections import Corrected, correct, key_of, withdraw
from generator.records.label import Label
from generator.records.taxonomy import Attribution
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.store.lock import alone
from generator.store.problems import dotted, explain, visible

_FAULT = click.Choice([one for one in get_args(Attribution) if one != "model"])


@click.command("correction")
@click.argument("benchmark")
@click.argument("model")
@click.argument("item")
@click.option("--category", metavar="ID", help="Category of the first major error, such as E09.")
@click.option("--subcategory", metavar="ID", help="Its subcategory.")
@click.option("--fault-of", type=_FAULT, help="Whose fault it is, where not the model's.")
@click.option("--undetermined", is_flag=True, help="The output does not show the cause.")
@click.option("--reason", metavar="TEXT", help="How one can see it, in your own words.")
@click.option("--by", metavar="NAME", help="Who decided: a short name in lower-case letters.")
@click.option("--withdraw", "gone", is_flag=True, help="Take an earlier correction back.")
@FORMAT
@click.pass_obj
def command(
    project: Project,
    /,
    *,
    benchmark: str,
    model: str,
    item: str,
    category: str | None,
    subcategory: str | None,
    fault_of: Attribution | None,
    reason: str | None,
    by: str | None,
    form: str,
    undetermined: bool,
    gone: bool,
) -> None:
    """Correct the verdict on one failure, after an issue about it was accepted.

    The correction is a label in content/labels, tied to the text that was judged, and a verdict of
    the judge `person`, which counts before all others. If the text changes it no longer counts,
    and `erroratlas validate` says so. The text itself is not needed.

    \b
    Example:
      erroratlas import correction sums acme__alpha sum-17 --category E09 --by ada \\
        --reason "It takes a dozen for ten; the sums that follow are right."
      erroratlas import correction sums acme__alpha sum-17 --withdraw
    """  # noqa: D301  \b is click's own mark
    chosen = sum((category is not None, fault_of is not None, undetermined))
    if not gone and (chosen != 1 or not reason or not by):
        msg = "give one of --category, --fault-of and --undetermined, and --reason and --by"
        raise click.UsageError(msg)
    content = load(project)
    with alone(cache_root() / "correction.lock", "correcting"):
        key = key_of(content, (benchmark, model), item)
        if gone:
            done = withdraw(content, benchmark, model, item)
        else:
            fields = {
                "item_id": item,
                "model": model,
                "labeller": by,
                "status": "undetermined" if undetermined else "verdict",
                "attribution": fault_of or "model",
                "category": category,
                "subcategory": subcategory,
                "note": reason,
                "key": key,
            }
            done = correct(content, benchmark, _label(content, fields))
    _report(content, benchmark, model, done, form)


def _label(content: Content, fields: dict[str, str | None]) -> Label:
    """Return the label of a correction.

    Raises:
        click.UsageError: A field is no such value, or the taxonomy has no such category.
    """
    try:
        label = Label.model_validate(fields)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        wrong, mend = explain(detail, Label)
        place = re.sub("^labeller$", "by", dotted(detail["loc"]))
        shown = visible(detail["input"])
        raise click.UsageError(f"{place}: {shown}: {wrong}: {mend}") from error
    known = content.taxonomy.readable()
    if label.category is not None and label.category not in known:
        msg = f"--category {label.category}: no such category: see `erroratlas taxonomy show`"
        raise click.UsageError(msg)
    if label.subcategory is not None and label.subcategory not in known.get(
        label.category or "", frozenset()
    ):
        msg = f"--subcategory {label.subcategory}: not one of {label.category or 'no category'}"
        raise click.UsageError(msg)
    return label


def _report(content: Content, benchmark: str, model: str, done: Corrected, form: str) -> None:
    layout = content.layout
    pairs = (
        (layout.labels(benchmark), done.label),
        (layout.verdicts(benchmark, model), done.verdict),
    )
    changed = [layout.name(path) for path, is_new in pairs if is_new]
    if form == "json":
        click.echo(json.dumps({"changed": changed}, indent=2))
        return
    for name in changed:
        click.echo(f"changed content/{name}")
    if not changed:
        click.echo("nothing changed: the correction is there already, or there was none")
    else:
        click.echo("next: erroratlas validate, then commit both files together")
