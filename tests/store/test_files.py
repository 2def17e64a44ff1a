"""Files that are not what they should be: marks, folders, pipes, links, empty or missing ones."""

import gzip
import json
import os
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.errors import ContentError, Problem
from generator.records.base import ItemId
from generator.records.prediction import Prediction
from generator.store import lines as lines_module
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.documents import read_text
from generator.store.lines import read_lines
from tests.store.test_messages import ITEM_FILE, OUTPUTS, messages
from tests.store.tree import BENCHMARK, ITEMS, MODEL, PREDICTIONS, lines, sound, write

PLACE = "put the file itself in its place"


def test_a_field_given_twice_in_a_line_is_refused(tmp_path: Path) -> None:
    root = sound(tmp_path)
    twice = '{"item_id":"q4","output":"a","score":1.0,"score":0.0}\n'
    write(root, OUTPUTS, lines(PREDICTIONS[:3]) + twice)
    assert messages(root) == [f"{OUTPUTS}:4: -: score: the field is given twice: remove one"]


@pytest.mark.parametrize(
    "line",
    [
        '{"item_id": "n", "output": "so", "score": 0, "score": 1}',
        '{"item_id":"n","output":"so","score" :0,"score":1}',
        '{"item_id":"n","output":"so","score"\t: 0,"score":1}',
        '{"item_id":"n","output":"so","sc\\u006fre":0,"score":1}',
        '{"item_id":"n","output":"\\"score\\": 0","score":0,"score":1}',
    ],
)
def test_a_field_given_twice_is_found_however_it_is_spelled(tmp_path: Path, line: str) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    problems: list[Problem] = []
    assert list(read_lines(path, Prediction, "p", problems)) == []
    assert [problem.wrong for problem in problems] == ["the field is given twice"]


@pytest.mark.parametrize(
    "line",
    [
        '{"item_id":"n","output":"so","score":0}',
        '{ "item_id" : "n" , "output" : "so" , "score" : 0 }',
        '{"item_id":"n","output":"\\"a\\":1, \\"a\\" :2","score":0}',
        '{"item_id":"n","output":[{"role":"assistant","content":"so"}],"score":0}',
    ],
)
def test_a_field_that_stands_once_is_not_taken_for_two(tmp_path: Path, line: str) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    problems: list[Problem] = []
    assert len(list(read_lines(path, Prediction, "p", problems))) == 1
    assert problems == []


def test_a_field_given_twice_inside_or_by_an_escape_is_refused(tmp_path: Path) -> None:
    root = sound(tmp_path)
    item = json.dumps(ITEMS[4])[:-1]
    write(root, ITEM_FILE, lines(ITEMS[:4]) + item + ', "tags": {"a": "1", "\\u0061": "2"}}\n')
    assert messages(root) == [f"{ITEM_FILE}:5: -: a: the field is given twice: remove one"]


def test_a_text_that_looks_like_fields_is_no_field(tmp_path: Path) -> None:
    root = sound(tmp_path)
    changed = {**PREDICTIONS[3], "output": '"score": 1, "score": 2, {"item_id": "item_id": '}
    write(root, OUTPUTS, lines([*PREDICTIONS[:3], changed]))
    assert messages(root) == []


@pytest.mark.parametrize("name", [OUTPUTS, "models/acme__alpha.yml"])
def test_a_byte_order_mark_is_named(tmp_path: Path, name: str) -> None:
    root = sound(tmp_path)
    path = root / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert messages(root) == [
        f"{name}:1: -: U+FEFF: the file begins with a byte order mark: remove the byte order mark"
    ]


@pytest.mark.parametrize("text", ["0777", "1:30", "1_000", "0x1f", "0b1", "1__0.5", "2026-01-01"])
def test_numbers_of_old_yaml_are_texts(tmp_path: Path, text: str) -> None:
    root = sound(tmp_path)
    write(root, "models/acme__alpha.yml", f"name: {text}\ndeveloper: Acme\n")
    assert load_content(root).models["acme__alpha"].name == text
    write(root, "models/acme__alpha.yml", MODEL + f"parameters: {text}\n")
    assert messages(root) == [
        (
            f"models/acme__alpha.yml:4: parameters: {text}: a whole number is expected: "
            "give a number without quotes or decimals"
        )
    ]


@pytest.mark.parametrize(
    "text", ["!!timestamp x", "!!bool x", "!!int ''", "!!float x", "!!set {a}"]
)
def test_a_value_of_another_type_than_its_tag_is_named(tmp_path: Path, text: str) -> None:
    root = sound(tmp_path)
    write(root, "models/acme__alpha.yml", f"name: {text}\ndeveloper: Acme\n")
    (problem,) = messages(root)
    assert problem == (
        "models/acme__alpha.yml:0: -: : not plain YAML: use texts, numbers and lists"
    )


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1.0), ("1.5", 1.5), ("+.5", 0.5), ("5e-1", 0.5), ("1.", 1.0)]
)
def test_numbers_are_numbers(tmp_path: Path, text: str, value: float) -> None:
    root = sound(tmp_path)
    described = BENCHMARK.replace("success_threshold: 1.0", f"success_threshold: {text}")
    write(root, "benchmarks/sums/benchmark.yml", described + "score_range: [0, 2]\n")
    assert load_content(root).benchmarks["sums"].success_threshold == value


@pytest.mark.parametrize("item_id", ["a..b", "a//b", "a/", "a.", "a/../b", "/a", ".a", "a./b", ""])
def test_an_item_id_is_no_path_that_leads_elsewhere(item_id: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(ItemId).validate_python(item_id)


@pytest.mark.parametrize("item_id", ["a", "7", "a.b/c", "test/algebra/12.json", "q-1_x:2", "a--b"])
def test_usual_item_ids_are_allowed(item_id: str) -> None:
    assert TypeAdapter(ItemId).validate_python(item_id) == item_id


@pytest.mark.parametrize("name", [OUTPUTS, "models/acme__alpha.yml", "labels/sums.jsonl"])
def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path, name: str) -> None:
    root = sound(tmp_path)
    (root / name).unlink(missing_ok=True)
    (root / name).mkdir(parents=True)
    assert messages(root) == [f"{name}:0: -: : not a regular file: {PLACE}"]


@pytest.mark.parametrize("name", [OUTPUTS, "models/acme__alpha.yml"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
    root = sound(tmp_path)
    (root / name).unlink()
    os.mkfifo(root / name)
    assert messages(root) == [f"{name}:0: -: : not a regular file: {PLACE}"]


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.yml", "")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert str(read_text(path, "a.yml").problem) == (
        "a.yml:0: -: : cannot be read: Permission denied: let it be read by you"
    )


def test_what_a_link_leads_to_is_not_read(tmp_path: Path) -> None:
    root = sound(tmp_path / "content")
    secret = write(tmp_path, "secret.yml", "password: 1\n")
    (root / "models/acme__link.yml").symlink_to(secret)
    (root / "predictions/linked").symlink_to(tmp_path)
    with pytest.raises(ContentError) as caught:
        load_content(root)
    mend = "put the file itself in its place"
    assert [str(problem) for problem in caught.value.problems] == [
        f"models/acme__link.yml:0: -: : a symbolic link: {mend}",
        f"predictions/linked:0: -: : a symbolic link: {mend}",
    ]


def test_missing_items_are_one_fault_and_not_many(tmp_path: Path) -> None:
    root = sound(tmp_path)
    (root / ITEM_FILE).unlink()
    assert messages(root) == [f"{ITEM_FILE}:0: -: : the file is missing: add it"]


def test_an_item_at_fault_is_not_missed_by_its_predictions(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, ITEM_FILE, lines([{**ITEMS[0], "input": 1}, *ITEMS[1:]]))
    write(root, OUTPUTS, lines([*PREDICTIONS[:3], {**PREDICTIONS[3], "score": 7.0}]))
    assert messages(root) == [
        f"{ITEM_FILE}:1: input: 1: a text is expected: give a text, in quotes",
        (
            f"{OUTPUTS}:4: score: 7: outside the benchmark's score range 0 to 1: "
            "correct the score or score_range"
        ),
    ]


def test_a_benchmark_without_items_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, ITEM_FILE, "")
    assert messages(root)[0] == f"{ITEM_FILE}:0: -: : the benchmark has no items: add them"
    assert len(messages(root)) == 1


def test_a_run_without_predictions_is_found(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, OUTPUTS, "\n")
    assert [str(problem) for problem in check_content(load_content(root))] == [
        f"{OUTPUTS}:0: -: : the run has no predictions: add them or remove the run"
    ]


def packed(root: Path, data: bytes) -> list[str]:
    """Put the predictions of the sound content into a gzipped file; return what is wrong."""
    content = sound(root / "content")
    plain = content / "predictions/sums/acme__alpha/predictions.jsonl"
    data = data or gzip.compress(plain.read_bytes())
    plain.unlink()
    plain.with_name("predictions.jsonl.gz").write_bytes(data)
    return [str(problem) for problem in check_content(load_content(content))]


def test_predictions_may_be_gzipped(tmp_path: Path) -> None:
    assert packed(tmp_path, b"") == []


def test_a_gzipped_file_that_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    (problem,) = packed(tmp_path, gzip.compress(b"x" * 10_000)[:20])
    assert problem.startswith("predictions/sums/acme__alpha/predictions.jsonl.gz:1: -: ")
    assert "cannot be unpacked" in problem


def test_a_gzipped_file_may_not_unpack_to_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_module, "MAX_UNPACKED", 100)
    found = packed(tmp_path, gzip.compress(b"\n" * 1_000))
    assert "unpacks to more than 100 bytes" in found[0]
