"""The reference implementation of the paper beside us, on the same failures.

It is measured where somebody names a checkout of it (IBM/ErrorMap) with a virtual environment in
its folder ``.venv``; nothing of it is part of this project, and no figure of it is kept here that
was not measured in the same run.
"""

import csv
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.bench import checkout
from benchmarks.bench.process import ROOT, Failed, module, report, run
from benchmarks.bench.records import against
from benchmarks.endpoints import endpoint
from benchmarks.made_up import BENCHMARK, MODELS, write_checkout
from generator.records.speed import Beside, Cost, Row

ABSENT = "the reference implementation: not measured: name its checkout with --peer"
FAILURES = 3_275
"""As many as the annotated failures of GSM8K, on which it was measured before."""
COLUMNS = ("example_id", "model", "input_text", "output_text", "score", "correct_answer")


class Peer(NamedTuple):
    """What it took."""

    cost: Cost
    """Of its process, both stages and start."""
    told: dict[str, Any]
    """By stage."""


def measure(folder: Path, mock: Path, rows: Path) -> Peer:
    """Let it prepare the rows and ask the mock judge about each failure.

    Args:
        folder: Its checkout, with a virtual environment in ``.venv``.
        mock: The mock judge, as it is: it answers its prompts.
        rows: Folder of one CSV file as it reads them.

    Raises:
        Failed: It ended with an error, or gave up on failures.
    """
    python = folder / ".venv" / "bin" / "python"
    script = ROOT / "benchmarks" / "bench" / "peer_stages.py"
    start = [str(python), str(mock), "--port", "0"]
    with tempfile.TemporaryDirectory() as output, endpoint(start) as address:
        # It writes a cache where it runs, and would take its answers from there the next time.
        command = [str(python), str(script), str(rows.resolve()), output, address]
        cost, told = _last(command, _settings(folder), Path(output))
    if told["answered"] != FAILURES:
        msg = f"the reference answered {told['answered']:,} of {FAILURES:,} failures"
        raise Failed(msg)
    return Peer(cost, told)


def _settings(folder: Path) -> dict[str, str]:
    """Return its environment: its own modules, and its client's list of prices as installed."""
    return {"PYTHONPATH": str(folder / "src"), "LITELLM_LOCAL_MODEL_COST_MAP": "True"}


def _last(
    command: list[str], settings: dict[str, str], folder: Path
) -> tuple[Cost, dict[str, Any]]:
    """Return what a command cost, and what its last line says."""
    cost, printed = run(command, settings, folder=folder)
    told: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return cost, told


def write_rows(folder: Path) -> Path:
    """Write made-up failures as the reference reads them: a CSV file of all models.

    Returns:
        The file.
    """
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        write_checkout(root, FAILURES)
        content = root / "content"
        items = {
            item["item_id"]: item
            for item in _lines(content / "benchmarks" / BENCHMARK / "items.jsonl")
        }
        path = folder / f"{BENCHMARK}.csv"
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for model in sorted((content / "predictions" / BENCHMARK).iterdir()):
                for row in _lines(model / "predictions.jsonl"):
                    item = items[row["item_id"]]
                    about = (row["item_id"], model.name, item["input"], row["output"])
                    writer.writerow((*about, row["score"], item["references"][0]))
    return path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def prepared(folder: Path, rows: Path, peer: Peer | None) -> Row:
    """Measure our reading of the same file: import of all its models."""
    root = folder / "atlas"
    checkout.make(root)
    plan = [_import(root, rows)]
    (folder / "logs.json").write_text(json.dumps(plan), encoding="utf-8")
    settings = {"ERRORATLAS_CACHE": str(folder / "cache")}
    cost, told = report(module("benchmarks.bench.work", "taking", folder), settings)
    beside: tuple[Beside, ...] = ()
    if peer is not None:
        spent = peer.told["prepare_s"]
        what = "the reference: data preparation of the same CSV"
        beside = (against("reference", what, spent, told["logs_s"]),)
    return Row(
        stage="prepare",
        scale=f"{FAILURES}",
        what=f"erroratlas import error-map, {MODELS} models of one CSV, read once",
        cost=cost,
        counts={name: told[name] for name in ("taken", "failed")},
        parts={"start": told["start_s"], "logs": told["logs_s"]},
        beside=beside,
        missing=() if peer else (ABSENT,),
    )


def _import(root: Path, rows: Path) -> list[str]:
    first, *others = [f"acme__m{model}" for model in range(MODELS)]
    said = {
        "--benchmark": BENCHMARK,
        "--model": first,
        "--log-model": first,
        "--contributor": "Nobody",
        "--licence": "CC0-1.0",
        "--harness": "made up",
        "--harness-version": "1",
        "--prompt": "The question alone.",
        "--developer": "Acme",
        "--items-licence": "CC0-1.0",
        "--citation": "None.",
        "--threshold": "1",
        "--format": "json",
    }
    options = [part for pair in said.items() for part in pair]
    options += [part for model in others for part in ("--also", f"{model}={model}")]
    path = str(rows.resolve())
    return ["--root", str(root), "import", "error-map", path, "--create", "--add-items", *options]


def with_peer(row: Row, peer: Peer | None) -> Row:
    """Return a row of asking, held against the reference asking the same server as often."""
    if peer is None:
        return row.model_copy(update={"missing": (*row.missing, ABSENT)})
    # Processor time of the whole process on both sides, per failure that it was asked about.
    spent = peer.cost.processor_s
    rate = FAILURES / peer.told["ask_elapsed_s"]
    what = f"the reference on as many failures, {rate:,.0f} requests/s"
    one = against("reference", what, spent, row.cost.processor_s, peer.cost.peak_mib)
    return row.model_copy(update={"beside": (*row.beside, one)})
