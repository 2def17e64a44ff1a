"""The made-up Atlas is valid, labelled as made up, and the same for the same seed."""

from pathlib import Path

import pytest

from benchmarks.paper_scale import Writer
from benchmarks.paper_scale_draws import Scale
from generator.judging.run import states
from generator.stats.collect import collect
from generator.store.checks import check_content
from generator.store.content import Content, load_content

SMALL = Scale(models=5, benchmarks=3, failures=900)
"""Two benchmarks with texts, one by reference."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up")
    Writer(folder, 7, SMALL).write()
    return folder


@pytest.fixture(scope="module")
def made_up(root: Path) -> Content:
    return load_content(root / "content")


def test_it_is_valid_and_needs_no_judging(made_up: Content) -> None:
    assert check_content(made_up) == []
    assert set(states(made_up).values()) == {"fresh"}


def test_it_has_the_size_that_was_asked_for(made_up: Content) -> None:
    tables = collect(made_up)
    assert (len(made_up.models), len(made_up.benchmarks)) == (SMALL.models, SMALL.benchmarks)
    assert len(made_up.runs) == SMALL.models * SMALL.benchmarks
    assert int(tables.attempts["failed"].sum()) == SMALL.failures
    read = tables.failures[tables.failures["judge"] == "llm-made-up"]
    assert len(read) == SMALL.failures
    assert set(read["category"].dropna()) <= {one.id for one in made_up.taxonomy.categories}


def test_everything_says_that_it_is_made_up(made_up: Content) -> None:
    assert "synthetic" in made_up.atlas.description.lower()
    said = [
        *(model.note for model in made_up.models.values()),
        *(benchmark.description for benchmark in made_up.benchmarks.values()),
        *(run.note for run in made_up.runs.values()),
    ]
    assert all(text and text.startswith("Synthetic") for text in said)


def test_a_seed_gives_the_same_bytes_and_another_one_others(root: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    Writer(again, 7, SMALL).write()
    Writer(other, 8, SMALL).write()

    def files(folder: Path) -> dict[Path, bytes]:
        kept = (folder / "content").rglob("*")
        return {path.relative_to(folder): path.read_bytes() for path in kept if path.is_file()}

    assert files(again) == files(root)
    assert files(other) != files(root)
