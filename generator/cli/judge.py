"""``erroratlas judge``: the embedded judge over all runs whose verdicts are not fresh."""

import json

import click

from generator.cli.judging import judge_all
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT, WORKERS, progress_shown, stop
from generator.judging.run import due, state
from generator.sources.cache import cache_root
from generator.store.lock import alone


@click.command("judge")
@click.option("--all", "everything", is_flag=True, help="Judge runs with fresh verdicts too.")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--status", is_flag=True, help="Only say which runs are fresh, stale or missing.")
@FORMAT
@WORKERS
@click.pass_obj
def command(
    project: Project, *, everything: bool, check: bool, status: bool, form: str, workers: int
) -> None:
    """Judge the failures of every run with the evidence rules; no network, no key.

    Runs whose text is not here (see `erroratlas fetch`) keep the verdicts they have.

    \b
    Example:
      erroratlas judge
      erroratlas judge --all --check     # are the committed verdicts what the rules say?
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    cache = cache_root()
    if status:
        states = {"/".join(key): state(content, key) for key in content.runs}
        click.echo(
            json.dumps(states, indent=2)
            if form == "json"
            else "\n".join(f"{value:8} {run}" for run, value in states.items())
        )
        return
    keys = due(content, cache, everything=everything)
    with alone(project.root / "build" / ".lock", "building or judging"):
        recap = judge_all(content, keys, cache, workers=workers, check=check, show=progress_shown())
    if form == "json":
        click.echo(json.dumps(recap._asdict(), indent=2))
    else:
        click.echo(recap.sentence(len(content.runs), check=check))
        for path in recap.changed if check else ():
            click.echo(f"differs: {path}", err=True)
    unread = [key for key in content.runs if check and everything and key not in keys]
    if unread:
        names = sorted({benchmark for benchmark, _ in unread})
        click.echo(
            f"{len(unread)} runs could not be checked, their text is not here: "
            f"run `erroratlas fetch {' '.join(names)}`",
            err=True,
        )
    if check and (recap.changed or unread):
        stop(1)
