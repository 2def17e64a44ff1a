"""``erroratlas judge``: the rules over all runs, and a language model over what they leave open."""

import json
from pathlib import Path
from typing import Any

import click

from generator.cli.judge_cluster import Apart, cluster_options, content_in, judge_apart
from generator.cli.judging import Recap, judge_all, say_absent
from generator.cli.llm_options import Wanted, llm_options, spends
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import BENCHMARKS, FORMAT, WORKERS, progress_shown, stop
from generator.judging.block import embedded_judge
from generator.judging.ledger import LlmNow, Tally, standings
from generator.judging.run import states
from generator.readers.runs import is_readable
from generator.records.judges import is_listed
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.store.lock import alone


@click.command("judge")
@click.option("--all", "everything", is_flag=True, help="Judge runs with fresh verdicts too.")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--status", is_flag=True, help="Only say how the verdicts of every judge stand.")
@click.option("--llm", "model", metavar="MODEL", help="Ask this language model about the rest.")
@BENCHMARKS
@click.option(
    "--sample",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    metavar="SHARE",
    help="Ask about a random share of every run's failures, such as 0.1, and keep its design.",
)
@click.option(
    "--batch",
    type=click.Choice(["submit", "status", "collect", "write", "read"]),
    help="Ask by file: through the provider's batches, or write FILE for any engine and read its "
    "results.",
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@llm_options
@cluster_options
@FORMAT
@WORKERS
@click.pass_obj
def command(  # noqa: PLR0917  click passes every option
    project: Project,
    /,
    model: str | None,
    benchmarks: tuple[str, ...],
    sample: float,
    batch: str | None,
    files: tuple[Path, ...],
    form: str,
    workers: int,
    *,
    everything: bool,
    check: bool,
    status: bool,
    **llm: Any,
) -> None:
    """Judge the failures of every run with the evidence rules; no network, no key.

    Runs whose text is not here (see `erroratlas fetch`) keep the verdicts they have.

    With --llm, a language model is asked about what the rules leave open, and about a random 5 %
    of what they settled, so that they are measured. Every verdict is kept the moment it is there:
    Ctrl-C or a crash loses none, and the same command goes on. The key comes from the environment.

    With --sample, it is asked about a random share of all failures of each model. Once all of them
    are judged, content/samples holds the design, and shares on the site are weighted by it. Give
    the same --sample to --batch collect or read as to submit or write.

    With --scheduler, the workers of a Dask cluster judge; verdicts come out the same. With --store,
    content, texts and verdicts are in a folder that all machines share.

    \b
    Example:
      erroratlas judge
      erroratlas judge --all --check     # are the committed verdicts what the rules say?
      erroratlas judge --llm gpt-5-mini --benchmark gsm8k --dry-run
      erroratlas judge --llm gpt-5-mini --benchmark gsm8k --max-cost 5
      erroratlas judge --llm gpt-5-mini --batch submit    # then status, and collect
      erroratlas judge --llm qwen3 --batch write requests.jsonl
      erroratlas judge --llm qwen3 --batch read results.jsonl
      erroratlas judge --scheduler tcp://10.0.0.1:8786 --store s3://bucket/atlas
    """  # noqa: D301  \b is click's own mark
    apart = Apart.of(llm)
    apart.agreed(asking=model is not None, status=status)
    spending = spends(llm)
    _agreed(batch, files, model, spending=spending, sampling=sample < 1, status=status)
    content = load(project) if apart.store is None else content_in(apart.store)
    cache = cache_root()
    _known(content, benchmarks)
    if status:
        _status(content, cache, model, form)
        return
    if model is not None:
        if everything or check:
            msg = "--all and --check are for the rules: leave them out with --llm"
            raise click.UsageError(msg)
        # The client of a language model takes a while to import; the rules do without.
        from generator.cli.judge_batch import batch_with  # noqa: PLC0415
        from generator.cli.judge_llm import judge_with  # noqa: PLC0415

        wanted = Wanted.of(model, llm, benchmarks or tuple(sorted(content.benchmarks)), sample)
        how: Any = {"dry_run": llm["dry_run"], "form": form, "workers": workers}
        if batch is None:
            judge_with(content, cache, wanted, **how)
        else:
            batch_with(content, cache, wanted, batch, files, **how)
        return
    if spending or sample < 1:
        msg = "--dry-run, --sample and the budgets are for a language model: give --llm MODEL"
        raise click.UsageError(msg)
    wished = [key for key in content.runs if not benchmarks or key[0] in benchmarks]
    how = {"workers": workers, "everything": everything, "check": check, "show": progress_shown()}
    with alone(project.root / "build" / ".lock", "building or judging"):
        recap = (
            judge_apart(project, content, apart, wished, **how)
            if apart.wanted
            else judge_all(content, cache, wished, **how)
        )
    _report(recap, len(content.runs), form, check=check)
    absent = [key for key in wished if not is_readable(content, key, cache)]
    if form == "text" and not check and apart.store is None:
        say_absent(absent)
    unread = len(wished) - recap.runs if check and everything else 0
    if unread:
        names = {key[0] for key in absent}
        mend = apart.mend(names)
        click.echo(f"{unread} runs could not be checked, their text is not here: {mend}", err=True)
    if check and (recap.changed or unread):
        stop(1)


def _report(recap: Recap, runs: int, form: str, *, check: bool) -> None:
    """Say what judging came to."""
    if form == "json":
        click.echo(json.dumps(recap._asdict(), indent=2))
        return
    click.echo(recap.sentence(runs, check=check))
    for path in recap.changed if check else ():
        click.echo(f"differs: {path}", err=True)


def _agreed(
    batch: str | None,
    files: tuple[Path, ...],
    model: str | None,
    *,
    spending: bool,
    sampling: bool,
    status: bool,
) -> None:
    """Refuse an empty name, and options of batches that do not go together."""
    if model is not None and not model.strip():
        msg = "--llm: give the name of a model"
        raise click.UsageError(msg)
    if batch is None and files:
        msg = f"{files[0]}: a file is for --batch write or --batch read"
        raise click.UsageError(msg)
    if batch is not None and status:
        msg = "--status is for the verdicts; how batches stand says --batch status"
        raise click.UsageError(msg)
    if batch is not None and model is None:
        msg = "--batch is for a language model: give --llm MODEL"
        raise click.UsageError(msg)
    most = {"write": 1, "read": len(files) or 1}.get(batch or "", 0)
    if batch is not None and len(files) != most:
        wanted = {"write": "one FILE to write", "read": "the FILE with the results"}
        msg = f"--batch {batch}: give {wanted.get(batch, 'no file')}"
        raise click.UsageError(msg)
    if batch in {"status", "collect", "read"} and spending:
        msg = f"--batch {batch} sends nothing: leave out --dry-run and the budgets"
        raise click.UsageError(msg)
    if batch == "status" and sampling:
        msg = "--batch status: leave out --sample; collect and read write what was drawn"
        raise click.UsageError(msg)


def _known(content: Content, benchmarks: tuple[str, ...]) -> None:
    """Refuse names of benchmarks that the content does not have."""
    for name in benchmarks:
        if name not in content.benchmarks:
            known = ", ".join(sorted(content.benchmarks))
            msg = f"{name!r}: no such benchmark: give one of {known}"
            raise click.BadParameter(msg, param_hint="--benchmark")


def _status(content: Content, cache: Path, model: str | None, form: str) -> None:
    """Say which runs the rules have to judge, and how the verdicts of every judge stand."""
    from generator.judging.prompt import Prompt  # noqa: PLC0415  templates are not needed otherwise

    by_run = {"/".join(key): value for key, value in states(content).items()}
    rules, llm = embedded_judge(content), LlmNow(Prompt(content.taxonomy).hash, model)
    totals = standings(content, cache, rules, llm)
    if form == "json":
        counted = {judge: tally._asdict() for judge, tally in totals.items()}
        click.echo(json.dumps({"runs": by_run, "judges": counted}, indent=2))
        return
    for run, value in by_run.items():
        click.echo(f"{value:8} {run}")
    click.echo("\nFailures of a run whose item and output read the same have one verdict: they")
    click.echo("count once here, and one by one on the site.")
    width = max(map(len, [*totals, "judge"]))
    click.echo(f"\n{'judge':{width}}" + "".join(f"{name:>14}" for name in Tally._fields))
    for judge, tally in totals.items():
        unlisted = (
            "" if is_listed(content.atlas.judges, judge) else "  not in atlas.yml: does not count"
        )
        click.echo(f"{judge:{width}}" + "".join(f"{n:>14,}" for n in tally) + unlisted)
