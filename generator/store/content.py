"""The content as a whole: what is there and how it hangs together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from generator.errors import ContentError, Problem
from generator.records.atlas import Atlas
from generator.records.base import ModelId, Record, Slug
from generator.records.benchmark import Benchmark
from generator.records.calibration import NOT_CALIBRATED, Calibration
from generator.records.changes import EditionVersion
from generator.records.crosswalk import Crosswalk
from generator.records.model import Model
from generator.records.prediction import Run
from generator.records.release import Release, place_of
from generator.records.sample import Sample
from generator.records.taxonomy import Released, Taxonomy
from generator.store.documents import read_document
from generator.store.layout import Layout
from generator.store.problems import visible

AnyRecord = TypeVar("AnyRecord", bound=Record)
_FORMS: dict[str, TypeAdapter[str]] = {
    "slug": TypeAdapter(Slug),
    "model": TypeAdapter(ModelId),
    "version": TypeAdapter(EditionVersion),
}
NAME_HELP = {
    "slug": "use lower-case letters, digits and single - or _ between them",
    "model": "name it <developer>__<model> in lower-case letters, digits, - and .",
    "version": "name it like the release, such as 2026.12.yml or 2026.12.1.yml",
}
"""How a name has to be written, by its form."""
_HIDDEN = re.compile(r"^\.")


@dataclass(frozen=True)
class Content:
    """Everything but items, outputs and verdicts, which are read when they are needed."""

    root: Path
    """The content folder."""
    atlas: Atlas
    """Settings."""
    taxonomy: Taxonomy
    """Categories."""
    models: Mapping[str, Model]
    """Models by id."""
    benchmarks: Mapping[str, Benchmark]
    """Benchmarks by slug."""
    runs: Mapping[tuple[str, str], Run]
    """Runs by benchmark and model, in that order."""
    samples: Mapping[str, Sample]
    """Samples by name."""
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)
    """Cross-walks of the taxonomy by scheme."""
    released: Released | None = None
    """Identifiers of the taxonomy that was released last; None before the first release."""
    calibration: Calibration = NOT_CALIBRATED
    """What the confidences of the rules rest on."""
    releases: Mapping[str, Release] = field(default_factory=dict)
    """What was released, by version, the last one last."""

    @property
    def layout(self) -> Layout:
        """Paths of the files."""
        return Layout(self.root)


class _Reading:
    """Collects records and problems while the tree is read."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        self.problems: list[Problem] = []

    def document(self, path: Path, record: type[AnyRecord]) -> AnyRecord | None:
        """Read one document; what is wrong with it is kept."""
        value, problems = read_document(path, record, self.layout.name(path))
        self.problems += problems
        return value

    def named(self, folder: Path, suffix: str, form: str) -> Iterator[tuple[str, Path]]:
        """Yield names and paths of a folder in order; wrong names are kept as problems."""
        if not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if _HIDDEN.match(path.name) or (suffix and path.suffix != suffix):
                continue
            if not suffix and not path.is_dir():
                continue
            name = path.name.removesuffix(suffix) if suffix else path.name
            try:
                _FORMS[form].validate_python(name)
            except ValidationError:
                self.add(path, visible(name), "not a valid name", NAME_HELP[form])
                continue
            if name == "index":
                self.add(path, name, "the name of a list of pages", "use another name")
                continue
            yield name, path

    def refuse_link(self, path: Path) -> None:
        """Keep a link as a problem."""
        if path.is_symlink():
            self.add(path, "", "a symbolic link", "put the file itself in its place")

    def add(self, path: Path, value: str, wrong: str, mend: str) -> None:
        """Keep a problem of a file as a whole."""
        self.problems.append(Problem(self.layout.name(path), 0, "-", value, wrong, mend))


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
    reading = _Reading(root)
    layout = reading.layout
    home, run = layout.benchmark(benchmark).parent, layout.run(benchmark, model).parent
    about = layout.models / f"{model}.yml"
    for path in (layout.benchmarks, layout.models, layout.predictions, home, run.parent, run, about):
        reading.refuse_link(path)
    _refuse_links(reading, home, run)
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


def load_content(root: Path) -> Content:
    """Read and check everything but items, outputs and verdicts.

    Args:
        root: The content folder.

    Raises:
        ContentError: Something is wrong; every problem of every file is in it.
    """
    reading = _Reading(root)
    layout = reading.layout
    _refuse_links(reading, root)
    if reading.problems:
        raise ContentError(reading.problems)  # what a link leads to is not read
    atlas = reading.document(layout.atlas, Atlas)
    taxonomy = reading.document(layout.taxonomy, Taxonomy)
    released = reading.document(layout.released, Released) if layout.released.exists() else None
    crosswalks = {
        name: crosswalk
        for name, path in reading.named(layout.crosswalks, ".yml", "slug")
        if (crosswalk := reading.document(path, Crosswalk)) is not None
    }
    models = {
        name: model
        for name, path in reading.named(layout.models, ".yml", "model")
        if (model := reading.document(path, Model)) is not None
    }
    benchmarks = {
        name: benchmark
        for name, path in reading.named(layout.benchmarks, "", "slug")
        if (benchmark := reading.document(layout.benchmark(name), Benchmark)) is not None
    }
    samples = {
        name: sample
        for name, path in reading.named(layout.samples, ".yml", "slug")
        if (sample := reading.document(path, Sample)) is not None
    }
    runs = dict(_runs(reading, models, benchmarks))
    calibration = NOT_CALIBRATED
    if layout.calibration.exists():
        calibration = reading.document(layout.calibration, Calibration) or NOT_CALIBRATED
    releases = dict(_releases(reading))
    if reading.problems or atlas is None or taxonomy is None:
        raise ContentError(reading.problems)
    return Content(
        root,
        atlas,
        taxonomy,
        models,
        benchmarks,
        runs,
        samples,
        crosswalks,
        released,
        calibration,
        releases,
    )


def _releases(reading: _Reading) -> Iterator[tuple[str, Release]]:
    """Yield what was released, in the order of versions."""
    found = reading.named(reading.layout.releases, ".yml", "version")
    for name, path in sorted(found, key=lambda one: place_of(one[0])):
        release = reading.document(path, Release)
        if release is not None and release.version != name:
            reading.add(path, release.version, "the file has another name", "correct either")
        elif release is not None:
            yield name, release


def _refuse_links(reading: _Reading, *folders: Path) -> None:
    """A link could lead out of the content folder."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            reading.refuse_link(path)


def _runs(
    reading: _Reading, models: Mapping[str, Model], benchmarks: Mapping[str, Benchmark]
) -> Iterator[tuple[tuple[str, str], Run]]:
    """Yield the runs that can be read; what does not hang together is kept as problems."""
    layout = reading.layout
    registered = {path.stem for path in layout.models.glob("*.yml")}
    described = {path.parent.name for path in layout.benchmarks.glob("*/benchmark.yml")}
    for benchmark, folder in reading.named(layout.predictions, "", "slug"):
        if benchmark not in described:
            mend = f"add benchmarks/{benchmark}/benchmark.yml or correct the name"
            reading.add(folder, benchmark, "unknown benchmark", mend)
            continue
        for model, run_folder in reading.named(folder, "", "model"):
            if model not in registered:
                mend = f"add models/{model}.yml or correct the name"
                reading.add(run_folder, model, "unknown model", mend)
                continue
            run = reading.document(layout.run(benchmark, model), Run)
            if run is None or benchmark not in benchmarks or model not in models:
                continue
            _check_source(reading, benchmarks[benchmark], run, layout.run(benchmark, model))
            yield (benchmark, model), run


def _check_source(reading: _Reading, benchmark: Benchmark, run: Run, path: Path) -> None:
    """A run is by reference exactly when its benchmark is, and names files of it."""
    if (benchmark.source is None) != (run.source is None):
        wrong = (
            "the benchmark is kept by reference, the run is not"
            if run.source is None
            else "the run is kept by reference, the benchmark is not"
        )
        reading.add(path, "source", wrong, "give both a source, or neither")
    elif benchmark.source is not None and run.source is not None:
        names = [file.name for file in benchmark.source.files]
        for name in run.source.files:
            if name not in names:
                wrong = "the benchmark's source has no such file"
                reading.add(path, name, wrong, f"use one of: {', '.join(names)}")
        if len(set(run.source.files)) < len(run.source.files):
            wrong = "a file is named twice"
            reading.add(path, "source.files", wrong, "name each file once")
