"""``erroratlas compare OLD NEW``: what changed between two editions, and if by our method."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from generator.records.changes import Changes
from generator.release.drift import Side, drift, side
from generator.release.opened import open_package
from generator.stats.published import Settings
from generator.store.content import load_content
from tests.release.conftest import EDITION, commit, erroratlas
from tests.store.tree import lines, write

JUDGE = {"judge": "rules", "judge_version": "1", "prompt_hash": "p", "taxonomy": "1.0"}
CATEGORIES = ("E02", "E13")


@pytest.fixture
def honest(package: Path) -> Side:
    return side(open_package(package))


def edition(honest: Side, said: dict[str, str], version: str = "2026.01", **judge: str) -> Side:
    """Return an edition in which each model fails items in so many ways, a letter each."""
    kinds = {"n": "E02", "c": "E13"}
    rows = [
        {
            "benchmark": "sums", "model": model, "item_id": f"q{place}", "status": "verdict",
            "attribution": "model", "category": kinds[letter], **JUDGE, **judge,
        }
        for model, letters in said.items()
        for place, letter in enumerate(letters)
    ]  # fmt: skip
    verdicts = pd.DataFrame(rows).reindex(columns=honest.verdicts.columns)
    verdicts = verdicts.astype({"weight": float, "confidence": float})
    attempts = verdicts[["benchmark", "model", "item_id"]].assign(variant=0, failed=True)
    run = honest.release.runs[0]
    frozen = [run.model_copy(update={"benchmark": "sums", "model": model}) for model in said]
    release = honest.release.model_copy(update={"version": version, "runs": tuple(frozen)})
    settings = Settings(CATEGORIES, ("rules",), 0.95, 0)
    return Side(release, settings, verdicts, attempts)


def only(found: Changes, model: str | None, category: str = "E13"):
    (one,) = (one for one in found.moved if (one.model, one.category) == (model, category))
    return one


def test_an_edition_does_not_differ_from_itself(honest: Side) -> None:
    found = drift(honest, honest)
    assert found.moved == ()
    assert found.corrected == 0
    assert found.compared > 0
    assert found.models.added == found.models.gone == ()


def test_verdicts_that_were_corrected_are_told_from_new_failures(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "c" * 40})
    found = drift(old, new)
    assert found.corrected == 40
    one = only(found, "a__x")
    assert one.why == ("verdicts",)
    assert one.of_method == pytest.approx(1)
    assert one.of_models == pytest.approx(0)
    assert (one.before.share, one.after.share) == (0, 1)


def test_a_share_that_moves_with_new_failures_is_not_our_method(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "n" * 40 + "c" * 60})
    one = only(drift(old, new), "a__x")
    assert one.why == ("items",)
    assert one.of_method == pytest.approx(0)
    assert one.of_models == pytest.approx(0.6)


def test_what_a_share_speaks_of_is_told(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "c" * 40})
    assert only(drift(old, new), "a__x").population == "all"
    planted = new._replace(planted=frozenset({"sums"}))
    assert only(drift(old, planted), "a__x").population == "planted"
    sampled = new._replace(verdicts=new.verdicts.assign(weight=2.0))
    assert only(drift(old, sampled), "a__x").population == "annotated"


def test_new_models_move_the_benchmark_and_no_other_model(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "n" * 40, "b__y": "c" * 40})
    found = drift(old, new)
    assert found.models.added == ("b__y",)
    assert {one.model for one in found.moved} == {None}
    assert only(found, None).why == ("runs",)


def test_another_version_of_a_judge_is_our_method(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "c" * 40}, judge_version="2")
    assert only(drift(old, new), "a__x").why == ("judges",)


def test_a_share_within_the_interval_of_the_other_did_not_move(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 20 + "c" * 20})
    new = edition(honest, {"a__x": "n" * 18 + "c" * 22})
    assert drift(old, new).moved == ()


def test_two_releases_are_compared_by_their_packages(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", EDITION) == 0
    write(root / "content", "models/acme__gamma.yml", "name: Gamma\ndeveloper: Acme\n")
    folder = root / "content/predictions/sums"
    shutil.copytree(folder / "acme__alpha", folder / "acme__gamma")
    rows = [{"item_id": f"q{n}", "output": "", "score": 0.0} for n in range(1, 6)]
    write(root / "content", "predictions/sums/acme__gamma/predictions.jsonl", lines(rows))
    atlas = root / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', '"2026.02-dev"'))
    taxonomy = root / "content/taxonomy/atlas.yml"
    text = taxonomy.read_text().replace('version: "1.0"', 'version: "1.1"', 1)
    taxonomy.write_text(text.replace("name: Arithmetic", "name: Wrong sum", 1))
    assert erroratlas(root, "judge", "--workers", "1") == 0
    commit(root)
    assert erroratlas(root, "release", "2026.02") == 0
    packages = [f"{root}/build/release/erroratlas-{name}" for name in (f"{EDITION}.zip", "2026.02")]
    capsys.readouterr()
    assert erroratlas(root, "compare", *packages) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{EDITION} to 2026.02\nModels: 1 added (acme__gamma)\n")
    assert "Categories: the same\n" in said
    renamed = 'E13/arithmetic Wrong sum: called "Arithmetic" before'
    assert f"Taxonomy: 1.0 to 1.1\n  {renamed}\nCorrected" in said
    for order in (packages, packages[::-1]):
        assert erroratlas(root, "compare", *order, "--format", "json") == 0
        out, err = capsys.readouterr()
        told = json.loads(out)
        assert (told["old"], told["new"]) == (EDITION, "2026.02")
        assert told["runs"] == {"added": ["sums/acme__gamma"], "gone": []}
        turned = f"2026.02 is later than {EDITION}: read from {EDITION} to 2026.02\n"
        assert err == ("" if order == packages else turned)
    assert erroratlas(root, "compare", packages[0], packages[0].removesuffix(".zip")) == 1
    assert f"both are edition {EDITION}: name two editions" in capsys.readouterr().err


def test_what_ids_mean_otherwise_is_told(honest: Side) -> None:
    first, second, third, *rest = honest.meanings
    assert rest
    new = honest._replace(
        meanings=(
            first.model_copy(update={"name": "Other name"}),
            second.model_copy(update={"said": "0" * 16}),
            third.model_copy(update={"name": "Else", "said": "0" * 16}),
            *rest[1:],
        )
    )
    assert drift(honest, honest).meanings == ()
    assert {
        (one.id, one.before, one.after, one.redefined) for one in drift(honest, new).meanings
    } == {
        (first.id, first.name, "Other name", False),
        (second.id, second.name, second.name, True),
        (third.id, third.name, "Else", True),
    }


def test_a_release_is_held_against_the_one_before_and_needs_its_package(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", EDITION) == 0
    packages = root / "build/release"
    atlas = root / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', '"2026.02-dev"'))
    commit(root)
    other = packages.parent / "other"
    shutil.copytree(packages / f"erroratlas-{EDITION}", other)
    shutil.rmtree(packages)
    assert erroratlas(root, "release", "2026.02", "--dry-run") == 1
    assert f"no package of {EDITION} there: take it from its release" in capsys.readouterr().err
    assert erroratlas(root, "release", "2026.02", "--previous", str(other)) == 0
    changes = load_content(root / "content").releases["2026.02"].changes
    assert changes is not None
    assert (changes.since, changes.moved, changes.corrected) == (EDITION, (), 0)
    assert changes.compared > 0
    capsys.readouterr()
    assert erroratlas(root, "compare", str(other), "2026.02") == 0
    assert capsys.readouterr().out.endswith("The record of 2026.02 says the same\n")
    record = root / "build/release/erroratlas-2026.02/release.json"
    record.write_text(record.read_text().replace('"corrected": 0', '"corrected": 7'))
    assert erroratlas(root, "compare", str(other), "2026.02", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["record_agrees"] is False
    assert erroratlas(root, "release", "package") == 0


def test_a_package_that_is_not_of_the_edition_before_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", EDITION) == 0
    atlas = root / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', '"2026.02-dev"'))
    path = root / f"content/releases/{EDITION}.yml"
    path.write_text(path.read_text().replace("seed: ", "seed: 1"))
    commit(root)
    assert erroratlas(root, "release", "2026.02", "--dry-run") == 1
    assert "not the package of an edition that content/releases has" in capsys.readouterr().err
    rows = root / f"build/release/erroratlas-{EDITION}/runs.csv"
    rows.write_text(rows.read_text() + "x\n")
    assert erroratlas(root, "release", "2026.02", "--dry-run") == 1
    assert "differences from its own rows: see `erroratlas verify`" in capsys.readouterr().err


def test_a_model_and_an_edition_are_not_compared(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "compare", "acme__alpha", str(root)) == 2
    assert "name two models, or two editions" in capsys.readouterr().err
    assert erroratlas(root, "compare", "--rules", str(root), str(root)) == 2
    assert "--rules is for models" in capsys.readouterr().err


def test_a_person_who_speaks_is_a_correction_and_no_other_judge(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    said = edition(honest, {"a__x": "c" * 30}, judge="person")
    verdicts = pd.concat([old.verdicts, said.verdicts], ignore_index=True)
    judges = ("person", "rules")
    old = old._replace(
        release=old.release.model_copy(update={"judges": judges}),
        settings=old.settings._replace(judges=judges),
    )
    found = drift(old, old._replace(verdicts=verdicts))
    assert found.corrected == 30
    assert only(found, "a__x").why == ("verdicts",)


def test_another_taxonomy_is_told_from_another_judge(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "c" * 40}, taxonomy="1.1")
    assert only(drift(old, new), "a__x").why == ("taxonomy",)


def test_what_changed_without_moving_a_share_is_no_reason(honest: Side) -> None:
    old = edition(honest, {"a__x": "n" * 40})
    new = edition(honest, {"a__x": "n" * 40 + "c" * 60}, judge_version="2")
    assert only(drift(old, new), "a__x").why == ("items",)


def test_a_package_is_written_again_from_the_release_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", "package") == 1
    assert "releases: not released: there are none yet" in capsys.readouterr().err
    assert erroratlas(root, "release", EDITION) == 0
    archive = root / f"build/release/erroratlas-{EDITION}.zip"
    before = archive.read_bytes()
    shutil.rmtree(root / "build")
    assert erroratlas(root, "release", "package", EDITION) == 0
    assert archive.read_bytes() == before
    path = root / f"content/releases/{EDITION}.yml"
    path.write_text(path.read_text() + "doi: 10.5281/zenodo.7\n")
    assert erroratlas(root, "release", "package") == 0
    text = (archive.parent / f"erroratlas-{EDITION}/CITATION.cff").read_text()
    assert "doi: 10.5281/zenodo.7" in text
    write(root / "content", "predictions/sums/acme__alpha/predictions.jsonl", "")
    assert erroratlas(root, "release", "package") == 1
    assert "the content is not that of the release, by its counts" in capsys.readouterr().err
