"""What those need of the content who add a run to it."""

from pathlib import Path
from typing import NamedTuple

from generator.errors import ContentError
from generator.records.atlas import Atlas
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.store.layout import Layout
from generator.store.reading import Reading


class Described(NamedTuple):
    """What the content says of one benchmark and one model."""

    layout: Layout
    """Paths of the files."""
    benchmark: Benchmark | None
    """The benchmark; None where there is none."""
    model: Model | None
    """The model; None where there is none."""


def read_described(root: Path, benchmark: str, model: str) -> Described:
    """Read what the content says of one benchmark and one model, and nothing else.

    For those who add a run: what is wrong elsewhere neither stops them nor is read.

    Args:
        root: The content folder.
        benchmark: Slug of the benchmark, which need not be there.
        model: Identifier of the model, likewise.

    Raises:
        ContentError: One of them is at fault, or the folder holds no Atlas.
    """
    reading = Reading(root)
    layout = reading.layout
    home, run = layout.benchmark(benchmark).parent, layout.run(benchmark, model).parent
    about = layout.models / f"{model}.yml"
    reading.refuse_links(layout.benchmarks, layout.models, layout.predictions, run.parent, about)
    for folder in (home, run):
        reading.refuse_links(folder, *sorted(folder.rglob("*")))
    if reading.problems:
        raise ContentError(reading.problems)
    reading.document(layout.atlas, Atlas)
    found = Described(
        layout,
        reading.document(layout.benchmark(benchmark), Benchmark) if home.is_dir() else None,
        reading.document(about, Model) if about.exists() else None,
    )
    if reading.problems:
        raise ContentError(reading.problems)
    return found
