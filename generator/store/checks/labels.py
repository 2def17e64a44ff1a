"""Reference labels: each on a failure of a run, within the taxonomy."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import Problem
from generator.records.label import Label
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.lines import read_lines


class _Wrong(NamedTuple):
    """What is wrong with a label."""

    field: str
    value: str
    wrong: str
    mend: str


def check_labels(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with any reference label."""
    for path in sorted((content.root / "labels").glob("*.jsonl")):
        name = content.layout.name(path)
        benchmark = path.stem
        if benchmark not in content.benchmarks:
            yield Problem(name, 0, "-", benchmark, "unknown benchmark", "correct the file's name")
            continue
        problems: list[Problem] = []
        met: dict[tuple[str, str], int] = {}
        for line, label in read_lines(path, Label, name, problems):
            wrongs = (*_place(content, held, benchmark, label), *_cause(content, label))
            problems.extend(Problem(name, line, *wrong) for wrong in wrongs)
            first = met.setdefault((label.item_id, label.model), line)
            if first != line:
                told = f"the failure has a label already on line {first}"
                problems.append(Problem(name, line, "item_id", label.item_id, told, "keep one"))
        yield from problems


def _place(content: Content, held: Held, benchmark: str, label: Label) -> Iterator[_Wrong]:
    """Yield why a label is on no failure."""
    key = (benchmark, label.model)
    known, failures = held.known.get(benchmark), held.failures.get(key)
    if key not in content.runs:
        yield _Wrong("model", label.model, "no run of this model", "correct the model")
    if known is not None and label.item_id not in known:
        wrong = "the benchmark has no such item"
        yield _Wrong("item_id", label.item_id, wrong, "correct the id or remove the label")
    elif failures is not None and label.item_id not in failures:
        wrong = "not a failure of the run"
        yield _Wrong("item_id", label.item_id, wrong, "remove the label")


def _cause(content: Content, label: Label) -> Iterator[_Wrong]:
    """Yield what a label says that cannot be."""
    known = content.taxonomy.readable()
    placed = label.status == "verdict" and label.attribution == "model"
    if placed and label.category is None:
        wrong = "a fault of the model needs its category"
        yield _Wrong("category", "", wrong, "give the category, another attribution or status")
    named = [("category", label.category), *(("acceptable", other) for other in label.acceptable)]
    for field, category in named:
        if category is not None and category not in known:
            yield _Wrong(field, category, "no such category", "use one of the taxonomy")
    sub = label.subcategory
    if sub is not None and label.category is None:
        yield _Wrong("subcategory", sub, "a subcategory needs its category", "give the category")
    elif sub is not None and label.category in known and sub not in known[label.category or ""]:
        wrong = f"{label.category} has no such subcategory"
        yield _Wrong("subcategory", sub, wrong, "use one of the taxonomy")
