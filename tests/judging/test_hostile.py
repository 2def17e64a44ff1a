"""Hostile texts of a megabyte end in bounded time."""

import json
import subprocess
import sys

from tests.judging.cases import BRACKETS, PATH, PUZZLE, SORTING, TRUTH, WORKED, writing
from tests.judging.factory import failure
from tests.judging.further_cases import ARGUMENT

HOSTILE = """
import json, sys
from generator.judging.judge import findings_of
from generator.records.failure import Failure
fields, units, size, tasks = json.load(sys.stdin)
for unit in units:
    text = unit * (size // len(unit))
    for task, choices, references in (
        ("multiple-choice", ["12", "18"], ["B"]),
        ("short-answer", [], ["18"]),
        ("tool-use", [], ['{"name": "f", "arguments": {"a": 1}}']),
    ):
        for changes in ({"output": text}, {"output": "3 = 4 (A)", "input": text}):
            given = fields | changes | {"task_type": task, "choices": choices}
            list(findings_of(Failure(**(given | {"references": references}))))
    for task in tasks:
        given = fields | {"output": text, "task_type": "mixed", "references": []} | task
        list(findings_of(Failure(**given)))
    solved = {"output": "6*3=<<6*3=18>>18 A: 3", "solution": text, "input": text}
    list(findings_of(Failure(**(fields | solved))))
    long_item = {"output": "A: 3", "references": [text], "choices": [text]}
    list(findings_of(Failure(**(fields | long_item))))
"""


def test_a_megabyte_of_hostile_text_ends_in_bounded_time() -> None:
    """A generous limit for all of them together: anything quadratic would take hours."""
    units = [
        "9",
        "(",
        ")",
        "((1)",
        " ",
        "\n",
        "\t\n",
        "answer is ",
        "The answer is (A). ",
        "(1) a: If X = f(a), then X = g(b). ",
        "\nBy (1), we have if X = f(a), then NOT (X = g(b) AND ",
        '[{"parameters": [{"name": ',
        "<<",
        "<<1=1>>",
        "1=",
        "1+1=2 ",
        "x ",
        "a",
        "A: ",
        "#### ",
        "\\boxed{",
        "$",
        "=",
        "9^",
        "-",
        "```\n",
        "[",
        '{"a":',
        "f(",
        "Question:\n",
        "\nQuestion: ",
        "é",
        "٣",
        "\U0001f600",
        ".",
        ". ",
        "?",
        "Statement 1 ",
        "not ",
        "is true ",
        "1 < 2 ",
        "1,000",
        "\\frac{1}{",
        "the ",
        "so the ",
        "I cannot ",
        "error",
        "\u202e",
        "\x0c",
        "'\"",
        "A) ",
        "\nA. x",
    ]
    fields = json.loads(failure("").model_dump_json())
    wanted = "Write at least 9 words without commas in all lowercase. Include the word 'sea'."
    tasks = [ARGUMENT, BRACKETS, SORTING, PATH, PUZZLE, TRUTH, WORKED, writing(wanted)]
    subprocess.run(
        [sys.executable, "-c", HOSTILE],
        input=json.dumps([fields, units, 1_000_000, tasks]),
        text=True,
        timeout=300,
        check=True,
    )
