"""The sample that a judge was asked about: its design and its rows, once all of it is judged."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from generator.judging.docket import Stratified
from generator.records.sample import Sample, SampleRow, Stratum
from generator.records.verdict import JudgeId
from generator.store.atomic import write_text
from generator.store.content import Content
from generator.store.documents import read_document, write_document
from generator.store.ordering import natural
from generator.store.samples import write_sample_rows
from generator.store.standings import read_standings

_LONGEST = 64
_DESIGN = (
    "A simple random sample of the failures of each model, drawn without replacement: every "
    "failure has a number that follows from the seed and its text, and the lowest {share:g} % of "
    "the numbers of a model were drawn, rounded up. Nothing that a judge said before has a part in "
    "the draw, and failures that rules settle were put before this judge like the others. Each "
    "failure drawn stands for as many failures as the population of its stratum holds, divided by "
    "the number drawn."
)
_JUDGE = (
    "The language model {model}, asked once about each failure with the prompt and the codebook of "
    "this Atlas. It is not a human expert. An answer without a quote that stands word for word in "
    "the output was refused."
)


class Sampled(NamedTuple):
    """What became of a sample."""

    name: str
    """Name of the sample."""
    drawn: int
    """Failures drawn."""
    population: int
    """Failures that could be drawn."""
    open: int
    """Failures drawn that the judge has not looked at yet; nothing is written while there are."""


def sample_name(judge: str, benchmark: str) -> str:
    """Return the name of the sample of a judge on a benchmark."""
    name = f"{judge}-{benchmark}"
    if len(name) <= _LONGEST:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST - 9].rstrip('-_')}-{mark}"


def seal_sample(
    content: Content, judge: JudgeId, benchmark: str, strata: Sequence[Stratified], share: float
) -> Sampled:
    """Write the design and the rows of a sample; nothing while a failure of it is not judged.

    A part of what was drawn would be no random sample: it is asked about item by item.

    Args:
        content: The content; verdicts of the judge are sealed.
        judge: Who was asked.
        benchmark: Benchmark.
        strata: What was drawn of each run.
        share: Share of every stratum that was wanted, in (0, 1].
    """
    name = sample_name(judge.name, benchmark)
    spoken = {part.model: _spoken(content, (benchmark, part.model), judge) for part in strata}
    count = sum(len(part.drawn) for part in strata)
    missing = sum(key not in spoken[part.model] for part in strata for key in part.drawn.values())
    sampled = Sampled(name, count, sum(part.population for part in strata), missing)
    if missing or not count:
        return sampled
    layout = content.layout
    design = Sample(
        title=f"Random sample of {content.benchmarks[benchmark].name} judged by {judge.version}",
        judge=judge.name,
        judge_description=_JUDGE.format(model=judge.version),
        design=_DESIGN.format(share=share * 100),
        population={benchmark: "failures"},
        seed=content.atlas.seed,
        drawn=dt.datetime.now(dt.UTC).date(),
        strata=tuple(
            Stratum(
                benchmark=benchmark,
                model=part.model,
                population=part.population,
                sampled=len(part.drawn),
            )
            for part in strata
        ),
    )
    path = layout.sample(name)
    before = read_document(path, Sample, layout.name(path))[0] if path.is_file() else None
    if before is not None and before.model_copy(update={"drawn": design.drawn}) == design:
        design = before  # The same draw keeps its day.
    rows = [
        SampleRow(
            benchmark=benchmark,
            model=part.model,
            item_id=item_id,
            weight=part.population / len(part.drawn),
        )
        for part in strata
        for item_id in sorted(part.drawn, key=natural)
    ]
    # The rows go first: without its design a file of rows is told by `erroratlas validate`.
    write_sample_rows(layout.sample_rows(name), rows)
    write_text(path, write_document(design))
    return sampled


def _spoken(content: Content, key: tuple[str, str], judge: JudgeId) -> set[bytes]:
    """Return what the judge, as it is now, has looked at, or has failed at."""
    return {
        row.key
        for row in read_standings(content.layout.verdicts(*key))
        if (row.judge, row.version, row.prompt_hash, row.taxonomy)
        == (judge.name, judge.version, judge.prompt_hash, judge.taxonomy)
    }
