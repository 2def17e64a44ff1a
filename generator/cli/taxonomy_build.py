"""``erroratlas taxonomy build``: categories found in failures, as a file for review."""

from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from generator.cli.llm_options import llm_options, spends
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import BENCHMARKS, FORMAT
from generator.cli.taxonomy_before import before
from generator.cli.taxonomy_report import Outcome, report
from generator.errors import InputError
from generator.records.base import Slug
from generator.records.judges import is_listed
from generator.records.proposal import Mode, Settings, Stability
from generator.stats.intervals import wilson
from generator.stats.proposals import failures_in_scope
from generator.store.atomic import write_text
from generator.store.content import Content
from generator.store.documents import write_document
from generator.taxonomy.induction import embedded
from generator.taxonomy.induction.failures import Corpus
from generator.taxonomy.induction.measure import stability
from generator.taxonomy.induction.proposal import Scope, proposal_of
from generator.taxonomy.induction.tree import Node

_SETTINGS = Settings(prompt_hash="-")

_NAMED = 2
"""Most benchmarks that a title names; of more it gives the number."""


@click.command("build")
@click.option(
    "--name", metavar="NAME", help="Name of the proposal; says what was built if not given."
)
@click.option("--anchored", is_flag=True, help="Build below the categories of the Atlas.")
@BENCHMARKS
@click.option("--model", "models", multiple=True, metavar="ID", help="Only this model.")
@click.option(
    "--judge",
    "judges",
    multiple=True,
    metavar="NAME",
    help="Titles of this judge, the first that counts first; those of atlas.yml if not given.",
)
@click.option("--depth", type=click.IntRange(1, 5), default=_SETTINGS.depth, show_default=True)
@click.option(
    "--min-size",
    "least",
    type=click.IntRange(1),
    default=_SETTINGS.least,
    show_default=True,
    help="Fewest failures of a category, on average; one twice as large can be divided.",
)
@click.option(
    "--max-branches",
    "most",
    type=click.IntRange(2, 50),
    default=_SETTINGS.most,
    show_default=True,
    help="Most categories below one.",
)
@click.option(
    "--min-share",
    "rare",
    type=click.FloatRange(0, 1),
    default=_SETTINGS.rare,
    show_default=True,
    help="Branches below this share of the category above join Other.",
)
@click.option(
    "--sample",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    metavar="SHARE",
    help="Make the categories from a share of the titles; all failures are placed.",
)
@click.option("--seed", type=int, help="Seed of sample and order; that of atlas.yml if not given.")
@click.option("--measure", is_flag=True, help="Build again in other ways and say what stays.")
@click.option(
    "--force", is_flag=True, help="Replace a proposal of the same name that was built otherwise."
)
@click.option("--llm", metavar="MODEL", help="Ask this language model instead of grouping words.")
@click.option(
    "--batch",
    type=click.IntRange(2, 500),
    default=_SETTINGS.batch,
    show_default=True,
    help="Titles of one request.",
)
@llm_options
@FORMAT
@click.pass_obj
def command(project: Project, /, **given: Any) -> None:
    """Build a taxonomy from what judges called the failures, and put it up for review.

    The titles and summaries of the judges are grouped, every failure is placed, and the result is
    written to content/taxonomy/proposals/, with coverage and the nearest existing categories. The
    taxonomy itself is never changed. A proposal of the same name that was built with other options,
    or whose stability was measured while that of the new one is not, is replaced by --force alone.

    Without --llm, words decide: no network, no key, the same bytes every time. With it, a language
    model proposes categories, revises them batch by batch and places every title. What was answered
    is kept: after Ctrl-C or a crash the same command goes on.

    \b
    Example:
      erroratlas taxonomy build --benchmark gsm8k --judge annotator-2026-11 --measure
      erroratlas taxonomy build --anchored
      erroratlas taxonomy build --benchmark gsm8k --llm gpt-5-mini --dry-run
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    seed = content.atlas.seed if given["seed"] is None else given["seed"]
    scope = _scope(content, given)
    name = given["name"] or _name(scope, given["llm"])
    try:
        TypeAdapter(Slug).validate_python(name)
    except ValidationError:
        wrong = f"{name!r}: use lower-case letters, digits and single - or _ between them"
        raise click.BadParameter(wrong, param_hint="--name") from None
    sizes = {key: given[key] for key in ("depth", "least", "most", "rare", "batch", "sample")}
    sized = sizes | {"seed": seed}
    earlier = None if given["dry_run"] else before(content, name, scope, sized, given)
    corpus = failures_in_scope(content, scope.benchmarks, scope.models, scope.judges)
    if not corpus.entries:
        msg = "no failure has a cause by these judges: choose others, or run `erroratlas judge`"
        raise InputError(msg)
    if given["llm"] is None:
        if spends(given):
            msg = "--dry-run and the budgets are for a language model: give --llm MODEL"
            raise click.UsageError(msg)
        settings = Settings(prompt_hash=embedded.HASH, **sized)

        def grow(part: Corpus, how: Settings) -> Node:
            return embedded.build_embedded(part, content.taxonomy, scope.mode, how)

        root = grow(corpus, settings)
        measured: list[Stability] = []
        if given["measure"]:
            backwards = failures_in_scope(
                content, scope.benchmarks, scope.models, scope.judges, reverse=True
            )
            depths = tuple(range(1, min(2, settings.depth) + 1))
            measured = list(stability(corpus, backwards, grow, settings, depths))
    else:
        from generator.cli.taxonomy_llm import build_with  # noqa: PLC0415

        built = build_with(content, corpus, scope, sized, given)
        if built is None:
            return
        root, settings, measured = built
    proposal = proposal_of(
        corpus,
        root,
        content.taxonomy,
        scope,
        settings,
        interval=lambda count, n: wilson(count, n, content.atlas.confidence_level),
        stability=measured,
    )
    path = content.layout.proposal(name)
    there = path.is_file()
    changed = write_text(path, write_document(proposal))
    told: Outcome = ("replaced" if there else "written") if changed else "unchanged"
    report(proposal, content.layout.name(path), given["form"], told=told, before=earlier)


def _scope(content: Content, given: dict[str, Any]) -> Scope:
    """Return what is to be built from.

    Raises:
        click.BadParameter: There is no such benchmark, model or judge.
    """
    ran = {
        "benchmarks": sorted({benchmark for benchmark, _ in content.runs}),
        "models": sorted({model for _, model in content.runs}),
        "judges": list(content.atlas.judges),
    }
    for kind, known in ran.items():
        for name in given[kind]:
            if name not in known and not (kind == "judges" and is_listed(known, name)):
                msg = f"{name!r}: no such {kind[:-1]}: give one of {', '.join(known)}"
                raise click.BadParameter(msg, param_hint=f"--{kind[:-1]}")
    mode: Mode = "anchored" if given["anchored"] else "free"
    benchmarks = tuple(given["benchmarks"]) or tuple(ran["benchmarks"])
    # The page lists them; a heading with the names of many would be a page of its own.
    named = (
        " and ".join(content.benchmarks[name].name for name in benchmarks)
        if len(benchmarks) <= _NAMED
        else f"{len(benchmarks)} benchmarks"
    )
    below = ", below the categories of the Atlas" if mode == "anchored" else ""
    return Scope(
        title=f"Failures on {named}{below}",
        mode=mode,
        benchmarks=benchmarks,
        models=tuple(given["models"]),
        judges=tuple(given["judges"]) or tuple(ran["judges"]),
    )


def _name(scope: Scope, llm: str | None) -> str:
    """Return a name that says what was built how."""
    named = scope.benchmarks if len(scope.benchmarks) == 1 else ("all",)
    return "-".join([scope.mode, *named, "llm" if llm else "embedded"])
