"""``erroratlas new benchmark``: describes a benchmark and takes its items in."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import click

from generator.cli.answers import again, answered_by_options, answers
from generator.cli.folder import content_folder
from generator.cli.made import FORCE, say, write_new
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.cli.questions import Question, record_of
from generator.errors import ContentError, InputError, Problem
from generator.records.base import Record, Slug
from generator.records.benchmark import Benchmark, Item
from generator.store.documents import write_document
from generator.store.layout import Layout
from generator.store.lines import read_lines, write_lines
from generator.store.problems import visible
from generator.store.reading import NAME_HELP


class _Folder(Record):
    """The name of a benchmark's folder."""

    id: Slug
    """Identifier."""


def _free(name: str) -> str:
    return "the name of a list of pages: use another name" if name == "index" else ""


def _findable(canary: str) -> str:
    """Say why a text could not be found again in a file, where it would be written otherwise."""
    mend = "use words with one blank between them, without quotes and backslashes"
    found = re.fullmatch(r"[^\"\\\s]+(?: [^\"\\\s]+)*", canary)
    return "" if found else f"could not be found in a file: {mend}"


RANGE = (
    Question("score_range", Benchmark, "Lowest and highest score", "0 1", "0 1", kind="pair"),
    Question(
        "success_threshold", Benchmark, "A score below it is a failure", "1", "1", kind="number"
    ),
)
QUESTIONS = (
    Question("id", _Folder, "Name of its folder", "word-sums", form=NAME_HELP["slug"], known=_free),
    Question("name", Benchmark, "Name of the benchmark", "Word sums"),
    Question("description", Benchmark, "What it asks for", "Sums told as a story, one number each"),
    Question(
        "task_type",
        Benchmark,
        "What an answer looks like: short-answer, multiple-choice, tool-use, free-text or mixed",
        "short-answer",
        default="short-answer",
    ),
    Question("licence", Benchmark, "Licence of the items", "CC-BY-4.0"),
    Question(
        "citation", Benchmark, "How its makers want to be cited", "Lovelace (2026): Word sums"
    ),
    Question("url", Benchmark, "Its home", "https://example.org/word-sums", required=False),
    Question("metric", Benchmark, "What a score is", "1 if the number is right, else 0"),
    *RANGE,
    Question(
        "display",
        Benchmark,
        "May pages show items and outputs: full or withheld",
        "full",
        default="withheld",
    ),
    Question(
        "canary",
        Benchmark,
        "Text that marks the data, to be kept out of training",
        "canary GUID 26b5c67b-86ad",
        required=False,
        known=_findable,
    ),
)
EXAMPLES = (
    Item(
        item_id="example-1",
        input="Ada has 2 plums and buys 3 more. How many has she?",
        references=("5",),
        tags={"subject": "example"},
    ),
    Item(
        item_id="example-2",
        input="Which of these is a fruit?",
        choices=("a plum", "a plough"),
        references=("A",),
        tags={"subject": "example"},
    ),
)
"""What stands in for items that were not given."""
_ADVICE = """\
# items.jsonl beside this file holds two examples: replace them by the items, one JSON object
# a line. item_id, input and references (answers that count as right) are needed; choices,
# solution and tags (subject, difficulty) where there are any.
"""


@click.command("benchmark")
@answered_by_options(QUESTIONS)
@click.option(
    "--items",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Items as JSON Lines (item_id, input, references, ...); two examples if left out.",
)
@FORCE
@FORMAT
@click.pass_obj
def command(
    project: Project, /, items: Path | None, form: str, *, force: bool, **said: str | None
) -> None:
    """Describe a benchmark whose items may be kept here.

    If they may not, keep the benchmark by reference: CONTRIBUTING says how.

    \b
    Example:
      erroratlas new benchmark --items items.jsonl
      erroratlas new benchmark --id word-sums --name "Word sums" --description "Sums as a story." \\
        --licence CC0-1.0 --citation "Lovelace (2026)" --metric "1 if right, else 0"
    """  # noqa: D301  \b is click's own mark
    layout = Layout(content_folder(project))
    found = EXAMPLES if items is None else _items(items)
    values = answers(QUESTIONS, said)
    slug = values.pop("id")
    described = _benchmark(values)
    text = (_ADVICE if items is None else "") + write_document(described)
    files = {
        "items.jsonl": write_lines(_marked(found, described.canary)),
        "benchmark.yml": text.encode(),
    }
    folder = layout.benchmark(slug).parent
    changed, unchanged = write_new(layout, folder, files, whole=True, force=force)
    steps = [f"erroratlas validate content/benchmarks/{slug}"]
    if items is None:
        steps.insert(0, f"replace the two examples in content/benchmarks/{slug}/items.jsonl")
    say(form, changed, unchanged, steps)


def _benchmark(values: dict[str, Any]) -> Benchmark:
    """Return the description; what does not go together is asked for again."""
    while True:
        try:
            return cast("Benchmark", record_of(Benchmark, values))
        except ValueError as wrong:
            values |= again(RANGE, wrong)


def _marked(items: Sequence[Item], canary: str | None) -> Iterator[Item]:
    """Yield items with the canary in a tag, where they do not hold it already."""
    for item in items:
        if canary is None or canary in item.model_dump_json() or canary in item.tags.values():
            yield item
        else:
            yield item.model_copy(update={"tags": {**item.tags, "canary": canary}})


def _items(path: Path) -> list[Item]:
    """Return the items of a file.

    Raises:
        ContentError: Lines are at fault.
        InputError: There are none.
    """
    problems: list[Problem] = []
    name = visible(str(path), 200)
    lines: dict[str, int] = {}
    found = []
    for line, item in read_lines(path, Item, name, problems):
        if item.item_id in lines:
            wrong = f"the item id stands already on line {lines[item.item_id]}"
            mend = "give every item an id of its own"
            problems.append(Problem(name, line, "item_id", item.item_id, wrong, mend))
        lines.setdefault(item.item_id, line)
        found.append(item)
    if problems:
        raise ContentError(problems)
    if not found:
        msg = f"{name}: holds no item: write one JSON object a line"
        raise InputError(msg)
    return found
