"""Examples of the taxonomy: failures that are here, may be shown, and have the cause named."""

from collections.abc import Iterator

from generator.errors import ContentError, Problem
from generator.records.taxonomy import Category, TaxonomyExample
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.documents import line_finder
from generator.store.inline import read_labels


def check_examples(content: Content, held: Held) -> Iterator[Problem]:
    """Yield examples that cannot be shown, and those with another cause.

    Where their whole benchmark was left out, as in an Atlas of one's own, they are passed over.
    """
    if not any(entry.examples for entry in content.taxonomy.categories):
        return
    name = content.layout.name(content.layout.taxonomy)
    line_of = line_finder(content.layout.taxonomy)
    try:
        causes = _causes(content)
    except ContentError:
        return  # what is wrong with the labels is reported already
    for place, entry in enumerate(content.taxonomy.categories):
        for number, example in enumerate(entry.examples):
            if example.benchmark not in content.benchmarks:
                continue
            if wrong := _wrong(content, held, causes, entry, example):
                at = ("categories", place, "examples", number)
                value = f"{example.benchmark}/{example.model}/{example.item_id}"
                mend = "remove the example or take another failure"
                yield Problem(name, line_of(at), ".".join(map(str, at)), value, wrong, mend)


Causes = dict[tuple[str, str, str], str | None]
"""Category that a failure is known to have, by benchmark, model and item."""


def _causes(content: Content) -> Causes:
    named = {example.benchmark for c in content.taxonomy.categories for example in c.examples}
    return {
        (benchmark, label.model, label.item_id): label.category
        for benchmark in sorted(named & content.benchmarks.keys())
        for label in read_labels(content.layout, benchmark)
    }


def _wrong(
    content: Content, held: Held, causes: Causes, entry: Category, example: TaxonomyExample
) -> str | None:
    """Return what is wrong with an example, if anything."""
    benchmark = content.benchmarks[example.benchmark]
    key = (example.benchmark, example.model)
    if key not in content.runs:
        return "no such run"
    if benchmark.display != "full" or benchmark.source is not None:
        return "the text of the benchmark is not shown"
    if key in held.failures and example.item_id not in held.failures[key]:
        return "not a failure of the run"
    cause = causes.get((*key, example.item_id))
    if cause is None:
        return "its cause is not known: it has no label with a category"
    if cause != entry.id:
        return f"its label says {cause}"
    return None
