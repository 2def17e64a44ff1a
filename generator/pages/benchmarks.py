"""The index of the benchmarks."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import count
from generator.pages.links import BENCHMARKS, Link, benchmark_path, href
from generator.pages.models import leading
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain

TASKS = {
    "short-answer": "short answers",
    "multiple-choice": "multiple choice",
    "tool-use": "tool calls",
    "free-text": "free text",
    "mixed": "several kinds of tasks",
}
"""Task types in words."""


@dataclass(frozen=True)
class BenchmarksContext:
    """What the template ``benchmarks.md.j2`` shows."""

    head: Head
    """Front matter."""
    real: Table | None
    """Benchmarks answered by language models; None where there are none."""
    synthetic: Table | None
    """Benchmarks made by a program and answered by programs; None where there are none."""


def benchmarks_page(edition: Edition) -> Page:
    """Return the index of the benchmarks."""
    context = BenchmarksContext(
        head=Head("Benchmarks", "What failing each benchmark means, and who ran it."),
        real=_table(edition, synthetic=False),
        synthetic=_table(edition, synthetic=True),
    )
    return Page(BENCHMARKS, render("benchmarks.md.j2", context))


def _table(edition: Edition, *, synthetic: bool) -> Table | None:
    rows = []
    for slug, benchmark in sorted(edition.content.benchmarks.items()):
        if benchmark.synthetic != synthetic:
            continue
        reports = edition.of_benchmark(slug)
        whole = edition.numbers.benchmarks.get(slug)
        first, share = leading(BENCHMARKS, edition.content.taxonomy, whole)
        speaks = "annotated sample" if whole and whole.basis == "sample" else "rules alone"
        rows.append(
            (
                Link(benchmark.name, href(BENCHMARKS, benchmark_path(slug))),
                plain(TASKS[benchmark.task_type]),
                plain(count(len(reports))),
                plain(count(sum(r.attempt.failed for r in reports if r.attempt))),
                plain(speaks if whole else "not looked at"),
                first,
                plain(share),
            )
        )
    names = columns(
        "Benchmark", "Asks for", "Runs#", "Failures#", "Categories rest on",
        "Category with the largest share", "That share of classified#",
    )  # fmt: skip
    caption = "Benchmarks made by a program" if synthetic else "Benchmarks"
    return Table(caption, names, tuple(rows)) if rows else None
