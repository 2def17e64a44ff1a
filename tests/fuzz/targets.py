"""What is fuzzed: the reader of each format, importing, and the validator."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.cli.checking import checked
from generator.cli.main import Project, message
from generator.cli.validating import _annotation, _report
from generator.errors import ContentError, ErrorAtlasError
from generator.intake.findings import grouped
from generator.intake.scope import scope_of
from generator.readers.annotations import read_annotations
from generator.readers.labelled import FailureLine, LabelLine, VerdictLine, failure_of, read_unique
from generator.readers.logs import FORMATS
from generator.readers.logs.account import Account, Choice
from generator.readers.logs.importing import Descriptions, Target, take_in
from generator.readers.logs.joining import Joining
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.layout import Layout
from generator.store.verdicts import verdict_bytes
from tests.fuzz import breaking
from tests.fuzz.dice import Dice
from tests.readers.logs.test_hostile import SELECT, SOUND, held
from tests.readers.logs.test_importing import BETA, MADE, RUN
from tests.readers.test_labelled import label, line
from tests.store import tree

Files = Mapping[str, bytes]
METRICS = (None, None, "acc", "exact_match,strict", "em.x")


class FoundError(AssertionError):
    """Something is wrong that raised nothing."""


def place(folder: Path, files: Files, dice: Dice) -> None:
    """Write the files of an input, now and then with one that is a link, a folder or packed."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        odd = dice.randrange(60)
        if odd == 0:
            path.symlink_to(dice.choice(("/etc/hostname", "..", "nowhere", name)))
        elif odd == 1:
            path.mkdir()
        elif odd == 2 and path.suffix == ".jsonl":
            path.with_name(f"{path.name}.gz").write_bytes(breaking.packed(content, dice))
        elif odd != 3:
            path.write_bytes(content)


def log_files(key: str, dice: Dice) -> Files:
    """Return the files of a log, broken."""
    files = {
        name: breaking.spoiled(breaking.data(value, dice), dice)
        for name, value in SOUND[key].items()
    }
    if key == "mmlu-pro" and dice.randrange(2):
        return {"model_outputs_a.zip": breaking.zipped(files, dice)}
    return files


def chosen(key: str, dice: Dice) -> Choice:
    """Return what a user may have chosen of a log."""
    select = dice.choice((SELECT.get(key), SELECT.get(key), "plums"))
    return Choice(select, dice.choice((None, None, "m")), dice.choice(METRICS))


def read_log(key: str, folder: Path, choice: Choice) -> None:
    """Read a log to its end; whatever comes out can be written and read again."""
    account = Account()
    try:
        for entry in FORMATS[key].read([folder], choice, account):
            held(entry)
    except ErrorAtlasError as error:
        plain(error)
    if account.rows < account.dropped.total() + account.faults.total():
        msg = "more rows dropped than read"
        raise FoundError(msg)
    for problem in account.problems:
        plain(problem)


def plain(told: object) -> None:
    """Hold that a message, as it is shown, is lines of printable text."""
    text = message(told) if isinstance(told, ErrorAtlasError) else str(told)
    if not all(line.isprintable() for line in text.split("\n")):
        raise FoundError(repr(told)[:500])


def import_log(key: str, log: Path, content: Path, choice: Choice, seed: int) -> None:
    """Import a log into a content folder, which is left as it was or holds a whole run."""
    layout = Layout(content)
    joining = Joining("words", (0.0, 1.0), 1.0, {}, Account(), adding=True, by_id=bool(seed % 2))
    target = Target(layout, "words", "acme__beta")
    try:
        take_in(
            (FORMATS[key].in_columns or FORMATS[key].read)([log], choice, joining.account),
            joining,
            target,
            lambda: Descriptions(RUN, MADE, BETA),
            skip_bad=bool(seed % 3),
        )
    except ErrorAtlasError as error:
        plain(error)
        if target.folder.exists() or target.home.exists():
            msg = "a half import"
            raise FoundError(msg) from error


JUDGE = JudgeId(name="annotator-1", version="1", prompt_hash="", taxonomy="1.0")
VERDICTS = tuple(
    Verdict(
        key=f"{number:064x}",
        item_id=f"q{number}",
        judge=JUDGE,
        status="verdict",
        attribution="model",
        category="E13",
        subcategory="arithmetic",
        title="A false sum",
        evidence=(Evidence(quote="3 + 1 = 5", start=0, end=9),),
        confidence=0.5,
    )
    for number in (2, 3, 4)
)
TALK = [
    {"role": "assistant", "content": "Hm.", "tool_calls": [{"name": "f", "arguments": "{}"}]},
    {"role": "tool", "content": "2"},
    {"role": "assistant", "content": "The answer is 7."},
]
LABEL = {"item_id": "q3", "model": "acme__alpha", "labeller": "a", "category": "E13"}
DOCUMENTS = {
    "atlas.yml": tree.ATLAS,
    "taxonomy/atlas.yml": tree.TAXONOMY,
    "models/acme__alpha.yml": tree.MODEL,
    "benchmarks/sums/benchmark.yml": tree.BENCHMARK,
    "predictions/sums/acme__alpha/run.yml": tree.RUN,
}
ROWS: dict[str, Any] = {
    "benchmarks/sums/items.jsonl": tree.ITEMS,
    "predictions/sums/acme__alpha/predictions.jsonl": [
        *tree.PREDICTIONS,
        {"item_id": "q5", "output": TALK, "score": 0.0},
    ],
    "labels/sums.jsonl": [LABEL],
}
NAMES = (
    "models/acme__alpha.yml.bak",
    "models/\u0430cme__alpha.yml",
    "models/a\nb.yml",
    "predictions/sums/acme__alpha/x.sh",
    "predictions/sums/" + "d/" * 30 + "x",
    "pages/a.md",
    "samples/a.yml",
    "samples/a.csv",
    "taxonomy/proposals/a.yml",
    "taxonomy/crosswalks/a.yml",
    "prices.yml",
    "calibration.yml",
    "releases/2026.01.yml",
)


def content_files(dice: Dice) -> Files:
    """Return a content folder, some of its files broken."""
    files: dict[str, bytes] = {}
    for name, text in DOCUMENTS.items():
        value = yaml.safe_load(text)
        files[name] = breaking.document(value, dice) if not dice.randrange(4) else text.encode()
    for name, value in ROWS.items():
        made = value if dice.randrange(2) else breaking.broken(value, dice)
        files[name] = breaking.bytes_of(made)
    if dice.randrange(2):
        files["verdicts/sums/acme__alpha.parquet"] = SEALED
    spoil = dice.choice(sorted(files))
    files[spoil] = breaking.spoiled(files[spoil], dice)
    if not dice.randrange(4):
        files[dice.choice(NAMES)] = breaking.spoiled(dice.choice(sorted(files.values())), dice)
    return files


SEALED = verdict_bytes(VERDICTS, {"annotator-1": "0" * 64})


def validate(root: Path) -> None:
    """Check a content folder; every problem is a line that can be shown anywhere."""
    project = Project(root, debug=False)
    try:
        found = checked(project, scope_of((), project.content)).findings
    except ContentError as error:
        for problem in error.problems:
            plain(problem)
        return
    except ErrorAtlasError as error:
        plain(error)
        return
    for finding in found:
        plain(finding.problem)
        plain(_annotation(finding.problem, finding.level))
        if "\n" in str(finding.problem):
            raise FoundError(repr(finding.problem))
    json.dumps(_report(found, 1))
    grouped(found)


def read_lines_of(folder: Path, key: str) -> None:
    """Read what annotators and labellers hand in."""
    path = folder / "a.jsonl"
    try:
        if key == "annotations":
            for _ in read_annotations(path, "mmlu_pro"):
                pass
        elif key == "failures":
            for one in read_unique(path, FailureLine).values():
                failure_of(one)
        else:
            read_unique(path, LabelLine if key == "labels" else VerdictLine, {"E13"})
    except ErrorAtlasError as error:
        plain(error)


LINES: dict[str, dict[str, Any]] = {
    "failures": line().model_dump(mode="json"),
    "labels": label(),
    "verdicts": label(),
    "annotations": {
        "benchmark": "mmlu_pro",
        "item": "7",
        "model": "alpha",
        "status": "verdict",
        "attribution": "model",
        "attribution_subtype": None,
        "category": "E13",
        "subcategory": "arithmetic",
        "secondary": [],
        "title": "A false sum",
        "summary": "",
        "confidence": 0.9,
        "quote_start": 0,
        "quote_end": 4,
    },
}

Prepare = Callable[[Path, Dice], Callable[[], None]]
"""Writes an input into a folder, and returns what is done with it."""


def _reader(key: str) -> Prepare:
    def prepare(folder: Path, dice: Dice) -> Callable[[], None]:
        place(folder, log_files(key, dice), dice)
        choice = chosen(key, dice)
        return lambda: read_log(key, folder, choice)

    return prepare


def _importing(folder: Path, dice: Dice) -> Callable[[], None]:
    key = dice.choice(sorted(FORMATS))
    place(folder / "log", log_files(key, dice), dice)
    content = folder / "content"
    content.mkdir()
    choice, seed = chosen(key, dice), dice.randrange(6)
    return lambda: import_log(key, folder / "log", content, choice, seed)


def _validator(folder: Path, dice: Dice) -> Callable[[], None]:
    place(folder / "content", content_files(dice), dice)
    return lambda: validate(folder)


def _lines(folder: Path, dice: Dice) -> Callable[[], None]:
    key = dice.choice(sorted(LINES))
    rows = [LINES[key]] * dice.randint(1, 3)
    place(folder, {"a.jsonl": breaking.spoiled(breaking.data(rows, dice), dice)}, dice)
    return lambda: read_lines_of(folder, key)


TARGETS: dict[str, Prepare] = {
    "validator": _validator,
    **{key: _reader(key) for key in sorted(FORMATS)},
    "importing": _importing,
    "lines": _lines,
}
"""What is fuzzed, by name."""


def emptied(folder: Path) -> None:
    """Empty a folder, whatever is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
