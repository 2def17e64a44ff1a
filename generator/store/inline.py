"""Items, outputs and labels whose text is kept here."""

from collections.abc import Iterator

from generator.errors import ContentError, Problem
from generator.records.benchmark import Benchmark, Item
from generator.records.label import Label
from generator.records.prediction import Prediction
from generator.store.layout import Layout
from generator.store.lines import read_lines
from generator.store.problems import visible


def read_items(layout: Layout, benchmark: str, problems: list[Problem]) -> dict[str, Item]:
    """Return the items of a benchmark by id; what is wrong is added to ``problems``."""
    path = layout.items(benchmark)
    name = layout.name(path)
    items: dict[str, Item] = {}
    lines: dict[str, int] = {}
    for line, item in read_lines(path, Item, name, problems):
        if item.item_id in items:
            wrong = f"the item id stands already on line {lines[item.item_id]}"
            mend = "give every item an id of its own"
            problems.append(Problem(name, line, "item_id", item.item_id, wrong, mend))
            continue
        items[item.item_id], lines[item.item_id] = item, line
    return items


def read_predictions(
    layout: Layout,
    key: tuple[str, str],
    benchmark: Benchmark,
    items: dict[str, Item],
    problems: list[Problem],
) -> Iterator[Prediction]:
    """Yield the predictions of a run that belong to a known item and have a possible score.

    Args:
        layout: Where files are.
        key: Benchmark and model.
        benchmark: Description of the benchmark.
        items: Its items by id.
        problems: Is added to.
    """
    path = layout.outputs(*key)
    name = layout.name(path)
    low, high = benchmark.score_range
    seen: dict[str, int] = {}
    for line, prediction in read_lines(path, Prediction, name, problems):
        item_id = prediction.item_id
        if item_id in seen:
            wrong = f"the item was answered already on line {seen[item_id]}"
            mend = "keep one prediction per item"
        elif item_id not in items:
            wrong = "the benchmark has no such item"
            mend = f"correct the id or add the item to {layout.name(layout.items(key[0]))}"
        elif not low <= prediction.score <= high:
            wrong = f"outside the benchmark's score range {low:g} to {high:g}"
            mend = "correct the score or score_range"
            value = visible(f"{prediction.score:g}")
            problems.append(Problem(name, line, "score", value, wrong, mend))
            continue
        else:
            seen[item_id] = line
            yield prediction
            continue
        problems.append(Problem(name, line, "item_id", item_id, wrong, mend))


def read_labels(layout: Layout, benchmark: str) -> list[Label]:
    """Return the reference labels of a benchmark; none if it has no file.

    Raises:
        ContentError: Lines of the file are at fault.
    """
    path = layout.labels(benchmark)
    if not path.is_file():
        return []
    problems: list[Problem] = []
    labels = [row.record for row in read_lines(path, Label, layout.name(path), problems)]
    if problems:
        raise ContentError(problems)
    return labels
