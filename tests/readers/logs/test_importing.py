"""A run is written whole or not at all."""

import gc
import gzip
import json
import shutil
import tracemalloc

import pytest

from generator.errors import ContentError, InputError, Problem
from generator.readers.logs import FORMATS, importing, sheets
from generator.readers.logs.account import Account, Choice, Spot
from generator.readers.logs.columns import read_columns
from generator.readers.logs.entries import entry, item
from generator.readers.logs.importing import Descriptions, Target, take_in
from generator.readers.logs.joining import Joining
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.inline import read_items
from generator.store.layout import Layout
from tests.integration.made_up import files
from tests.readers.logs.reading import write_lines
from tests.store.tree import BENCHMARK, sound, write

RUN = Run(
    harness="h",
    harness_version="1",
    prompt="p",
    contributor="c",
    licence="MIT",
    trained_on_test="no",
)
MADE = Benchmark(
    name="Words",
    description="d",
    task_type="short-answer",
    licence="MIT",
    citation="c",
    metric="m",
    success_threshold=1.0,
    display="withheld",
)
BETA = Model(name="Beta", developer="Acme")


@pytest.fixture
def content(tmp_path):
    return sound(tmp_path / "content")


@pytest.fixture
def bring(content):
    """Import entries as a run of a new model on the benchmark that is there, or on a new one."""

    def run(*entries, slug="sums", made=None, account=None, describe=None, stream=None, **options):
        layout = Layout(content)
        items = read_items(layout, slug, []) if layout.items(slug).is_file() else {}
        joining = Joining(
            slug, (0.0, 1.0), 1.0, items, account or Account(), adding=not items, by_id=True
        )
        target = Target(layout, slug, "acme__beta")
        model = None if target.about.is_file() else BETA
        described = Descriptions(RUN, made, model)
        stream = iter(entries) if stream is None else stream
        return take_in(stream, joining, target, describe or (lambda: described), **options)

    return run


def answers(*names, output="o", score=0.0):
    return [
        entry(Spot("log", n), item(name, f"What is {name}?", ("r",)), output, score)
        for n, name in enumerate(names, start=1)
    ]


def test_what_is_written_is_sound_content(content, bring):
    done = bring(*answers("q1", "q2"))
    assert done.changed == (
        "models/acme__beta.yml",
        "predictions/sums/acme__beta/predictions.jsonl",
        "predictions/sums/acme__beta/run.yml",
    )
    assert check_content(load_content(content)) == []


def test_a_new_benchmark_comes_with_its_items(content, bring):
    bring(*answers("w1", "w2"), slug="words", made=MADE)
    loaded = load_content(content)
    assert loaded.benchmarks["words"] == MADE
    assert check_content(loaded) == []
    assert list(read_items(loaded.layout, "words", [])) == ["w1", "w2"]


def test_importing_twice_changes_nothing(content, bring):
    bring(*answers("w1", "w2"), slug="words", made=MADE)
    before = files(content)
    done = bring(*answers("w1", "w2"), slug="words")
    assert done.changed == ()
    assert files(content) == before


def test_another_run_in_the_same_place_is_not_replaced_unasked(content, bring):
    bring(*answers("q1", "q2"))
    before = files(content)
    with pytest.raises(InputError, match=r"other contents \(predictions.jsonl\): --force"):
        bring(*answers("q1"))
    assert files(content) == before
    bring(*answers("q1"), force=True)
    assert files(content)["predictions/sums/acme__beta/predictions.jsonl"].count(b"\n") == 1
    assert list(content.rglob(".*")) == []


def test_a_bad_row_lets_nothing_be_written(content, bring):
    account = Account()
    account.fault(Problem("log", 3, "score", "x", "no number", "mend"))
    before = files(content)
    with pytest.raises(ContentError, match="log:3: score: x: no number: mend"):
        bring(*answers("w1"), slug="words", made=MADE, account=account)
    assert files(content) == before
    assert not (content / "predictions/words").exists()
    bring(*answers("w1"), slug="words", made=MADE, account=account, skip_bad=True)
    assert (content / "predictions/words/acme__beta/run.yml").is_file()


def test_a_log_without_a_usable_row_is_refused_with_the_reasons(bring):
    with pytest.raises(InputError, match=r"none taken in: the log does not hold .*\(1\)"):
        bring(entry(Spot("log", 1), "w1", "o", 0.0), slug="words", made=MADE)
    with pytest.raises(InputError, match="none taken in: the files hold none"):
        bring(slug="words", made=MADE)


@pytest.mark.parametrize("moment", ["reading", "describing", "placing"])
def test_an_interruption_leaves_nothing_half_done(content, bring, monkeypatch, moment):
    def interrupted(*_):
        raise KeyboardInterrupt

    def entries():
        yield from answers("w1")
        raise KeyboardInterrupt

    before = files(content)
    given = entries() if moment == "reading" else answers("w1")
    if moment == "placing":
        monkeypatch.setattr(importing, "_place", interrupted)
    describe = interrupted if moment == "describing" else None
    with pytest.raises(KeyboardInterrupt):
        bring(stream=iter(given), slug="words", made=MADE, describe=describe)
    assert files(content) == before
    assert not (content / "benchmarks/words").exists()
    assert not (content / "predictions/words").exists()


def test_what_a_kill_left_is_no_content_and_is_gone_after_the_next(content, bring):
    def entries():
        yield from answers("w1")
        left = shutil.copytree(content, content.with_name("left"))
        assert check_content(load_content(left))  # files that do not belong; all can be read
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(stream=entries(), slug="words", made=MADE)
    shutil.copytree(content.with_name("left"), content, dirs_exist_ok=True)
    load_content(content)
    bring(*answers("w1"), slug="words", made=MADE)
    assert list(content.rglob(".*")) == []
    assert check_content(load_content(content)) == []


def test_a_dry_run_writes_nothing_and_says_what_it_would(content, bring):
    before = files(content)
    done = bring(*answers("w1"), slug="words", made=MADE, dry=True)
    assert "benchmarks/words/items.jsonl" in done.changed
    assert files(content) == before


def test_predictions_too_large_for_a_plain_file_are_packed_and_read_again(
    content, bring, monkeypatch
):
    monkeypatch.setattr(importing, "MAX_BYTES", 2_000)
    many = ["q1", "q2", "q3"]
    bring(*answers(*many, output="word " * 200))
    folder = content / "predictions/sums/acme__beta"
    assert sorted(path.name for path in folder.iterdir()) == ["predictions.jsonl.gz", "run.yml"]
    rows = gzip.decompress((folder / "predictions.jsonl.gz").read_bytes()).splitlines()
    assert [json.loads(row)["item_id"] for row in rows] == many
    assert check_content(load_content(content)) == []
    assert bring(*answers(*many, output="word " * 200)).changed == ()
    path = folder / "predictions.jsonl.gz"
    before = gzip.compress(gzip.decompress(path.read_bytes()), 9)  # as it was packed at some time
    path.write_bytes(before)
    assert bring(*answers(*many, output="word " * 200)).changed == ()
    assert path.read_bytes() == before


def test_items_too_large_are_refused(bring, monkeypatch):
    monkeypatch.setattr(importing, "MAX_BYTES", 20)
    with pytest.raises(
        InputError, match=r"the items come to .* bytes or more, and .* may have 20:"
    ):
        bring(*answers("w1"), slug="words", made=MADE)


def test_predictions_too_large_are_refused(content, bring, monkeypatch):
    before = files(content)
    monkeypatch.setattr(importing, "MAX_UNPACKED", 300)
    with pytest.raises(InputError, match=r"the predictions come to .* may have 300:"):
        bring(*answers("q1", "q2", output="x" * 200))
    monkeypatch.setattr(importing, "MAX_UNPACKED", 3_000)
    monkeypatch.setattr(importing, "MAX_BYTES", 150)
    monkeypatch.setattr(sheets, "MAX_PACKED", 30)
    with pytest.raises(InputError, match=r"the packed predictions come to .* may have 30:"):
        bring(*answers("q1", "q2", output="x" * 200), slug="words", made=MADE)
    assert files(content) == before


def test_memory_does_not_grow_with_the_log(tmp_path, bring):
    def log(rows):
        row = {"question": "What?", "answer": "r", "output": "o", "score": 0, "more": "x" * 50_000}
        return write_lines(
            tmp_path / f"{rows}.jsonl", *(row | {"id": f"w{n}"} for n in range(rows))
        )

    def peak(path):
        account = Account()
        tracemalloc.start()
        rows = read_columns([path], Choice(), account)
        bring(stream=rows, slug=path.stem, made=MADE, account=account)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small, large = log(10), log(400)
    peak(small)
    assert peak(large) < 5_000_000 < large.stat().st_size / 3


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_rests_while_a_log_is_read_and_is_as_it_was_then(bring, enabled):
    seen = []

    def entries(*rows):
        seen.append(gc.isenabled())
        yield from rows

    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        bring(stream=entries(*answers("q1")))
        with pytest.raises(InputError):
            bring(stream=entries(), force=True)
        assert (seen, gc.isenabled()) == ([False, False], enabled)
    finally:
        (gc.enable if was else gc.disable)()


def test_a_row_too_long_for_a_line_is_dropped(bring, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_LINE", 200)
    account = Account()
    rows = [*answers("q1"), *answers("q2", output="x" * 300)]
    bring(*rows, account=account)
    assert account.dropped.total() == 1


def test_items_are_added_to_those_that_are_there(content, bring):
    write(content, "benchmarks/words/benchmark.yml", BENCHMARK)
    bring(*answers("w1", "w2"), slug="words")
    assert check_content(load_content(content)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_of_a_format_says_what_its_logs_do_not(name: str) -> None:
    options = {"harness": "--harness ", "harness_version": "--harness-version "}
    assert all(options[field] in FORMATS[name].example for field in FORMATS[name].silent)
