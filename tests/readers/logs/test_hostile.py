"""Whatever is in a log: rows that can be kept, bad rows that are named, or one plain error.

Sound logs are broken at random: values replaced, fields removed, files cut or with bytes flipped.
``ERRORATLAS_FUZZ`` is the number of logs for each format.
"""

import contextlib
import copy
import json
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.readers.logs import FORMATS
from generator.readers.logs.account import Account, Choice
from generator.records.benchmark import Item
from generator.records.prediction import Prediction
from tests.readers.logs import (
    test_bb_mistake,
    test_bfcl,
    test_columns,
    test_every_eval,
    test_helm,
    test_inspect_log,
    test_lm_eval,
    test_pinned,
    test_simple_evals,
)

NUMBER = int(os.environ.get("ERRORATLAS_FUZZ", "40"))
DATE = test_lm_eval.DATE

TALK = test_every_eval.talk(
    {"role": "user", "content": "?"},
    {"role": "assistant", "tool_calls": [{"id": "c", "name": "f", "arguments": {"x": "1"}}]},
    {"role": "tool", "content": "2"},
    kind="agentic",
)
BBH = {
    "input": "Q: 1 + 1?\nA: Let's think step by step.",
    "target": "2",
    "prediction": "The answer is 2.",
}

# The files of a sound log, by format: lists are written as JSON Lines, all else as one document.
SOUND = {
    "bb-mistake": {"a.jsonl": [test_bb_mistake.row(), test_bb_mistake.row(answer="9")]},
    "bbh": {
        "bbh/sums.json": {"examples": [{"input": "1 + 1?", "target": "2"}]},
        "out-cot/sums_few_shot_template.json": {"outputs": [BBH]},
    },
    "bfcl": {
        "r/a/x_simple_result.json": [test_bfcl.result(0), test_bfcl.result(1, [{"count": "{}"}])],
        "s/a/simple_score.json": [{"correct_count": 1, "total_count": 2}, test_bfcl.failed(0)],
        "q.json": [{"id": "simple_1", "question": [[{"role": "user", "content": "?"}]]}],
        "possible_answer/q.json": [{"id": "simple_1", "ground_truth": [{"count": {}}]}],
    },
    "columns": {
        "a.jsonl": [test_columns.PLUMS, test_columns.PLUMS | {"id": "b", "options": ["x"]}]
    },
    "error-map": {
        "a.csv": "example_id,model,input_text,output_text,score,correct_answer\n0,m,q,o,1,r\n"
    },
    "every-eval-ever": {
        "run.json": test_every_eval.AGGREGATE,
        "run_samples.jsonl": [test_every_eval.sample(), test_every_eval.sample(**TALK)],
    },
    "gsm8k": {"example_model_solutions.jsonl": [test_pinned.solutions(), test_pinned.solutions()]},
    "helm": {
        "run/run_spec.json": test_helm.SPEC,
        "run/scenario_state.json": {"request_states": [test_helm.state(), test_helm.state("id2")]},
        "run/per_instance_stats.json": [[test_helm.stats(), test_helm.stats("id2")]],
    },
    "inspect": {
        "a.json": test_inspect_log.header()
        | {"samples": [test_inspect_log.sample(), test_inspect_log.sample(id=2)]}
    },
    "lm-eval": {
        f"samples_plums_{DATE}.jsonl": [test_lm_eval.row(), test_lm_eval.options()],
        f"results_{DATE}.json": test_lm_eval.results(shots=1),
    },
    "mmlu-pro": {"a.json": [[test_pinned.PLUMS, test_pinned.PLUMS | {"question_id": 8}]]},
    "simple-evals": {
        test_simple_evals.NAME: {
            "convos": [test_simple_evals.talk("q", "a"), test_simple_evals.talk("q", "a")],
            "htmls": [test_simple_evals.report(), test_simple_evals.report(score="1")],
        }
    },
}
SELECT = {"gsm8k": "6b_finetuning", "bbh": "cot"}
ODD = (
    *(None, True, False, 0, -1, 1, 2, 10**30, 0.5, -1e308, float("nan"), float("inf")),
    *("", " ", "A", "../../x", "\x00", "\ud800", "a" * 5_000, "1e999", "[", "{}", "[{", "None"),
    *([], {}, [[]], [None], [{}], {"": None}, {"type": "text"}, [[["x"]]], ["a", 1], {"role": 1}),
)


def places(value, path=()):
    """Yield the path of every value inside a value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def broken(value, dice):
    """Return a value with some of what is inside it replaced, removed or put elsewhere."""
    value = copy.deepcopy(value)
    for _ in range(dice.randint(0, 3)):
        path = dice.choice(list(places(value)))
        if not path:
            continue
        holder = value
        for key in path[:-1]:
            holder = holder[key]
        if dice.random() < 0.2:
            del holder[path[-1]]
        else:
            holder[path[-1]] = copy.deepcopy(dice.choice(ODD))
    return value


def bytes_of(value):
    """Return a file as its harness would write it."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, list) and not (len(value) == 1 and isinstance(value[0], list)):
        return "".join(f"{json.dumps(row)}\n" for row in value).encode()
    return json.dumps(value[0] if isinstance(value, list) else value).encode()


def damaged(data, dice):
    """Return bytes, now and then cut or with some flipped."""
    if dice.random() < 0.85 or not data:
        return data
    cut = bytearray(data[: dice.randrange(len(data))] if dice.random() < 0.5 else data)
    for _ in range(dice.randint(0, 3) if cut else 0):
        cut[dice.randrange(len(cut))] = dice.randrange(256)
    return bytes(cut)


def held(entry):
    """Check that what is kept can be written and read again."""
    for kind, record in ((Item, entry.item), (Prediction, entry.prediction)):
        if record is not None and getattr(record, "references", ("",)):
            line = record.model_dump_json(exclude_defaults=True)
            assert kind.model_validate_json(line, strict=True) == record


@pytest.mark.parametrize("key", sorted(FORMATS))
@settings(max_examples=NUMBER, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**48))
def test_no_log_breaks_its_reader(tmp_path_factory, key, seed):
    dice = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path_factory.mktemp("log")
    for name, value in SOUND[key].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(damaged(bytes_of(broken(value, dice)), dice))
    chosen = Choice(
        dice.choice((SELECT.get(key), SELECT.get(key), "plums")),
        None,
        dice.choice((None, None, "acc", "exact_match,strict")),
    )
    account = Account()
    with contextlib.suppress(InputError):
        for entry in FORMATS[key].read([folder], chosen, account):
            held(entry)
    assert account.rows >= account.dropped.total() + account.faults.total()
    for problem in account.problems:
        assert "\n" not in str(problem)


@pytest.mark.parametrize("key", sorted(SOUND))
def test_the_sound_logs_are_sound(tmp_path, key):
    for name, value in SOUND[key].items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes_of(value))
    account = Account()
    choice = Choice(SELECT.get(key, "plums" if key == "every-eval-ever" else None))
    entries = list(FORMATS[key].read([tmp_path], choice, account))
    assert entries
    assert not account.problems


def test_every_format_is_broken_here():
    assert SOUND.keys() == FORMATS.keys()


def test_a_zip_that_is_none_is_one_plain_error(tmp_path):
    path = Path(tmp_path / "model_outputs_x.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../a.json", "[]")
    for data in (path.read_bytes(), b"PK\x03\x04", b""):
        path.write_bytes(data)
        with pytest.raises(InputError):
            list(FORMATS["mmlu-pro"].read([path], Choice(), Account()))
