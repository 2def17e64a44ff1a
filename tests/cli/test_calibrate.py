"""``erroratlas calibrate``: a judge on planted faults, developed and held-out apart."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.planted.benchmark import SLUG, Planted, generate
from generator.planted.files import planted_files, write_files
from generator.records.keys import prediction_key
from generator.records.verdict import JudgeId, Verdict
from generator.store.verdicts import write_verdicts
from tests.cli.test_main import project, run
from tests.judging.scripted_server import ScriptedServer
from tests.judging.served import by_rote, served
from tests.store.tree import write

__all__ = ["project"]


@pytest.fixture(scope="module")
def made() -> Planted:
    return generate(3, 60)


@pytest.fixture
def planted(project: Path, content_root: Path, made: Planted) -> Path:
    """A checkout with a small set of planted faults and no verdicts on them."""
    shutil.copy(content_root / "taxonomy/atlas.yml", project / "content/taxonomy/atlas.yml")
    write_files(planted_files(made), project / "content", force=True)
    return project


def report(project: Path, *arguments: str) -> dict[str, Any]:
    status, out, messages = run(project, "calibrate", *arguments, "--format", "json")
    assert status == 0, messages
    found: dict[str, Any] = json.loads(out)
    return found


def knowing(project: Path, made: Planted, *, stale: int = 0) -> None:
    """Write the verdicts of a judge who knows every cause; the last ones speak of other outputs."""
    judge = JudgeId(name="knowing", version="1", prompt_hash="0" * 64, taxonomy="1.0")
    items = {item.item_id: item for item in made.items}
    for model, predictions in made.predictions.items():
        outputs = {prediction.item_id: prediction for prediction in predictions}
        labels = [label for label in made.labels if label.model == model]
        verdicts = [
            Verdict(
                key=prediction_key(SLUG, items[label.item_id], outputs[label.item_id])
                if place >= stale
                else f"{place:064x}",
                item_id=label.item_id,
                judge=judge,
                status="verdict",
                attribution="model",
                category=label.category,
                subcategory=label.subcategory,
                title="A cause",
                summary="It was planted.",
                confidence=1.0,
            )
            for place, label in enumerate(labels)
        ]
        path = project / f"content/verdicts/{SLUG}/{model}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_verdicts(path, verdicts, {"knowing": "1"})


def test_the_rules_judge_now_and_every_failure_is_in_its_split(
    planted: Path, made: Planted
) -> None:
    found = report(planted)
    splits = {item.item_id: item.tags["split"] for item in made.items}
    counts = Counter(splits[label.item_id] for label in made.labels)
    assert {name: side["all"]["failures"] for name, side in found["splits"].items()} == counts
    assert not (planted / f"content/verdicts/{SLUG}").exists()


def test_a_judge_who_knows_every_cause_has_full_marks(planted: Path, made: Planted) -> None:
    knowing(planted, made)
    for side in report(planted, "--judge", "knowing")["splits"].values():
        assert side["all"]["kappa"]["value"] == 1.0
        for answer in side["all"]["answers"].values():
            assert answer["precision"]["share"] == answer["recall"]["share"] == 1.0
        assert all(row["known"] == row["said"] for row in side["all"]["confusion"])
        assert sum(f["failures"] for f in side["families"].values()) == side["all"]["failures"]


def test_verdicts_on_other_outputs_do_not_count(planted: Path, made: Planted) -> None:
    knowing(planted, made, stale=2)
    splits = report(planted, "--judge", "knowing")["splits"].values()
    assert sum(side["all"]["failures"] for side in splits) == len(made.labels) - 2 * 6


def test_one_part_can_be_shown_alone(planted: Path) -> None:
    assert list(report(planted, "--split", "held-out")["splits"]) == ["held-out"]
    status, out, _ = run(planted, "calibrate", "--split", "held-out")
    assert status == 0
    assert out.startswith("rules against planted causes, held-out: ")
    assert "units-time" in out
    assert "known, said" in out


def test_a_judge_without_verdicts_is_an_error_that_names_others(
    planted: Path, made: Planted
) -> None:
    knowing(planted, made)
    status, _, messages = run(planted, "calibrate", "--judge", "nobody")
    assert status == 1
    assert "no verdict on the planted faults" in messages
    assert "rules, llm, knowing" in messages


def test_without_the_benchmark_it_says_how_to_make_it(project: Path) -> None:
    write(project / "content", "atlas.yml", (project / "content/atlas.yml").read_text())
    status, _, messages = run(project, "calibrate")
    assert status == 1
    assert "erroratlas new planted" in messages


def test_a_language_model_is_asked_about_all_planted_faults_once(
    planted: Path, made: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ERRORATLAS_CACHE", str(planted / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    asked = ["calibrate", "--judge", "llm", "--model", "m-1", "--format", "json"]
    status, _, messages = run(planted, *asked)
    assert (status, "the rules come first" in messages) == (1, True)
    run(planted, "judge", "--workers", "1")
    folder = planted / f"content/verdicts/{SLUG}"
    sealed = {path.name: path.read_bytes() for path in folder.iterdir()}
    with served(ScriptedServer(by_rote)) as server:
        asked += ["--base-url", server.base_url]
        planned = json.loads(run(planted, *asked, "--dry-run")[1])["benchmarks"][SLUG]
        assert planned["requests"] == len(made.labels)
        assert server.requests == []
        found = json.loads(run(planted, *asked)[1])["splits"]
        assert sum(side["all"]["failures"] for side in found.values()) == len(made.labels)
        paid = len(server.requests)
        assert json.loads(run(planted, *asked)[1])["splits"] == found
        assert len(server.requests) == paid, "a second call pays nothing"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == sealed
