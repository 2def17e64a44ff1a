"""What of each benchmark is in the Atlas, what is not, and what is odd about its data."""

from dataclasses import dataclass

from generator.charts.labels import listed
from generator.pages.edition import Edition
from generator.pages.format import NOTHING, count, counted
from generator.pages.links import Link, benchmark_path, href
from generator.pages.tables import Table, columns, plain
from generator.stats.benchmarks import DIFFICULTY

_REVISION = 12
"""Digits of a revision that are shown where its whole is elsewhere."""


@dataclass(frozen=True)
class Coverage:
    """What of a benchmark is here."""

    counts: str
    """Items, parts, models, predictions and failures."""
    says: tuple[str, ...]
    """What is here and what is not, in paragraphs; empty where nothing is said."""
    quirks: tuple[str, ...]
    """What is odd about the data; may be none."""


def covered(edition: Edition, slug: str) -> Coverage:
    """Return what of a benchmark is in the Atlas."""
    benchmark = edition.content.benchmarks[slug]
    items, parts, models, predictions, failures = _counts(edition, slug)
    who = counted(models, "program" if benchmark.synthetic else "model")
    asked = f"{counted(items, 'item')}{f' in {parts}' if parts else ''}; " if items else ""
    answered = f"{counted(predictions, 'prediction')}, {count(failures)} of them failures"
    return Coverage(
        counts=f"{asked}{who} with {answered}",
        says=tuple((benchmark.coverage or "").split("\n\n")) if benchmark.coverage else (),
        quirks=benchmark.quirks,
    )


def coverage_table(page: str, edition: Edition) -> Table:
    """Return what is covered, one row per benchmark.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
    """
    rows = []
    for slug, benchmark in sorted(edition.content.benchmarks.items()):
        items, parts, *sizes = _counts(edition, slug)
        link = Link(benchmark.name, href(page, benchmark_path(slug), "coverage"))
        numbers = [plain(count(number)) for number in (items, *sizes)]
        version = plain(_versions(edition, slug))
        rows.append((link, plain(parts or NOTHING), *numbers, version))
    names = columns(
        "Benchmark", "Parts", "Items#", "Models#", "Predictions#", "Failures#", "Version"
    )  # fmt: skip
    return Table("What is covered; the page of each benchmark says what is not", names, tuple(rows))


def _counts(edition: Edition, slug: str) -> tuple[int, str, int, int, int]:
    """Return items, parts in words, models, predictions and failures."""
    found = edition.numbers.anatomies.get(slug)
    runs = edition.numbers.attempts
    runs = runs[runs["benchmark"] == slug]
    parts = ""
    if found is not None:
        tags = found.slices[found.slices["tag"] != DIFFICULTY].groupby("tag", sort=False).size()
        parts = listed(
            [counted(number, str(tag), _several(str(tag))) for tag, number in tags.items()]
        )
    items = 0 if found is None else len(found.items)
    sums = (int(runs["attempted"].sum()), int(runs["failed"].sum()))
    return items, parts, len(runs), *sums


def _several(tag: str) -> str:
    """Return the name of a tag as one says it of several values."""
    if tag.endswith("s"):
        return tag
    return f"{tag[:-1]}ies" if tag.endswith("y") else f"{tag}s"


def _versions(edition: Edition, slug: str) -> str:
    """Return the revisions that the text of a benchmark was taken at."""
    source = edition.content.benchmarks[slug].source
    if source is None:
        return "kept here"
    return listed(list(dict.fromkeys(file.revision[:_REVISION] for file in source.files)))
