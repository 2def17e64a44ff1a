"""``erroratlas compare``: two models, or two editions, held against each other."""

from pathlib import Path

import click

from generator.cli.main import Project
from generator.cli.options import FORMAT


@click.command("compare")
@click.argument("first")
@click.argument("second")
@click.option(
    "--rules",
    is_flag=True,
    help="Models: count the rules alone; they look at every failure, so that items can be paired.",
)
@FORMAT
@click.pass_obj
def command(project: Project, first: str, second: str, *, rules: bool, form: str) -> None:
    """Say how two models differ, or what changed between two editions and why.

    Models are compared on the items that both attempted, item by item, where every failure on
    them was looked at; else by their shares on common benchmarks, brought to one mix. The first
    line says which; without either there are no numbers.

    Editions are data packages, and are read from the earlier to the later one: folders, zip files,
    or versions whose package is in build/release. A share moved if its value in each edition lies
    outside of its interval in the other. How far it moved is split in two: what comes from judging
    the same failures otherwise (taxonomy, judges, corrected verdicts), and what comes from other
    runs and predictions. If the later edition says otherwise of itself, that is told and the status
    is 1.

    \b
    Example:
      erroratlas compare openai__gpt-3-6b-verification openai__gpt-3-175b-verification
      erroratlas compare --rules 01-ai__yi-6b 01-ai__yi-34b --format json
      erroratlas compare 2026.12 2027.03
      erroratlas compare erroratlas-2026.12.zip build/release/erroratlas-2027.03
    """  # noqa: D301  \b is click's own mark
    editions = [_edition(project, name) for name in (first, second)]
    old, new = editions
    if rules and old is not None and new is not None:
        msg = "--rules is for models"
        raise click.BadOptionUsage("--rules", msg)
    if first == second:
        msg = f"{first!r} is named twice: name two models, or two editions"
        raise click.BadArgumentUsage(msg)
    if old is None and new is None:
        from generator.cli.compare_models import compare_models  # noqa: PLC0415  editions need less

        compare_models(project, first, second, rules=rules, form=form)
        return
    if old is None or new is None:
        msg = "name two models, or two editions: their packages, or versions"
        raise click.BadArgumentUsage(msg)
    from generator.cli.compare_editions import compare_editions  # noqa: PLC0415  nor does --help

    compare_editions(old, new, form=form)


def _edition(project: Project, name: str) -> Path | None:
    """Return the package that is meant; None where a model is."""
    # --help needs none of it.
    from generator.release.checks import is_version  # noqa: PLC0415
    from generator.release.previous import package_of  # noqa: PLC0415

    if is_version(name):
        return package_of(project.root, name)
    if name.endswith(".zip") or Path(name).exists():
        return Path(name)
    return None
