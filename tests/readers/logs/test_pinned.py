"""Readers of benchmarks kept by reference, for other content."""

import json
import zipfile

import pytest

from generator.errors import InputError
from generator.readers.gsm8k import SYSTEMS
from generator.readers.logs.pinned import read_bbh, read_gsm8k, read_mmlu_pro
from tests.readers.logs.reading import read, write_json, write_lines

PLUMS = {
    "question_id": 7,
    "question": "How many plums?",
    "options": ["two", "three"],
    "answer": "B",
    "category": "fruit",
    "pred": "A",
    "model_outputs": "The answer is (A).",
}


def solutions(**changes):
    fields = {"question": "Ann has 4 plums and eats 1. How many?", "ground_truth": "4 - 1\nA: 3"}
    fields |= {name: {"is_correct": False, "solution": "2\nA: 2"} for name in SYSTEMS}
    return fields | changes


def test_a_system_of_gsm8k_is_chosen(tmp_path):
    path = write_lines(tmp_path / "example_model_solutions.jsonl", solutions(), solutions())
    found = read(read_gsm8k, path, select="6b_finetuning")
    assert found.ids == ["0", "1"]
    assert found.predictions[0].extracted == "2"
    assert found.account.facts["model"] == "6b_finetuning"
    with pytest.raises(InputError, match="no such system: give one of"):
        read(read_gsm8k, path)


def test_a_bad_row_is_told_and_the_others_are_read(tmp_path):
    rows = [solutions(), "{", solutions(question=None), solutions()]
    path = write_lines(tmp_path / "example_model_solutions.jsonl", *rows)
    found = read(read_gsm8k, path, select="6b_finetuning")
    assert found.ids == ["0", "3"]
    assert found.account.rows == 4
    assert [(one.line, one.field) for one in found.account.problems] == [(2, "-"), (3, "question")]


def test_outputs_of_mmlu_pro_are_read_packed_and_plain(tmp_path):
    rows = [PLUMS, "total", 5, PLUMS, PLUMS | {"question_id": 8}]
    plain = write_json(tmp_path / "a.json", rows)
    packed = tmp_path / "model_outputs_alpha_5shots.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(plain, "a.json")
    for path in (plain, packed):
        found = read(read_mmlu_pro, path)
        assert found.ids == ["7", "8"]
        assert found.account.rows == 5
        assert found.account.dropped == {"a bare string among the rows": 1}
        assert [one.wrong for one in found.account.problems] == [
            "an object expected",
            "a second row for this item",
        ]


def test_items_and_outputs_of_big_bench_hard_are_joined(tmp_path):
    asked = [{"input": f"{n} + 1?", "target": str(n + 1)} for n in range(2)]
    answered = [
        {
            "input": f"Example.\n\nQ: {one['input']}\nA: Let's think step by step.",
            "target": one["target"],
            "prediction": "So the answer is 1.",
        }
        for one in asked
    ]
    answered.append({"input": "Q: another\nA: Let's think step by step.", "target": "1"})
    write_json(tmp_path / "bbh/sums.json", {"examples": [*asked, asked[0]]})
    for way in ("cot", "direct"):
        name = f"outputs-{way}/sums_few_shot_template_0-255000.json"
        write_json(tmp_path / name, {"outputs": answered})
    found = read(read_bbh, tmp_path, select="cot")
    assert found.ids == ["sums/0", "sums/1"]
    assert [one.score for one in found.predictions] == [1.0, 0.0]
    assert [one.field for one in found.account.problems] == ["input"]
    with pytest.raises(InputError, match="--select cot or direct"):
        read(read_bbh, tmp_path, select="aloud")
    with pytest.raises(InputError, match="no such way of asking"):
        read(read_bbh, tmp_path)


@pytest.mark.shared
def test_real_files(shared_data):
    (path,) = (shared_data / "mirror").glob("**/example_model_solutions.jsonl")
    found = read(read_gsm8k, path, select="6b_finetuning")
    assert (found.account.rows, len(found.entries)) == (1319, 1319)
    assert sum(one.score for one in found.predictions) == 286
    (path,) = (shared_data / "mirror").glob("**/model_outputs_DeepSeek-Coder-V2_5shots.zip")
    found = read(read_mmlu_pro, path)
    assert (found.account.rows, len(found.entries)) == (10394, 10351)
    assert found.account.dropped == {"a bare string among the rows": 43}
    (root,) = (shared_data / "mirror").glob("*/suzgunmirac/BIG-Bench-Hard/*")
    found = read(read_bbh, root / "bbh", root / "code-davinci-002-outputs", select="cot")
    assert found.account.rows == len(found.entries) == 2333
    assert json.dumps(found.account.problems) == "[]"
