"""``erroratlas import FORMAT``: takes in the log of an evaluation, one subcommand a format."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import click

from generator.cli.folder import content_folder
from generator.cli.import_options import LOG_OPTIONS, columns_of
from generator.cli.main import Project
from generator.errors import ContentError, InputError
from generator.readers.logs import FORMATS, Format
from generator.readers.logs.account import Account, Choice
from generator.readers.logs.describing import (
    Said,
    benchmark_of,
    missing_early,
    model_of,
    run_of,
)
from generator.readers.logs.files import read_once
from generator.readers.logs.importing import Descriptions, Imported, Target, take_in
from generator.readers.logs.joining import Joining
from generator.readers.logs.known import of_benchmark
from generator.sources.cache import cache_root
from generator.store.described import Described, read_described
from generator.store.lock import alone

_HELP = """Take in a log: {name}.

{files}

The run is written to predictions/BENCHMARK/MODEL of the content, whole or not at all. What was
dropped, and why, is printed. Importing the same log again changes nothing.

\b
Example:
  erroratlas import {key} {example} \\
    --benchmark sums --model acme__alpha --contributor "Ada Lovelace" --licence CC-BY-4.0
"""


def log_command(key: str) -> click.Command:
    """Return the subcommand of a format."""
    return _command(key, FORMATS[key], _parameters())


@cache
def _parameters() -> Sequence[click.Parameter]:
    """Return the options, which all formats share: to make them takes as long as a small log."""
    return click.command("any")(_with_options(lambda **_: None)).params


def _command(key: str, form: Format, parameters: Sequence[click.Parameter]) -> click.Command:
    """Return a subcommand."""

    def call(project: Project, /, **options: Any) -> None:
        bring_in(project, form, options)

    call.__doc__ = _HELP.format(key=key, name=form.name, files=form.files, example=form.example)
    return click.command(key, params=list(parameters))(click.pass_obj(call))


def _with_options(call: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(LOG_OPTIONS):
        call = option(call)
    return call


def bring_in(project: Project, form: Format, options: Mapping[str, Any]) -> None:
    """Read the log, for each of its models that was named, and say what became of it."""
    if not options["also"]:
        report = _bring(project, form, options)
        if options["form"] == "json":
            click.echo(json.dumps(report, indent=2))
        return
    once, reports = read_once(), {}
    for model, logged in ((options["model"], options["log_model"]), *options["also"]):
        if options["form"] != "json":
            click.echo(f"{model}:")
        of_one = {"model": model, "log_model": logged, "rows": once}
        reports[model] = _bring(project, form, {**options, **of_one})
    if options["form"] == "json":
        click.echo(json.dumps(reports, indent=2))


def _bring(project: Project, form: Format, options: Mapping[str, Any]) -> dict[str, Any]:
    """Take in the run of one model; return what became of the rows, or say it."""
    folder = content_folder(project, options["content"])
    content = read_described(folder, options["benchmark"], options["model"])
    said = _said(content, options)
    if lacking := missing_early(said, form.silent):
        msg = f"give {', '.join(lacking)}: no log knows it"
        raise InputError(msg)
    account = Account()
    account.settings(options.get("generation"))
    choice = Choice(
        options["select"],
        options["log_model"],
        options["metric"],
        columns_of(options["columns"]),
        options.get("rows"),
    )
    joining = _joining(content, said, options, account)
    target = Target(content.layout, options["benchmark"], options["model"])

    def describe() -> Descriptions:
        return Descriptions(
            run_of(account, said),
            None if said.benchmark is None else benchmark_of(account, joining, said.benchmark),
            None if said.model is None else model_of(account, options["model"], said.model),
        )

    with alone(cache_root() / "import.lock", "importing"):
        try:
            done = take_in(
                (form.in_columns or form.read)(options["paths"], choice, account),
                joining,
                target,
                describe,
                skip_bad=options["skip_bad"],
                force=options["force"],
                dry=options["dry_run"],
            )
        except ContentError as error:
            if error.problems != tuple(account.problems):
                raise  # of the benchmark's own items
            raise _with_counts(error, account) from error
    if options["form"] != "json":
        _say(account, joining, done, dry=options["dry_run"])
    return _report(account, joining, done, dry=options["dry_run"])


def _with_counts(error: ContentError, account: Account) -> InputError:
    """Return the error for bad rows: the first of each cause, and how many there are."""
    counts = "; ".join(f"{why}: {count}" for why, count in account.faults.most_common())
    shown = "\n".join(map(str, error.problems))
    bad = account.faults.total()
    return InputError(
        f"{shown}\n{bad} of {account.rows} rows are bad ({counts}): nothing was imported; "
        "correct them, or leave them out with --skip-bad"
    )


def _said(content: Described, options: Mapping[str, Any]) -> Said:
    """Return what the options say; a missing description is made only where it was asked for."""
    slug, model, create = options["benchmark"], options["model"], options["create"]
    known = content.benchmark
    if known is not None and known.source is not None:
        msg = (
            f"{slug} is kept by reference: its text may not be committed. Name the files of the "
            f"run under source in benchmarks/{slug}/benchmark.yml, see CONTRIBUTING.md"
        )
        raise InputError(msg)
    absent = [
        f"{what} {name} is not in the content"
        for what, name, there in (
            ("benchmark", slug, known),
            ("model", model, content.model),
        )
        if there is None
    ]
    if absent and not create:
        msg = f"{' and '.join(absent)}: describe it first, or let --create make the file"
        raise InputError(msg)
    return Said(
        run={
            "harness": options["harness"],
            "harness_version": options["harness_version"],
            "date": options["date"] and options["date"].date().isoformat(),
            "prompt": options["prompt"],
            "contributor": options["contributor"],
            "licence": options["licence"],
            "trained_on_test": options["trained_on_test"],
            "note": options["note"],
        },
        benchmark=None
        if known is not None
        else {
            "licence": options["items_licence"],
            "citation": options["citation"],
            "success_threshold": options["threshold"],
            "score_range": options["score_range"] or (0.0, 1.0),
            "display": options["display"],
        },
        model=None if content.model is not None else {"developer": options["developer"]},
    )


def _joining(
    content: Described, said: Said, options: Mapping[str, Any], account: Account
) -> Joining:
    """Return how entries find their items."""
    slug = options["benchmark"]
    items = of_benchmark(content.layout, slug)
    benchmark, made = content.benchmark, said.benchmark or {}
    return Joining(
        slug,
        benchmark.score_range if benchmark else made["score_range"],
        benchmark.success_threshold if benchmark else made["success_threshold"],
        items,
        account,
        adding=options["add_items"] or not items,
        by_id=options["match"] == "id",
    )


def _report(account: Account, joining: Joining, done: Imported, *, dry: bool) -> dict[str, Any]:
    """Return what became of the rows, for machines."""
    return {
        "rows": account.rows,
        "taken": joining.taken,
        "failed": joining.failed,
        "items_added": joining.added,
        "dropped": {
            why: {"rows": count, "first": account.places[why]}
            for why, count in account.dropped.most_common()
        },
        "bad": dict(account.faults.most_common()),
        "notes": dict(account.notes.most_common()),
        "dry_run": dry,
        "changed": list(done.changed),
        "unchanged": list(done.unchanged),
    }


def _say(account: Account, joining: Joining, done: Imported, *, dry: bool) -> None:
    """Say what became of the rows."""
    wrote = "would write" if dry else "wrote"
    for problem in account.problems:
        click.echo(str(problem), err=True)
    click.echo(
        f"{account.rows} rows read, {joining.taken} predictions taken in, {joining.failed} of them "
        f"failures"
    )
    click.echo(f"{joining.added} items added to {joining.slug}")
    for why, count in account.dropped.most_common():
        click.echo(f"dropped {count}: {why} ({_places(account.places[why], count)})")
    for why, count in account.faults.most_common():
        click.echo(f"left out as bad {count}: {why}")
    for what, count in account.notes.most_common():
        click.echo(f"note, {count} rows: {what}")
    for name in done.changed:
        click.echo(f"{wrote} {name}")
    if not done.changed:
        click.echo("nothing changed: this log was imported before")
    elif not dry:
        click.echo("next: erroratlas validate, then erroratlas build")


def _places(places: Iterable[str], count: int) -> str:
    """Return the first places of dropped rows."""
    shown = list(places)[:3]
    return ", ".join(shown) + (", ..." if count > len(shown) else "")
