"""Formats that benchmarks kept by reference have readers for: the same readers, for other content.

They are called with the user's files under the names that ``benchmark.yml`` would give them.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.files import found
from generator.readers.rows import RowError

_FEW_SHOT = "_few_shot_template"


def read_gsm8k(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the example solutions of one system; see ``LogReader``."""
    account.know(harness="openai/grade-school-math", task="GSM8K", model=choice.select)
    account.know(metric="1 where the final answer is the reference as a number, else 0")
    files = {path.stem: path for path in found(paths, "example_model_solutions.jsonl")}
    return _read("gsm8k_solutions", files, choice.select, account)


def read_mmlu_pro(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the outputs of one model; see ``LogReader``."""
    account.know(harness="TIGER-AI-Lab/MMLU-Pro", task="MMLU-Pro")
    account.know(metric="1 where the letter taken from the output is the answer, else 0")
    return _read("mmlu_pro_outputs", mmlu_pro_files(paths), choice.select, account)


def mmlu_pro_files(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the files of a log of MMLU-Pro; a reader takes one."""
    return {path.stem: path for path in found(paths, "model_outputs_*.zip", "*.json")}


def read_bbh(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the outputs of one way of asking; see ``LogReader``."""
    account.know(harness="suzgunmirac/BIG-Bench-Hard", task="BIG-Bench Hard")
    account.know(metric="1 where the answer taken from the output is the target, else 0")
    outputs: dict[str, Path] = {}
    items: dict[str, Path] = {}
    for path in found(paths, "*.json"):
        task, few_shot, _ = path.stem.partition(_FEW_SHOT)
        if not few_shot:
            items[task] = path
        elif path.parent.name.endswith(f"-{choice.select}") or choice.select is None:
            outputs[task] = path
    if not outputs or not outputs.keys() <= items.keys():
        lacking = ", ".join(sorted(outputs.keys() - items.keys())) or "outputs"
        msg = (
            f"no file for {lacking}: name the folder of items (bbh) and one of outputs "
            "(code-davinci-002-cot, say), and the way of asking with --select cot or direct"
        )
        raise InputError(msg)
    files = {task: items[task] for task in outputs}
    files |= {f"{task}_{choice.select}": path for task, path in outputs.items()}
    return _read("bbh_outputs", files, choice.select, account)


def _read(
    name: str, files: Mapping[str, Path], select: str | None, account: Account
) -> Iterator[Entry]:
    """Yield entries as a reader of a pinned format gives them."""
    path = str(next(iter(files.values())).parent if len(files) > 1 else next(iter(files.values())))

    def dropped(why: str) -> None:
        account.rows += 1
        account.drop(Spot(path, account.rows), why)

    def bad(error: RowError) -> None:
        account.rows += 1
        account.fault(error.problem)

    for row in READERS[name](files, select, dropped, bad):
        account.rows += 1
        yield Entry(Spot(path, account.rows), row.item, row.prediction)
