"""Each rule: what it speaks on, and what it must keep silent on."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.judge import findings_of, judge_failure, rules_judge
from generator.judging.rule import LONGEST_EVIDENCE
from generator.judging.rules import RULES
from generator.records.failure import Failure
from tests.judging.factory import COLOURS, choice, failure, tool_use

COUNTED = {"choices": COLOURS, "references": ("B",)}
CALL = '{"name": "weather", "arguments": {"city": "Oslo", "days": 3}}'
EXPRESSION = {"input": "((4 - 2) * 9) =", "references": ("18",)}
PAIRS = {"choices": ("True, True", "True, False", "False, True", "False, False")}
LOOP = "The rate is the product of the rate and the time. " * 20

SPEAKS = [
    ("empty", failure("")),
    ("empty", failure(" \n ...")),
    ("loop", choice("Let us see. " + LOOP)),
    ("truncated", choice("We have three bags with six marbles each, so the number of all is")),
    (
        "truncated",
        choice(
            "We have three bags with six marbles each, and therefore the answer is ", extracted="G"
        ),
    ),
    (
        "truncated",
        failure(
            "There are three bags, and each of them holds six marbles, so we",
            finish_reason="length",
        ),
    ),
    (
        "no-conclusion",
        choice("There are bags, and each of them holds some marbles. " * 3 + "One must multiply."),
    ),
    ("refusal", failure("I'm sorry, but I can't help with that.")),
    ("refusal", choice("As an AI language model, I do not count marbles.")),
    ("asks-back", failure("Could you please provide the number of bags?")),
    ("declares-unanswerable", choice("The sizes are unknown, so the total cannot be determined.")),
    ("server-error", failure("Error code: 429 - rate limit reached, please try again later")),
    ("server-error", failure("<html><head><title>502 Bad Gateway</title></head></html>")),
    ("server-error", failure("openai.APITimeoutError: Request timed out.")),
    ("wrong-marker", choice("Three times six. Final Answer: C.")),
    (
        "wrong-marker",
        failure("It is 3 * 6.\nAnswer: 18", input="How many? End with '#### number'."),
    ),
    (
        "several-finals",
        choice("The answer is (A).\n\nThe answer is (D).\n\nThe answer is (C).\n", extracted="A"),
    ),
    (
        "wrong-literal",
        failure("It is:\n#### 18.0", extracted="18.0", input="End with '#### number'."),
    ),
    ("answer-missed", choice("Six times three. The answer is (C).", extracted="B")),
    ("answer-missed", failure("3 * 6 = 18.\nA: 18", extracted=None)),
    ("scored-too-strictly", failure("A: $18.00", extracted="$18.00")),
    ("option-text-beside-letter", choice("The answer is (A) deep blue.", extracted="A", **COUNTED)),
    (
        "value-of-another-option",
        choice("There are 3 * 6 = 18 marbles. The answer is (A).", extracted="A"),
    ),
    (
        "text-of-another-option",
        choice(
            "The sky over the sea is deep blue. So the answer is (A).", extracted="A", **COUNTED
        ),
    ),
    (
        "truth-values-of-another-option",
        choice("Statement 1 is false. Statement 2 is true. The answer is (D).", **PAIRS),
    ),
    ("result-not-given", failure("3 * 6 = 18\nA: 24", extracted="24")),
    ("result-not-given", failure("3 * 600 = 1,800\nA: 1", extracted="1", references=("1800",))),
    ("false-result", failure("3 * 6 = 24\nA: 24", extracted="24")),
    ("false-result", failure("2 + 1 = 4\n4 * 6 = 24\nA: 24", extracted="24")),
    ("false-result", failure("2+1 = <<2+1=4>>4\n4*6 = <<4*6=24>>24\nA: 24", extracted="24")),
    ("false-result", choice("There are 3 * 6 = 21 marbles. The answer is (D).", extracted="D")),
    (
        "false-result-nearest-option",
        choice("We get 3.1 * 6 = 21.4. The answer is (D).", extracted="D"),
    ),
    ("false-step-of-expression", failure("((4 - 2) * 9) = (3 * 9) = 27", **EXPRESSION)),
    ("false-comparison", failure("9.11 is greater than 9.9 is true.\nA: 9.11")),
    ("false-equation", failure("2 + 2 = 5, and so on.\nA: 3", extracted="3")),
    ("false-order", failure("It follows from 48 < 3 that so.\nA: 3", extracted="3")),
    ("call-wrapped", tool_use(f"```json\n{CALL}\n```", CALL)),
    ("call-missing", tool_use("It will be sunny in the north.", CALL)),
    ("call-needless", tool_use(CALL, "[]")),
    ("call-count", tool_use(f"[{CALL}, {CALL}]", CALL)),
    ("call-function", tool_use(CALL.replace("weather", "traffic"), CALL)),
    ("call-argument-missing", tool_use('{"name": "weather", "arguments": {"days": 3}}', CALL)),
    ("call-argument-extra", tool_use("weather(city='Oslo', days=3, unit='C')", CALL)),
    ("call-argument-type", tool_use("weather(city='Oslo', days='3')", CALL)),
    ("call-argument-value", tool_use("weather(city='Bergen', days=3)", CALL)),
    ("call-argument-value-open", tool_use("weather(city='Oslo', days=30)", CALL)),
]

SILENT = [
    ("loop", choice("The answer is (C). " + LOOP)),
    ("truncated", choice("(B)")),
    ("truncated", choice("Probably (B)")),
    ("truncated", choice("The answer is (B).\n\nQuestion: And what would the next")),
    (
        "truncated",
        choice("All of this leads us without any doubt to the colour deep blue", **COUNTED),
    ),
    (
        "truncated",
        failure("We count the marbles in the three bags and find\n#### 17", extracted="17"),
    ),
    ("no-conclusion", choice("There are many marbles in here. " * 5 + "None of the options fits.")),
    ("no-conclusion", choice("There are bags. " * 9 + "There are thus 18.")),
    ("no-conclusion", choice("Word. " * 30, choices=("a b c d e f", "b", "c", "d"))),
    ("refusal", choice("I'm sorry, but I first misread it. The answer is (B).")),
    ("refusal", failure("I cannot solve it at once: 3 * 6 = 18.\nA: 17")),
    ("asks-back", failure("A: 17\nWould you like me to share more details?")),
    (
        "declares-unanswerable",
        choice(
            "It cannot be determined.", choices=("1", "cannot be determined"), references=("A",)
        ),
    ),
    ("server-error", failure("The error is small.\nA: 17")),
    ("server-error", failure("Error: the pupil forgot the third bag, so nineteen.")),
    ("wrong-marker", choice("Final Answer: B.")),
    ("wrong-marker", choice("It is (C). The answer is (B).")),
    (
        "several-finals",
        choice("The answer is (A).\nThe answer is (C).\nThe answer is (B).", extracted="A"),
    ),
    (
        "several-finals",
        choice("The answer is (A).\n\nQuestion: Next?\nThe answer is (C).", extracted="A"),
    ),
    ("answer-missed", choice("The answer is (B).", extracted="A")),
    ("scored-too-strictly", failure("A: ] }", extracted="] }", references=("] ]",))),
    (
        "value-of-another-option",
        choice("There are 3 * 6 = 18 marbles, minus 3. The answer is (B).", extracted="B"),
    ),
    ("value-of-another-option", choice("There are 21 marbles. The answer is (B).", extracted="B")),
    (
        "text-of-another-option",
        choice("The sky is not deep blue. The answer is (A).", extracted="A", **COUNTED),
    ),
    (
        "text-of-another-option",
        choice("It is scarlet red or deep blue. The answer is (A).", extracted="A", **COUNTED),
    ),
    ("result-not-given", failure("3 * 6 = 18, and 2 are lost: 18 - 2 = 16\nA: 16", extracted="16")),
    ("false-result", failure("2 + 2 = 5\n3 * 7 = 21\nA: 21", extracted="21")),
    ("false-result", failure("3 * 6 = 24\nA: 17", extracted="17")),
    ("false-result", failure("10 / 3 = 3.33\nA: 3.33", extracted="3.33", references=("3.3",))),
    ("false-step-of-expression", failure("((4 - 2) * 9) = (2 * 9) = 18. A: 17", **EXPRESSION)),
    ("false-comparison", failure("Is 9.11 > 9.9? No.\nA: 9.11")),
    ("call-wrapped", tool_use(CALL, CALL)),
    ("call-missing", tool_use("weather(city='Oslo'", CALL)),
    ("call-argument-missing", tool_use("weather('Oslo', 3)", CALL)),
    (
        "call-argument-extra",
        tool_use(
            "weather(city='Oslo', days=3)",
            '{"weather": {"city": ["Oslo"], "days": [3], "unit": ["", "C"]}}',
        ),
    ),
    ("call-argument-type", tool_use("weather(city='Oslo', days=3.0)", CALL)),
]


def rules_that_speak(given: Failure) -> set[str]:
    return {finding.rule for finding in findings_of(given)}


@pytest.mark.parametrize(("name", "given"), SPEAKS)
def test_a_rule_speaks_on_its_error(name: str, given: Failure) -> None:
    assert name in rules_that_speak(given)


@pytest.mark.parametrize(("name", "given"), SILENT)
def test_a_rule_is_silent_where_the_error_is_not(name: str, given: Failure) -> None:
    assert name not in rules_that_speak(given)


def test_every_rule_is_tested_and_described() -> None:
    assert {name for name, _ in SPEAKS} == set(RULES)
    for name, rule in RULES.items():
        assert name == rule.name
        assert rule.description.endswith(".")
        assert rule.reason.endswith(".")
        assert (rule.category is None) == (rule.attribution != "model")
        assert 0 < rule.confidence < 1


def test_titles_and_reasons_hold_no_number_that_could_come_from_a_text() -> None:
    for rule in RULES.values():
        assert not any(map(str.isdigit, rule.title + rule.reason))


@pytest.mark.parametrize(("name", "given"), SPEAKS)
def test_evidence_lies_in_the_output_and_gives_a_valid_verdict(name: str, given: Failure) -> None:
    for finding in findings_of(given):
        assert 0 <= finding.start <= finding.end <= len(given.output)
        assert finding.end - finding.start <= LONGEST_EVIDENCE
    said = judge_failure(given, rules_judge("1.0", 0.3), 0.3, display_full=True)
    assert said.status == "verdict", name
    for evidence in said.evidence:
        assert evidence.quote == given.output[evidence.start : evidence.end]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The answer is ",
                "(A)",
                "B",
                "\n",
                "Question: ",
                "3*6=",
                "18",
                "<<",
                ">>",
                "$",
                "\\frac{",
                "}",
                "(",
                ")",
                "Statement 1 is true. ",
                "0.5",
                "%",
                "not ",
                "I'm sorry, but ",
                "\x0c",
                "\ud800",
                "é",
                "٣",
                "²",
                '{"name":',
                "f(x=",
                "```",
                "####",
                "A:",
                "boxed{",
                "deep blue",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["short-answer", "multiple-choice", "tool-use", "mixed"]),
    st.sampled_from([None, "A", "18", "", "(B)", "²"]),
)
def test_no_output_makes_a_rule_fail(output: str, task: str, extracted: str | None) -> None:
    changes = {"extracted": extracted}
    given = choice(output, **COUNTED) if task == "multiple-choice" else failure(output)
    given = given.model_copy(update={**changes, "task_type": task})
    for finding in findings_of(given):
        assert 0 <= finding.start <= finding.end <= len(output)


def test_judging_twice_says_the_same() -> None:
    judge = rules_judge("1.0", 0.85)
    for _, one in SPEAKS:
        first = judge_failure(one, judge, 0.85, display_full=False)
        assert first == judge_failure(one, judge, 0.85, display_full=False)


HOSTILE = """
import json, sys
from generator.judging.judge import findings_of
from generator.records.failure import Failure
fields, units, size = json.load(sys.stdin)
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
    subprocess.run(
        [sys.executable, "-c", HOSTILE],
        input=json.dumps([fields, units, 1_000_000]),
        text=True,
        timeout=300,
        check=True,
    )
