"""Models and benchmarks that had another identifier: old links still lead to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.links import Link, benchmark_path, href, model_path
from generator.pages.page import Head, Page
from generator.pages.render import render


@dataclass(frozen=True)
class RenamedContext:
    """What the template ``renamed.md.j2`` shows."""

    head: Head
    """Front matter."""
    old: str
    """The former identifier."""
    id: str
    """Identifier of now."""
    now: Link
    """The page of now."""


def renamed_pages(edition: Edition) -> Iterator[Page]:
    """Yield a page for each former identifier of a model or a benchmark."""
    models, benchmarks = edition.content.models, edition.content.benchmarks
    for old, key in _former({key: model.formerly for key, model in models.items()}):
        yield _page(model_path(old), old, key, Link(models[key].name, model_path(key)))
    for old, key in _former({key: one.formerly for key, one in benchmarks.items()}):
        yield _page(benchmark_path(old), old, key, Link(benchmarks[key].name, benchmark_path(key)))


def _former(known: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return former identifiers in order, each with that of now."""
    return sorted((old, key) for key, former in known.items() for old in former)


def _page(page: str, old: str, key: str, now: Link) -> Page:
    head = Head(f"{now.text} (renamed)", f"{old} is called {key} now.", searchable=False)
    there = Link(now.text, href(page, now.href))
    return Page(page, render("renamed.md.j2", RenamedContext(head, old, key, there)))
