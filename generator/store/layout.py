"""Where everything lies below the content root."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Paths of the content files of one Atlas."""

    root: Path
    """The content folder."""

    @property
    def atlas(self) -> Path:
        """Settings of the Atlas."""
        return self.root / "atlas.yml"

    @property
    def taxonomy(self) -> Path:
        """The taxonomy."""
        return self.root / "taxonomy" / "atlas.yml"

    @property
    def released(self) -> Path:
        """Identifiers of the taxonomy that was released last."""
        return self.root / "taxonomy" / "released.yml"

    @property
    def crosswalks(self) -> Path:
        """Folder of the cross-walks to other schemes."""
        return self.root / "taxonomy" / "crosswalks"

    @property
    def proposals(self) -> Path:
        """Folder of proposals for the taxonomy."""
        return self.root / "taxonomy" / "proposals"

    @property
    def models(self) -> Path:
        """Folder of the model files."""
        return self.root / "models"

    @property
    def benchmarks(self) -> Path:
        """Folder of the benchmarks."""
        return self.root / "benchmarks"

    @property
    def predictions(self) -> Path:
        """Folder of the runs."""
        return self.root / "predictions"

    @property
    def samples(self) -> Path:
        """Folder of the samples."""
        return self.root / "samples"

    @property
    def releases(self) -> Path:
        """Folder of what was released."""
        return self.root / "releases"

    def release(self, version: str) -> Path:
        """What a release froze."""
        return self.releases / f"{version}.yml"

    def proposal(self, name: str) -> Path:
        """A proposal for the taxonomy."""
        return self.proposals / f"{name}.yml"

    @property
    def calibration(self) -> Path:
        """Counts that the confidences of the rules rest on."""
        return self.root / "calibration.yml"

    @property
    def speed(self) -> Path:
        """What building costs, as it was measured last."""
        return self.root / "speed.json"

    def benchmark(self, benchmark: str) -> Path:
        """Description of a benchmark."""
        return self.root.joinpath("benchmarks", benchmark, "benchmark.yml")

    def items(self, benchmark: str) -> Path:
        """Items of a benchmark whose text is here."""
        return self.root.joinpath("benchmarks", benchmark, "items.jsonl")

    def item_hashes(self, benchmark: str) -> Path:
        """Ids and hashes of the items of a benchmark kept by reference."""
        return self.root.joinpath("benchmarks", benchmark, "items.parquet")

    def run(self, benchmark: str, model: str) -> Path:
        """Description of a run."""
        return self.root.joinpath("predictions", benchmark, model, "run.yml")

    def outputs(self, benchmark: str, model: str) -> Path:
        """Predictions of a run whose text is here; gzipped if that is how they are there."""
        plain = self.root.joinpath("predictions", benchmark, model, "predictions.jsonl")
        packed = plain.with_name(f"{plain.name}.gz")
        return packed if packed.is_file() and not plain.exists() else plain

    def index(self, benchmark: str, model: str) -> Path:
        """Ids and scores of a run kept by reference."""
        return self.root.joinpath("predictions", benchmark, model, "index.parquet")

    def verdicts(self, benchmark: str, model: str) -> Path:
        """Verdicts on the failures of a run."""
        return self.root.joinpath("verdicts", benchmark, f"{model}.parquet")

    def crosswalk(self, scheme: str) -> Path:
        """Cross-walk to another scheme."""
        return self.crosswalks / f"{scheme}.yml"

    def sample(self, name: str) -> Path:
        """Design of a sample."""
        return self.samples / f"{name}.yml"

    def sample_rows(self, name: str) -> Path:
        """Failures of a sample."""
        return self.samples / f"{name}.csv"

    def labels(self, benchmark: str) -> Path:
        """Reference labels of a benchmark."""
        return self.root / "labels" / f"{benchmark}.jsonl"

    def name(self, path: Path) -> str:
        """Return a path as messages show it: relative to the root, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()
