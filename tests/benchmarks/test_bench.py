"""`make bench`: what fails it, what it keeps, and that its copies are rows of their own."""

import gzip
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.bench import process, repeated, stages
from benchmarks.bench.__main__ import parsed
from benchmarks.bench.held import held, table
from benchmarks.bench.plan import Options, Step, steps
from benchmarks.bench.process import Failed, report, run
from benchmarks.bench.records import merged, read, write
from benchmarks.bench.runs import keep, kept, measure
from benchmarks.bench.stages import Place
from generator.records.speed import Row
from generator.store.layout import Layout
from generator.store.speed import read_speed
from tests.benchmarks.speed import row

ABOUT = {
    "measured": "2026-11-26",
    "commit": "made up",
    "machine": {"processors": 2, "memory_gib": 4.0, "system": "Linux", "python": "3.11"},
    "versions": {"pandas": "3"},
}


@pytest.mark.parametrize(
    ("ratio", "worse"), [(5.0, False), (10.0, False), (11.9, False), (12.1, True), (30.0, True)]
)
def test_a_ratio_that_is_worse_by_more_than_a_fifth_counts(ratio: float, worse: bool) -> None:
    (pair,) = held([row(ratio=10.0)], [row(ratio=ratio)])
    assert pair.worse is worse
    assert ("**worse**" in table([pair])) is worse


def test_what_took_no_time_is_shown_and_fails_nothing() -> None:
    (pair,) = held([row(ratio=10.0, seconds=0.1)], [row(ratio=90.0, seconds=0.9)])
    assert not pair.worse
    assert "too short to count" in table([pair])


def test_only_what_both_have_is_compared() -> None:
    stored = [row(), row("judge"), row("ask", name="client")]
    fresh = [row(), row("pages"), row("ask", name="reference")]
    assert [pair.row for pair in held(stored, fresh)] == ["import-1x"]


def test_stored_rows_stay_where_they_were_not_measured_again(tmp_path: Path) -> None:
    stored = [row(ratio=10.0), row("judge", ratio=20.0)]
    path = tmp_path / "speed.json"
    write(path, merged(stored, [row("judge", ratio=21.0), row("pages")]), ABOUT)
    assert {one.name: one.beside[0].ratio for one in read(path)} == {
        "import-1x": 10.0,
        "judge-1x": 21.0,
        "pages-1x": 10.0,
    }
    assert read_speed(Layout(tmp_path)) is not None


def test_a_stored_row_keeps_the_commit_that_it_was_measured_at(tmp_path: Path) -> None:
    path = tmp_path / "speed.json"
    write(path, [row("import"), row("judge")], ABOUT)
    assert "commit" not in json.loads(path.read_bytes())["rows"][0]
    later = ABOUT | {"commit": "later"}
    write(path, merged(read(path), [row("judge")]), later)
    assert {one["stage"]: one.get("commit") for one in json.loads(path.read_bytes())["rows"]} == {
        "import": "made up",
        "judge": None,
    }
    write(path, read(path), later)
    assert {one.stage: one.commit for one in read(path)} == {"import": "made up", "judge": "later"}


def test_a_row_is_kept_for_its_commit_alone_and_half_a_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "import-1x.json"
    keep(path, "one", row())
    assert kept(path, "one") == row()
    assert kept(path, "other") is None
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert kept(path, "one") is None


def test_a_run_goes_on_where_it_ended_and_what_works_on_a_new_result_is_new(
    tmp_path: Path,
) -> None:
    done: list[str] = []

    def step(chain: str, stage: str) -> Step:
        def measured() -> Row:
            done.append(f"{stage}-{chain}")
            return row(stage, chain)

        return Step(chain, stage, measured)

    planned = [step("1x", "import"), step("1x", "judge"), step("10x", "import")]
    measure(planned[:1], tmp_path, "a", again=False)
    measure(planned, tmp_path, "a", again=False)
    assert done == ["import-1x", "judge-1x", "import-10x"]
    done.clear()
    (tmp_path / "import-1x.json").unlink()
    rows = measure(planned, tmp_path, "a", again=False)
    assert done == ["import-1x", "judge-1x"]
    assert [one.name for one in rows] == ["import-1x", "judge-1x", "import-10x"]
    done.clear()
    measure(planned, tmp_path, "a", again=True)
    assert len(done) == 3


def test_a_step_whose_ground_is_gone_says_so(tmp_path: Path) -> None:
    step = Step("1x", "judge", row, needs=tmp_path / "gone")
    with pytest.raises(Failed, match="use --again"):
        measure([step], tmp_path, "a", again=False)


def test_copies_are_rows_of_their_own_and_the_first_is_the_real_one(tmp_path: Path) -> None:
    real = [{"question_id": 7, "question": "Why?", "answer": "A"}, "a bare string"]
    with gzip.open(tmp_path / "Acme_1.jsonl.gz", "wt") as stream:
        stream.writelines(f"{json.dumps(one)}\n" for one in real)
    found = repeated.sources(tmp_path)
    logs = repeated.write(found, tmp_path / "logs", repeated.MOST_COPIES + 2)
    assert [log.benchmark for log in logs.logs] == ["mmlu-pro-01", "mmlu-pro-02"]
    assert {log.model for log in logs.logs} == {"mmlu-pro__acme.1"}
    every = [
        one for log in logs.logs for one in json.loads(log.path.read_text()) if type(one) is dict
    ]
    assert every[0] == real[0]
    assert len({one["question_id"] for one in every}) == repeated.MOST_COPIES + 2
    assert len({one["question"] for one in every}) == repeated.MOST_COPIES + 2
    assert {one["answer"] for one in every} == {"A"}
    assert logs.rows == 2 * len(every)
    assert logs.size == sum(log.path.stat().st_size for log in logs.logs)


def test_large_scales_leave_pages_out_unless_everything_is_asked_for(tmp_path: Path) -> None:
    few = Options(tmp_path, tmp_path, None, None, None, (1, 100), 20_000, 1)
    names = [step.name for step in steps(few)]
    assert "pages-1x" in names
    assert "pages-100x" not in names
    assert "statistics-million" in names
    assert "whole-real" not in names
    assert "pages-100x" in [step.name for step in steps(few._replace(everything=True))]
    assert len(few.absent()) == 2


def test_scales_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_SCALES", "1 10")
    assert parsed([]).scales == [1, 10]


def test_a_process_is_measured_and_one_that_fails_says_why() -> None:
    work = "import json; print('so'); print(json.dumps({'n': sum(range(2_000_000))}))"
    cost, told = report([sys.executable, "-c", work])
    assert told == {"n": 1_999_999_000_000}
    assert cost.processor_s > 0
    assert cost.peak_mib > 1
    with pytest.raises(Failed, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_a_million_is_made_of_benchmarks_that_stand_in_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, place = (Place(tmp_path / name, name, 1) for name in ("100x", "million"))
    content = source.root / "content"
    for name in ("a", "b", "c"):
        for kind in ("benchmarks", "predictions"):
            (content / kind / name).mkdir(parents=True)
            (content / kind / name / "text").write_text(name, encoding="utf-8")
        (content / "verdicts" / name).mkdir(parents=True)
        pq.write_table(pa.table({"n": range(100)}), content / "verdicts" / name / "m.parquet")
    (source.root / "build" / "site").mkdir(parents=True)
    monkeypatch.setattr(stages, "MILLION", 420)
    stages.write_million(place, source)
    made = place.root / "content"
    assert sorted(path.name for path in (made / "verdicts").iterdir()) == [
        "a",
        "a-again",
        "b",
        "b-again",
        "c",
    ]
    assert (made / "predictions" / "b-again" / "text").read_text() == "b"
    assert not (place.root / "build").exists()


def test_what_the_measuring_process_holds_is_not_counted() -> None:
    held = b"x" * 150_000_000
    cost, printed = process.run([sys.executable, "-I", "-S", "-c", "print('done')"])
    assert printed == "done\n"
    assert cost.peak_mib < len(held) / 2**20 / 2
