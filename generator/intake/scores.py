"""Scores that no model should get, or that the answers beside them contradict."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.records.benchmark import Benchmark, Item
from generator.records.keys import RunKey
from generator.records.prediction import Prediction
from generator.store.content import Content
from generator.store.inline import read_items
from generator.store.lines import read_lines
from generator.store.problems import visible

FEWEST = 20
"""Predictions from which one score for all is remarkable."""
_MOST = 0.9
"""Share of predictions from which something is taken to hold for the run."""
_SIGNS = re.compile(r"[\s$,.()]+")
_LETTER = re.compile(r"\(?([A-Za-z])\)?\.?")


class _Totals(NamedTuple):
    """What a run comes to."""

    answered: int
    right: int
    empty: int


def find_implausible_scores(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of scores that look wrong in the runs whose text is here."""
    for name, runs in groupby(scope.runs(content), lambda key: key[0]):
        if content.benchmarks[name].source is not None:
            continue
        items = read_items(content.layout, name, [])  # lines at fault are told elsewhere
        for key in runs:
            yield from map(warning, _of_run(content, key, items))


def _of_run(content: Content, key: RunKey, items: Mapping[str, Item]) -> Iterator[Problem]:
    benchmark, outputs = content.benchmarks[key[0]], content.layout.outputs(*key)
    path = content.layout.name(outputs)
    unread: list[Problem] = []
    seen = answered = right = empty = 0
    for line, prediction in read_lines(outputs, Prediction, path, unread):
        seen += 1
        item = items.get(prediction.item_id)
        if item is None:
            continue
        answered += 1
        right += prediction.score >= benchmark.success_threshold
        empty += prediction.output == ""
        wrong = _contradiction(benchmark, item, prediction)
        if wrong is not None:
            mend = "check how answers were taken and scored"
            yield Problem(path, line, "score", visible(prediction.extracted), wrong, mend)
    if answered or not (seen or unread):
        yield from _of_all(path, _Totals(answered, right, empty), len(items))


def _of_all(path: str, totals: _Totals, items: int) -> Iterator[Problem]:
    answered, right, empty = totals
    if answered == 0:
        yield Problem(path, 0, "-", "", "the run has no predictions", "add them, or leave it out")
        return
    if answered >= FEWEST and right in {0, answered}:
        what = "a success" if right else "a failure"
        value = f"{answered} of {answered}"
        mend = "check the score and the benchmark's success_threshold"
        yield Problem(path, 0, "score", value, f"every prediction is {what}", mend)
    if answered >= FEWEST and empty >= _MOST * answered:
        value, mend = f"{empty} of {answered}", "check that the outputs were read"
        yield Problem(path, 0, "output", value, "almost every output is empty", mend)
    if items >= FEWEST and answered < _MOST * items:
        value, mend = f"{answered} of {items}", "say in run.yml how the items were chosen"
        yield Problem(path, 0, "item_id", value, "many items have no prediction", mend)


def _contradiction(benchmark: Benchmark, item: Item, prediction: Prediction) -> str | None:
    """Return how a score contradicts the answer that the harness itself took."""
    judged = benchmark.task_type in {"short-answer", "multiple-choice"}
    if prediction.extracted is None or not judged:
        return None
    success = prediction.score >= benchmark.success_threshold
    same = _is_due(prediction.extracted, item, benchmark)
    if same is None or same == success:
        return None
    if same:
        return "the answer taken is a reference, but the score is a failure"
    return "the answer taken is another option than the reference, but the score is a success"


def _is_due(extracted: str, item: Item, benchmark: Benchmark) -> bool | None:
    """Tell whether an answer is a reference; None where only a checker could tell."""
    given = _plain(extracted)
    if given in map(_plain, item.references):
        return True
    letter, due = _LETTER.fullmatch(extracted.strip()), _letters(item)
    if benchmark.task_type != "multiple-choice" or letter is None or not due:
        return None
    return letter.group(1).upper() in due


def _letters(item: Item) -> set[str]:
    """Return the letters of the options that are references."""
    letters = {
        match.group(1).upper()
        for reference in item.references
        if (match := _LETTER.fullmatch(reference.strip()))
    }
    texts = {_plain(reference) for reference in item.references}
    places = (place for place, text in enumerate(item.choices) if _plain(text) in texts)
    return letters | {chr(ord("A") + place) for place in places}


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).casefold()
