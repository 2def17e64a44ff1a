"""Items and predictions whose text is here."""

from generator.errors import Problem
from generator.records.benchmark import Item
from generator.records.keys import RunKey
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.inline import read_items, read_predictions

_UNKNOWN = "the benchmark has no such item"


def hold_texts(content: Content, held: Held) -> None:
    """Read them all; what is wrong with them is kept."""
    for slug, benchmark in content.benchmarks.items():
        if benchmark.source is not None:
            continue
        problems: list[Problem] = []
        items = read_items(content.layout, slug, problems)
        if not items and not problems:
            name = content.layout.name(content.layout.items(slug))
            problems.append(Problem(name, 0, "-", "", "the benchmark has no items", "add them"))
        held.texts.extend(problems)
        if not problems:
            held.items[slug], held.known[slug] = items, frozenset(items)
        for key in content.runs:
            if key[0] == slug:
                _hold_run(content, key, items, held, whole=not problems)


def _hold_run(
    content: Content, key: RunKey, items: dict[str, Item], held: Held, *, whole: bool
) -> None:
    """Read the predictions of a run.

    Args:
        content: The content.
        key: Benchmark and model.
        items: Items that could be read.
        held: Is added to.
        whole: Whether all items could be read. If not, the fault is theirs and not that of the
            predictions that name them.
    """
    benchmark, layout = content.benchmarks[key[0]], content.layout
    problems: list[Problem] = []
    rows = list(read_predictions(layout, key, benchmark, items, problems))
    if not rows and not problems:
        name = layout.name(layout.outputs(*key))
        mend = "add them or remove the run"
        problems.append(Problem(name, 0, "-", "", "the run has no predictions", mend))
    if whole and not problems:
        failed = {row.item_id: row for row in rows if row.score < benchmark.success_threshold}
        held.failed[key], held.failures[key] = failed, frozenset(failed)
    held.texts.extend(
        problem for problem in problems if whole or not problem.wrong.startswith(_UNKNOWN)
    )
