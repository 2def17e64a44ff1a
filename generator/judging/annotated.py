"""Takes an annotator's verdicts in: each is tied to the bytes of the output it speaks of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.errors import ContentError, Problem
from generator.readers.annotations import Annotation, read_annotations
from generator.readers.rows import Row
from generator.readers.runs import RunKey, run_rows
from generator.records.keys import output_text, prediction_key
from generator.records.sample import SampleRow
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.content import Content
from generator.store.lines import Numbered
from generator.store.ordering import natural
from generator.store.verdicts import read_stamp, read_verdicts, write_verdicts


class Taken(NamedTuple):
    """What was taken in for one run."""

    key: RunKey
    """Benchmark and model."""
    verdicts: int
    """Verdicts written."""
    rows: tuple[SampleRow, ...]
    """Rows of the sample."""


def take_annotations(
    content: Content, benchmark: str, sample: str, file: Path, cache: Path
) -> list[Taken]:
    """Write an annotator's verdicts on one benchmark and return the rows of the sample.

    Verdicts of the same judge that were there before are replaced; those of others stay.

    Args:
        content: The content; ``samples/<sample>.yml`` names the judge and the strata.
        benchmark: Benchmark to take in.
        sample: Name of the sample.
        file: JSON Lines, see ``generator.readers.annotations``.
        cache: Folder of fetched files; the text must be at hand.

    Raises:
        ContentError: A line names no known model or item, or a success, or a span outside the
            output; nothing is written then.
    """
    design = content.samples[sample]
    judge = JudgeId(
        name=design.judge, version="1", prompt_hash="", taxonomy=content.taxonomy.version
    )
    weights = {
        (stratum.benchmark, stratum.model): stratum.population / stratum.sampled
        for stratum in design.strata
    }
    by_model = _by_model(content, benchmark, file)
    problems: list[Problem] = []
    ready: list[tuple[RunKey, list[Verdict]]] = []
    for model, annotations in sorted(by_model.items()):
        key = (benchmark, model)
        rows = {row.item.item_id: row for row in run_rows(content, key, cache)}
        tied = [
            _tie(
                row,
                rows.get(row.record.item),
                content=content,
                benchmark=benchmark,
                judge=judge,
                file=str(file),
            )
            for row in annotations
        ]
        problems += [entry for entry in tied if isinstance(entry, Problem)]
        ready.append((key, [entry for entry in tied if isinstance(entry, Verdict)]))
        if key not in weights:
            wrong, mend = "the sample has no such stratum", f"add it to samples/{sample}.yml"
            problems.append(Problem(str(file), 0, "model", model, wrong, mend))
    if problems:
        raise ContentError(problems)
    return [_write(content, key, verdicts, weights[key], judge) for key, verdicts in ready]


def _write(
    content: Content, key: RunKey, verdicts: Sequence[Verdict], weight: float, judge: JudgeId
) -> Taken:
    """Replace the judge's verdicts on one run."""
    path = content.layout.verdicts(*key)
    others = [verdict for verdict in read_verdicts(path) if verdict.judge.name != judge.name]
    write_verdicts(path, [*verdicts, *others], read_stamp(path))
    ids = sorted((verdict.item_id for verdict in verdicts), key=natural)
    rows = tuple(
        SampleRow(benchmark=key[0], model=key[1], item_id=item_id, weight=weight) for item_id in ids
    )
    return Taken(key, len(verdicts), rows)


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


def _tie(
    numbered: Numbered[Annotation],
    row: Row | None,
    *,
    content: Content,
    benchmark: str,
    judge: JudgeId,
    file: str,
) -> Verdict | Problem:
    """Tie an annotation to its prediction, or say why that cannot be."""
    line, note = numbered
    if row is None:
        mend = "correct the item or fetch the revision that was annotated"
        return Problem(file, line, "item", note.item, "the run has no such item", mend)
    description = content.benchmarks[benchmark]
    if row.prediction.score >= description.success_threshold:
        return Problem(file, line, "item", note.item, "not a failure", "remove the line")
    output = output_text(row.prediction)
    evidence: tuple[Evidence, ...] = ()
    if note.quote_start is not None and note.quote_end is not None:
        if not 0 <= note.quote_start <= note.quote_end <= len(output):
            value = f"{note.quote_start}..{note.quote_end}"
            wrong = f"outside the output of {len(output)} characters"
            return Problem(file, line, "quote_start", value, wrong, "correct the offsets")
        quote = output[note.quote_start : note.quote_end] if description.display == "full" else None
        evidence = (Evidence(quote=quote, start=note.quote_start, end=note.quote_end),)
    told = note.status == "verdict"
    return Verdict(
        key=prediction_key(benchmark, row.item, row.prediction),
        item_id=row.item.item_id,
        judge=judge,
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
