"""Failures with reference labels that are not in the content, as JSON Lines.

A line of the failures holds ``id``, ``benchmark``, ``model``, ``question``, ``reference``,
``output`` and ``extracted_prediction``. A line of the labels, or of a judge's verdicts, holds
``id`` and the fields of a verdict; labels may add ``acceptable``. Further fields are passed over.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ConfigDict, model_validator

from generator.errors import ContentError, Problem
from generator.readers.gsm8k import final_answer
from generator.readers.mmlu_pro import holds_answer
from generator.records.base import CategoryId, ItemId, Line, Record, Slug
from generator.records.benchmark import Item, TaskType
from generator.records.failure import Failure
from generator.records.prediction import Prediction
from generator.records.taxonomy import Attribution
from generator.records.verdict import Status
from generator.store.lines import read_lines

TASK_TYPES: dict[str, TaskType] = {
    "mmlu_pro": "multiple-choice",
    "gsm8k": "short-answer",
    "bbh": "mixed",
    "bfcl": "tool-use",
}
"""Task types of benchmarks by name; those of others are told from the line."""

_OPTIONS = "\nOptions:\n"
_FUNCTIONS = "\nAvailable functions:\n"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORT = 80
_UNFIT = re.compile(r"[^a-z0-9]+")


class FailureLine(Record):
    """One failure."""

    model_config = ConfigDict(extra="ignore")

    id: ItemId
    """Identifier, the same in all files."""
    benchmark: Slug
    """Benchmark."""
    model: Line
    """Model, by any name."""
    question: str
    """What was asked; options stand below ``Options:``, tools below ``Available functions:``."""
    reference: str
    """Right answer, or the worked solution that ends in it."""
    output: str
    """What the model put out."""
    extracted_prediction: str | None = None
    """Answer that the harness took."""


class VerdictLine(Record):
    """What a judge said of one failure."""

    model_config = ConfigDict(extra="ignore")

    id: ItemId
    """Identifier of the failure."""
    status: Status
    """Whether there is a verdict at all."""
    attribution: Attribution | None = None
    """Whose fault it is."""
    category: CategoryId | None = None
    """Category, for faults of the model."""
    rule: Slug | None = None
    """Rule that settled it, where the judge is made of rules."""

    @model_validator(mode="after")
    def _category_goes_with_fault(self) -> "VerdictLine":
        placed = self.status == "verdict" and self.attribution == "model"
        if placed != (self.category is not None):
            msg = "a category is given exactly when a verdict finds the model at fault"
            raise ValueError(msg)
        if self.status == "verdict" and self.attribution is None:
            msg = "a verdict needs an attribution"
            raise ValueError(msg)
        return self


class LabelLine(VerdictLine):
    """What is known of one failure."""

    status: Literal["verdict", "undetermined"]
    """Whether the output shows a cause."""
    acceptable: tuple[CategoryId, ...] = ()
    """Other categories that a careful labeller could defend."""


AnyLine = TypeVar("AnyLine", FailureLine, VerdictLine, LabelLine)


def read_unique(
    path: Path, kind: type[AnyLine], categories: Collection[str] = ()
) -> dict[str, AnyLine]:
    """Return the lines of a file by id, in their order.

    Args:
        path: JSON Lines.
        kind: What a line holds.
        categories: Categories that may be named; any if empty.

    Raises:
        ContentError: Lines are at fault, name a category that is none of these, or come twice.
    """
    problems: list[Problem] = []
    found: dict[str, AnyLine] = {}
    for number, line in read_lines(path, kind, str(path), problems):
        if line.id in found:
            wrong, mend = "the id stands on an earlier line", "keep one line per failure"
            problems.append(Problem(str(path), number, "id", line.id, wrong, mend))
            continue
        for name in _unknown(line, categories):
            wrong, mend = "the taxonomy has no such category", "correct it"
            problems.append(Problem(str(path), number, "category", name, wrong, mend))
        found[line.id] = line
    if problems:
        raise ContentError(problems)
    return found


def _unknown(line: Record, categories: Collection[str]) -> Iterable[str]:
    """Return the categories of a line that the taxonomy does not have."""
    if not categories or not isinstance(line, VerdictLine):
        return []
    more = line.acceptable if isinstance(line, LabelLine) else ()
    return [name for name in (line.category, *more) if name and name not in categories]


def failure_of(line: FailureLine) -> Failure:
    """Return a failure as judges see it.

    The item is put together as the reader of the benchmark would, so that the failure has the
    key that its prediction has in the content.
    """
    above, _, below = line.question.rpartition(_OPTIONS)
    choices = _choices(below) if above else ()
    lettered = line.reference.strip() in tuple(_LETTERS[: len(choices)])
    task = TASK_TYPES.get(line.benchmark) or _task_type(line, lettered=lettered)
    if task != "multiple-choice":
        choices = ()
    stated = final_answer(line.reference) if task == "short-answer" else None
    taken = line.extracted_prediction
    if line.benchmark == "mmlu_pro" and not holds_answer(line.output):
        taken = None  # a stand-in of the harness, see generator.readers.mmlu_pro
    item = Item.of_checked(
        item_id=line.id,
        input=above.removesuffix("\n") if choices else line.question,
        choices=choices,
        references=(line.reference if stated is None else stated,),
        solution=None if stated is None else line.reference,
    )
    prediction = Prediction.of_checked(
        item_id=line.id, output=line.output, score=0.0, extracted=taken
    )
    model = _UNFIT.sub("-", line.model.lower()).strip("-") or "unnamed"
    return Failure.of(line.benchmark, f"labelled__{model}", task, item, prediction)


def _choices(below: str) -> tuple[str, ...]:
    """Return the options below their heading; none where the lines are not lettered from A on."""
    found: list[str] = []
    for line in below.split("\n"):
        if len(found) < len(_LETTERS) and line.startswith(f"{_LETTERS[len(found)]}. "):
            found.append(line[3:])
        elif found:
            found[-1] += f"\n{line}"
        else:
            return ()
    return tuple(found)


def _task_type(line: FailureLine, *, lettered: bool) -> TaskType:
    """Tell what an answer looks like."""
    if lettered:
        return "multiple-choice"
    if _FUNCTIONS in line.question:
        return "tool-use"
    stated = final_answer(line.reference) or line.reference
    return "short-answer" if len(stated) <= _SHORT else "mixed"
