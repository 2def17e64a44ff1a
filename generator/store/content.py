"""The content as a whole: what is there and how it hangs together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ContentError
from generator.records.atlas import Atlas
from generator.records.benchmark import Benchmark
from generator.records.calibration import NOT_CALIBRATED, Calibration
from generator.records.crosswalk import Crosswalk
from generator.records.model import LANGUAGE_MODEL, Model
from generator.records.prediction import Run
from generator.records.release import Release, place_of
from generator.records.sample import Sample
from generator.records.taxonomy import Released, Taxonomy
from generator.store.layout import Layout
from generator.store.reading import Reading


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
    def systems(self) -> tuple[str, ...]:
        """Ids of the language models, without programs with planted faults."""
        return tuple(id_ for id_, model in self.models.items() if model.kind == LANGUAGE_MODEL)

    @property
    def layout(self) -> Layout:
        """Paths of the files."""
        return Layout(self.root)


def load_content(root: Path) -> Content:
    """Read and check everything but items, outputs and verdicts.

    Args:
        root: The content folder.

    Raises:
        ContentError: Something is wrong; every problem of every file is in it.
    """
    reading = Reading(root)
    layout = reading.layout
    reading.refuse_links(*sorted(root.rglob("*")))
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


def _releases(reading: Reading) -> Iterator[tuple[str, Release]]:
    """Yield what was released, in the order of versions."""
    found = reading.named(reading.layout.releases, ".yml", "version")
    for name, path in sorted(found, key=lambda one: place_of(one[0])):
        release = reading.document(path, Release)
        if release is not None and release.version != name:
            reading.add(path, release.version, "the file has another name", "correct either")
        elif release is not None:
            yield name, release


def _runs(
    reading: Reading, models: Mapping[str, Model], benchmarks: Mapping[str, Benchmark]
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
        known = []
        for model, run_folder in reading.named(folder, "", "model"):
            if model in registered:
                known.append(model)
            else:
                mend = f"add models/{model}.yml or correct the name"
                reading.add(run_folder, model, "unknown model", mend)
        paths = [layout.run(benchmark, model) for model in known]
        for model, path, run in zip(known, paths, reading.documents(paths, Run), strict=True):
            if run is None or benchmark not in benchmarks or model not in models:
                continue
            _check_source(reading, benchmarks[benchmark], run, path)
            yield (benchmark, model), run


def _check_source(reading: Reading, benchmark: Benchmark, run: Run, path: Path) -> None:
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
