"""Items and outputs whose text is kept in the content folder."""

from collections.abc import Iterator

from generator.errors import ContentError, Problem
from generator.readers.rows import Row
from generator.store.content import Content
from generator.store.inline import read_items, read_predictions


def inline_rows(content: Content, benchmark: str, model: str) -> Iterator[Row]:
    """Yield the rows of a run in the order of its file.

    Raises:
        ContentError: Lines of the items or predictions are at fault; raised after the last row.
    """
    problems: list[Problem] = []
    items = read_items(content.layout, benchmark, problems)
    key = (benchmark, model)
    description = content.benchmarks[benchmark]
    for prediction in read_predictions(content.layout, key, description, items, problems):
        yield Row(items[prediction.item_id], prediction)
    if problems:
        raise ContentError(problems)
