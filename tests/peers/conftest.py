"""Logs that other harnesses write while the tests run: `make test-peers`.

Without the harnesses these tests are skipped; the versions are in `tests/peers/requirements.txt`.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

PLUMS = [
    {"question": "Ann has 4 plums and eats 1. How many are left?", "answer": "3", "gold": 1},
    {"question": "Ben has 5 plums.\n\nHe eats 2. How many are left?", "answer": "3", "gold": 1},
    {"question": "Cem has no plums. How many has he?", "answer": "0", "gold": 0},
]
"""Questions of a made-up task."""


def need(name: str) -> None:
    """Skip where a package of the harnesses is not installed."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: run make test-peers")


def call(*arguments: str, folder: Path) -> None:
    """Run a module of a harness without a network; show what it said if it fails."""
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(folder / "hf")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | offline,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4_000:]


@pytest.fixture(scope="session")
def lm_eval_log(tmp_path_factory) -> Path:
    """Folder that lm_eval wrote for two local tasks with its dummy model."""
    need("lm_eval")
    folder = tmp_path_factory.mktemp("lm_eval")
    data = folder / "plums.jsonl"
    rows = [json.dumps(one | {"choices": ["0", "3"]}) + "\n" for one in PLUMS]
    data.write_text("".join(rows), encoding="utf-8")
    for path in HERE.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("PLUMS.JSONL", str(data))
        (folder / path.name).write_text(text, encoding="utf-8")
    tasks = ("--tasks", "plums,plums_choices", "--include_path", str(folder))
    output = ("--log_samples", "--output_path", str(folder / "out"))
    call("-m", "lm_eval", "--model", "dummy", *tasks, *output, folder=folder)
    return folder / "out"


@pytest.fixture(scope="session", params=["json", "eval"])
def inspect_logs(request, tmp_path_factory) -> Path:
    """Folder of the logs that Inspect AI wrote with its mock model, in each of its formats."""
    need("inspect_ai")
    folder = tmp_path_factory.mktemp("inspect")
    call(str(HERE / "inspect_tasks.py"), request.param, folder=folder)
    return folder
