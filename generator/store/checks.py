"""Checks of the whole content, beyond what loading it already refuses."""

from collections.abc import Callable, Iterator

from generator.errors import ContentError, InputError, Problem
from generator.records.prices import Prices
from generator.store.content import Content
from generator.store.documents import read_document
from generator.store.inline import read_items, read_labels, read_predictions
from generator.store.samples import read_sample_rows
from generator.store.verdicts import verdict_kinds

Check = Callable[[Content], Iterator[Problem]]


def _texts(content: Content) -> Iterator[Problem]:
    """Items and predictions whose text is here."""
    for slug, benchmark in content.benchmarks.items():
        if benchmark.source is not None:
            continue
        problems: list[Problem] = []
        items = read_items(content.layout, slug, problems)
        for key in content.runs:
            if key[0] == slug:
                for _ in read_predictions(content.layout, key, benchmark, items, problems):
                    pass
        yield from problems


def _verdicts(content: Content) -> Iterator[Problem]:
    """Verdicts that can be read and name categories of the taxonomy."""
    layout = content.layout
    known = {
        category.id: {sub.id for sub in category.subcategories}
        for category in content.taxonomy.categories
    }
    mend = "run `erroratlas judge`"
    for path in sorted((content.root / "verdicts").glob("*/*.parquet")):
        name = layout.name(path)
        if (path.parent.name, path.stem) not in content.runs:
            yield Problem(name, 0, "-", "", "verdicts of no run", "remove the file")
            continue
        try:
            kinds = verdict_kinds(path)
        except InputError as error:
            yield Problem(name, 0, "-", "", str(error), mend)
            continue
        for kind in kinds:
            for category in (kind.category, *kind.secondary):
                if category is not None and category not in known:
                    yield Problem(name, 0, "category", category, "no such category", mend)
            sub = kind.subcategory
            if sub is not None and sub not in known.get(kind.category or "", set()):
                wrong = f"{kind.category} has no such subcategory"
                yield Problem(name, 0, "subcategory", sub, wrong, mend)


def _samples(content: Content) -> Iterator[Problem]:
    """Samples whose rows belong to a stratum, as many as the stratum says."""
    layout = content.layout
    for sample_name, sample in content.samples.items():
        path = layout.sample_rows(sample_name)
        name = layout.name(path)
        try:
            rows = read_sample_rows(path, name)
        except ContentError as error:
            yield from error.problems
            continue
        drawn: dict[tuple[str, str], int] = {}
        seen = set()
        for line, row in enumerate(rows, start=2):
            if row in seen:
                wrong = "the failure is in the sample twice"
                yield Problem(name, line, "item_id", row.item_id, wrong, "remove one row")
            seen.add(row)
            drawn[row.benchmark, row.model] = drawn.get((row.benchmark, row.model), 0) + 1
        for stratum in sample.strata:
            count = drawn.pop((stratum.benchmark, stratum.model), 0)
            if count != stratum.sampled:
                wrong = f"{count} rows where the design says {stratum.sampled}"
                value = f"{stratum.benchmark}/{stratum.model}"
                yield Problem(name, 0, "strata", value, wrong, "correct the design or the rows")
        for benchmark, model in drawn:
            wrong = "rows of no stratum"
            mend = "add the stratum to the design"
            yield Problem(name, 0, "model", f"{benchmark}/{model}", wrong, mend)


def _labels(content: Content) -> Iterator[Problem]:
    """Reference labels of known benchmarks and runs."""
    for path in sorted((content.root / "labels").glob("*.jsonl")):
        name = content.layout.name(path)
        if path.stem not in content.benchmarks:
            yield Problem(name, 0, "-", path.stem, "unknown benchmark", "correct the file's name")
            continue
        try:
            labels = read_labels(content.layout, path.stem)
        except ContentError as error:
            yield from error.problems
            continue
        for line, label in enumerate(labels, start=1):
            if (path.stem, label.model) not in content.runs:
                wrong, mend = "no run of this model", "correct the model"
                yield Problem(name, line, "model", label.model, wrong, mend)


def _prices(content: Content) -> Iterator[Problem]:
    """Prices of language models, where there is a file of them."""
    path = content.root / "prices.yml"
    if path.is_file():
        yield from read_document(path, Prices, content.layout.name(path))[1]


CHECKS: dict[str, Check] = {
    "texts": _texts,
    "verdicts": _verdicts,
    "samples": _samples,
    "labels": _labels,
    "prices": _prices,
}
"""Checks by name, in the order in which they are made."""


def check_content(content: Content) -> list[Problem]:
    """Return everything that is wrong with content that could be loaded."""
    return [problem for check in CHECKS.values() for problem in check(content)]
