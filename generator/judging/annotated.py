"""Takes an annotator's verdicts in: each is tied to the bytes of the output it speaks of."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from generator.errors import ContentError, Problem
from generator.readers.annotations import Annotation, read_annotations
from generator.readers.rows import Row
from generator.readers.runs import run_rows
from generator.records.keys import RunKey, output_text, prediction_key
from generator.records.sample import SampleRow
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.content import Content
from generator.store.lines import Numbered
from generator.store.ordering import natural
from generator.store.problems import problems_of
from generator.store.samples import write_sample_rows
from generator.store.verdicts import read_stamp, read_verdicts, write_verdicts


class Fault(NamedTuple):
    """What keeps an annotation from being tied."""

    field: str
    value: str
    wrong: str
    mend: str


class Tied(NamedTuple):
    """An annotator's verdicts on one run, tied to its outputs."""

    key: RunKey
    """Benchmark and model."""
    verdicts: tuple[Verdict, ...]
    """Verdicts, in the order of their items."""
    weights: tuple[float, ...]
    """How many failures of its stratum each of them stands for."""


def tie_annotations(content: Content, sample: str, file: Path, cache: Path) -> list[Tied]:
    """Tie an annotator's verdicts to the outputs they speak of. Writes nothing.

    Lines on benchmarks that the sample does not name are passed over.

    Args:
        content: The content; ``samples/<sample>.yml`` names the judge and the strata.
        sample: Name of the sample.
        file: JSON Lines, see ``generator.readers.annotations``.
        cache: Folder of fetched files; the text must be at hand.

    Raises:
        ContentError: A line names no known model, item, category or failure, or a span outside
            the output; or a stratum has not as many failures as the design says.
    """
    design = content.samples[sample]
    judge = JudgeId(
        name=design.judge, version="1", prompt_hash="", taxonomy=content.taxonomy.version
    )
    drawn: Counter[str] = Counter()
    problems: list[Problem] = []
    tied: list[Tied] = []
    for benchmark in sorted({part.benchmark for part in design.strata}):
        for model, annotations in sorted(_by_model(content, benchmark, file).items()):
            key = (benchmark, model)
            rows = {row.item.item_id: row for row in run_rows(content, key, cache)}
            tie = _Tie(content, benchmark, judge, str(file))
            made = [tie(note, rows.get(note.record.item)) for note in annotations]
            problems += [entry for entry in made if isinstance(entry, Problem)]
            verdicts = {entry.item_id: entry for entry in made if isinstance(entry, Verdict)}
            ordered = sorted(verdicts, key=natural)
            strata = [design.stratum(*key, rows[item_id].item.tags) for item_id in ordered]
            drawn.update(part.name if part else "/".join(key) for part in strata)
            weights = tuple(part.weight if part else math.nan for part in strata)
            tied.append(Tied(key, tuple(verdicts[item_id] for item_id in ordered), weights))
    expected = {part.name: part.sampled for part in design.strata}
    for name in sorted({*expected, *drawn}):
        due = expected.get(name, 0)
        if drawn[name] != due and not problems:
            wrong = f"{drawn[name]} different failures where the design says {due}"
            mend = f"correct the file or samples/{sample}.yml"
            problems.append(Problem(str(file), 0, "model", name, wrong, mend))
    if problems:
        raise ContentError(problems)
    return tied


def write_annotations(content: Content, sample: str, tied: Sequence[Tied]) -> int:
    """Write tied verdicts and the rows of the sample; return the number of verdicts.

    Verdicts of the same judge that were there before are replaced; those of others stay.
    """
    design = content.samples[sample]
    rows = []
    for key, verdicts, weights in tied:
        path = content.layout.verdicts(*key)
        others = [entry for entry in read_verdicts(path) if entry.judge.name != design.judge]
        write_verdicts(path, [*verdicts, *others], read_stamp(path))
        rows += [
            SampleRow(benchmark=key[0], model=key[1], item_id=verdict.item_id, weight=weight)
            for verdict, weight in zip(verdicts, weights, strict=True)
        ]
    write_sample_rows(content.layout.sample_rows(sample), rows)
    return len(rows)


def _by_model(
    content: Content, benchmark: str, file: Path
) -> Mapping[str, list[Numbered[Annotation]]]:
    """Return the annotations of a benchmark by the id of their model."""
    ids = {
        alias: model
        for run_benchmark, model in content.runs
        if run_benchmark == benchmark
        for alias in content.models[model].aliases
    }
    found: dict[str, list[Numbered[Annotation]]] = {}
    for row in read_annotations(file, benchmark):
        if row.record.model not in ids:
            wrong, mend = "no run of this model", "add it as an alias to a model file"
            raise ContentError(
                [Problem(str(file), row.line, "model", row.record.model, wrong, mend)]
            )
        found.setdefault(ids[row.record.model], []).append(row)
    return found


class _Tie:
    """Ties annotations to predictions of one benchmark."""

    def __init__(self, content: Content, benchmark: str, judge: JudgeId, file: str) -> None:
        self._key = benchmark
        self._benchmark = content.benchmarks[benchmark]
        self._judge = judge
        self._file = file
        self._known = {
            category.id: {sub.id for sub in category.subcategories}
            for category in content.taxonomy.categories
        }

    def __call__(self, numbered: Numbered[Annotation], row: Row | None) -> Verdict | Problem:
        """Return the verdict, or say why there can be none."""
        line, note = numbered
        fault = self._fault(note, row)
        if row is None or fault is not None:
            return Problem(self._file, line, *(fault or Fault("item", note.item, "", "")))
        output = output_text(row.prediction)
        evidence: tuple[Evidence, ...] = ()
        if note.quote_start is not None and note.quote_end is not None:
            start, end = note.quote_start, note.quote_end
            quote = output[start:end] if self._benchmark.display == "full" else None
            evidence = (Evidence(quote=quote, start=start, end=end),)
        told = note.status == "verdict"
        try:
            return Verdict(
                key=prediction_key(self._key, row.item, row.prediction),
                item_id=row.item.item_id,
                judge=self._judge,
                status=note.status,
                attribution=note.attribution if told else None,
                attribution_subtype=note.attribution_subtype if told else None,
                category=note.category,
                subcategory=note.subcategory,
                secondary=note.secondary,
                title=note.title or None,
                summary=note.summary or None,
                evidence=evidence,
                confidence=note.confidence,
            )
        except ValidationError as error:
            return problems_of(error, Verdict, self._file, lambda _: line)[0]

    def _fault(self, note: Annotation, row: Row | None) -> Fault | None:
        """Return field, value, what is wrong and how to mend it; None if nothing is."""
        if row is None:
            mend = "correct the item or fetch the revision that was annotated"
            return Fault("item", note.item, "the run has no such item", mend)
        if row.prediction.score >= self._benchmark.success_threshold:
            return Fault("item", note.item, "not a failure", "remove the line")
        for category in (note.category, *note.secondary):
            if category is not None and category not in self._known:
                return Fault("category", category, "no such category", "use one of the taxonomy")
        if note.subcategory and note.subcategory not in self._known.get(note.category or "", ()):
            wrong = f"{note.category} has no such subcategory"
            return Fault("subcategory", note.subcategory, wrong, "use one of the taxonomy")
        return _span_fault(note, len(output_text(row.prediction)))


def _span_fault(note: Annotation, size: int) -> Fault | None:
    """Return what is wrong with the span of the evidence."""
    start, end = note.quote_start, note.quote_end
    if (start is None) != (end is None):
        return Fault("quote_start", f"{start}..{end}", "half a span", "give both ends or none")
    if start is not None and end is not None and not 0 <= start <= end <= size:
        wrong = f"outside the output of {size} characters"
        return Fault("quote_start", f"{start}..{end}", wrong, "correct the offsets")
    return None
