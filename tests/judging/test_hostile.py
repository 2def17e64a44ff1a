"""Hostile texts of a megabyte: each rule, and each part of the parsed view, ends in bounded time.

The bound, five seconds a megabyte, is one against denial of service: a text made for it must not
hold a judge up. It says nothing of speed, which is measured in ``benchmarks/``, and what keeps it
stays below it by a factor of a hundred. Time is the processor's, and what is over the bound is
measured again, so that a busy machine fails nothing.
"""

import json
import subprocess
import sys

from generator.judging.rules import RULES
from tests.judging.cases import BRACKETS, PATH, PUZZLE, SORTING, TRUTH, WORKED, writing
from tests.judging.factory import failure
from tests.judging.further_cases import ARGUMENT

SIZE = 1_000_000
"""Characters of a hostile text."""
BOUND = 5.0
"""Most seconds of processor time that a rule, or a part of the view, may take: 50 ms for 10 kB."""
STUCK = 300.0
"""Seconds after which all of it is given up: what is quadratic would take hours."""

MEASURED = """
import json, sys, time
from functools import cached_property
from generator.judging.rules import RULES
from generator.judging.task import Task
from generator.judging.view import View
from generator.records.failure import Failure

fields, units, size, bound, tasks = json.load(sys.stdin)
parts = [(cls, name) for cls in (Task, View) for name, part in vars(cls).items()
         if isinstance(part, cached_property)]
slowest = {}

def spent(step):
    began = time.process_time()
    step()
    return time.process_time() - began

def times(failure):
    # The parts come first: a rule is measured on a view that is parsed already.
    view = View(failure)
    found = {}
    for cls, name in parts:
        owner = view if cls is View else view.task
        found[f"{cls.__name__}.{name}"] = spent(lambda: getattr(owner, name))
    for name, rule in RULES.items():
        found[name] = spent(lambda: list(rule(view)))
    return found

def measure(given):
    failure = Failure(**(fields | given))
    found = times(failure)
    if max(found.values()) > bound:
        again = times(failure)
        found = {name: min(taken, again[name]) for name, taken in found.items()}
    for name, taken in found.items():
        slowest[name] = max(slowest.get(name, 0.0), taken)

for unit in units:
    text = (unit * (size // len(unit) + 1))[:size]
    for task, choices, references in (
        ("multiple-choice", ["12", "18"], ["B"]),
        ("short-answer", [], ["18"]),
        ("tool-use", [], ['{"name": "f", "arguments": {"a": 1}}']),
    ):
        known = {"task_type": task, "choices": choices, "references": references}
        measure(known | {"output": text})
        measure(known | {"output": "3 = 4 (A)", "input": text})
    for task in tasks:
        measure({"output": text, "task_type": "mixed", "references": []} | task)
    measure({"output": "6*3=<<6*3=18>>18 A: 3", "solution": text, "input": text})
    measure({"output": "A: 3", "references": [text], "choices": [text]})
    measure({"output": text, "references": [text], "input": text, "task_type": "mixed"})
print(json.dumps(slowest))
"""


def test_no_rule_takes_long_on_a_megabyte_of_hostile_text() -> None:
    """Each rule and each part of the view apart, on every kind of text in every place."""
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
        "## a\n",
        "- a\n\n",
        'the words "a" ',
    ]
    fields = json.loads(failure("").model_dump_json())
    wanted = "Write at least 9 words without commas in all lowercase. Include the word 'sea'."
    tasks = [ARGUMENT, BRACKETS, SORTING, PATH, PUZZLE, TRUTH, WORKED, writing(wanted)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED],
        input=json.dumps([fields, units, SIZE, BOUND, tasks]),
        stdout=subprocess.PIPE,
        text=True,
        timeout=STUCK,
        check=True,
    )
    slowest = json.loads(done.stdout)
    assert set(RULES) < set(slowest)
    assert {name: taken for name, taken in slowest.items() if taken > BOUND} == {}
