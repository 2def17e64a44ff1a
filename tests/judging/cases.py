"""Made-up failures on which each rule must speak, and others on which it must keep silent."""

from typing import Any

from generator.records.failure import Failure
from tests.judging.factory import COLOURS, choice, failure, tool_use

COUNTED = {"choices": COLOURS, "references": ("B",)}
CALL = '{"name": "weather", "arguments": {"city": "Oslo", "days": 3}}'
EXPRESSION = {"input": "((4 - 2) * 9) =", "references": ("18",)}
PAIRS = {"choices": ("True, True", "True, False", "False, True", "False, False")}
LOOP = "The rate is the product of the rate and the time. " * 20

EXPRESSION = {"input": "2 * 3 + 4 =", "references": ("10",)}
BRACKETS = {"input": "The parentheses are closed properly. Input: ( [", "references": ("] )",)}
SORTING = {"input": "Sort the following words: List: fig pear apple", "references": ("-",)}
PATH = {"input": 'The path <path d="M 1,2 L 3,4 L 1,2"/> draws a', "references": ("line",)}
PUZZLE = {
    "input": (
        "They are arranged in a fixed order. On a shelf, there are three fruits: a fig, a pear, and"
        " a plum. The fig is to the left of the pear. The plum is to the left of the fig."
    ),
    "references": ("pear",),
}
TRUTH = {"input": "not ( True or False ) is", "references": ("False",)}
WORKED = {
    "input": "7 jars of 13 beads and 5 bags. How many beads are in the jars?",
    "references": ("91",),
    "solution": "7*13=<<7*13=91>>91\nA: 91",
}
LONGER = {
    "input": "7 jars of 13 beads and 8 loose ones. How many beads?",
    "references": ("99",),
    "solution": "7*13=<<7*13=91>>91\n91+8=<<91+8=99>>99\nA: 99",
}
SUM = {
    "input": "7 pairs, 5 and 8 single ones. How many?",
    "references": ("27",),
    "solution": "7*2=<<7*2=14>>14\n14+5+8=<<14+5+8=27>>27\nA: 27",
}
HOURS = {
    "input": "3 runs of 4 hours. How many minutes?",
    "references": ("720",),
    "solution": "3*4=<<3*4=12>>12\n12*60=<<12*60=720>>720\nA: 720",
}


def writing(task: str) -> dict[str, Any]:
    """Return the fields of a task of free text."""
    return {"task_type": "free-text", "references": (), "input": task}


NOTE = """Write a note. The first line is "# Fair". Then come exactly these sections in this order:
"## When", "## Where". Use the word "lamp". The sections have exactly 2 sentences in all.
The last line is "Yours, Ann"."""
GOOD = "# Fair\n## When\nOn Monday.\n## Where\nBy the lamp.\nYours, Ann"


def note(output: str) -> Failure:
    """Return a failed note, with a right one beside it."""
    right = f"{GOOD[:-10]}Yours, Ann"
    return failure(output, task_type="mixed", references=(right,), input=NOTE.replace("\n", " "))


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
    ("order-of-operations", failure("2 * 3 + 4 = 2 * (3 + 4) = 14. A: 14", **EXPRESSION)),
    ("state-lost", failure("( ; stack: (\n[ ; stack: [", **BRACKETS)),
    ("member-skipped", failure('( ; stack: (\nThe final stack is "(".', **BRACKETS)),
    ("member-repeated", failure("( ; stack: (\n( ; stack: ( (", **BRACKETS)),
    ("members-misordered", failure("pear apple fig", **SORTING)),
    ("answer-cut-short", failure("]", **BRACKETS)),
    (
        "count-not-of-list",
        failure("(1) M 1,2: x\n(2) L 3,4: x\n(3) L 1,2: x\nIt has five lines.", **PATH),
    ),
    ("order-impossible", failure("The fig is the rightmost.", **PUZZLE)),
    ("false-truth-value", failure("not not False = True", **TRUTH)),
    ("truth-regrouped", failure("not True or True = not (True or True)", **TRUTH)),
    ("length-unmet", failure("Two words.", **writing("Write at least 9 words."))),
    ("words-unmet", failure("Two words.", **writing("Include the word 'sea'."))),
    ("parts-unmet", failure("Two words.", **writing("Give exactly 3 bullets."))),
    ("form-unmet", failure("Two words.", **writing("Answer in all lowercase."))),
    ("section-extra", note(GOOD.replace("Yours", "## More\nSun. Rain.\nYours"))),
    ("text-runs-on", note(f"{GOOD}\n\nQuestion: who else? Bob.")),
    ("off-topic", note("Bread is best when the dough may rest for a night. Rye is dark.")),
    ("section-repeated", note(GOOD.replace("Yours", "## Where\nBy the lamp.\nYours"))),
    (
        "section-misordered",
        note("# Fair\n## Where\nBy the lamp.\n## When\nOn Monday.\nYours, Ann"),
    ),
    ("text-wrapped", note(f"Here it is:\n\n{GOOD}")),
    ("heading-marked-otherwise", note(GOOD.replace("## Where", "* Where"))),
    ("call-argument-flag", tool_use("f(a=True)", '{"f": {"a": [false]}}')),
    ("call-argument-number", tool_use("f(a=4)", '{"f": {"a": [3]}}')),
    ("call-argument-list", tool_use("f(a=[4])", '{"f": {"a": [[4, 5]]}}')),
    ("call-argument-scale", tool_use("f(a=300)", '{"f": {"a": [3]}}')),
    ("call-argument-text", tool_use("f(a='red')", '{"f": {"a": ["blue"]}}')),
    ("call-as-due", tool_use("  f(a=3)", '{"f": {"a": [3]}}')),
    ("solution-differs", failure("A: 18", solution="6*3=<<6*3=18>>18\nA: 20", references=("20",))),
    ("other-operation", failure("7+13=<<7+13=20>>20\nA: 20", **WORKED)),
    ("other-operation-open", failure("7+13=<<7+13=20>>20\nA: 20", **WORKED)),
    ("other-quantity", failure("5*13=<<5*13=65>>65\nA: 65", **WORKED)),
    ("number-from-nowhere", failure("7*46=<<7*46=322>>322\nA: 322", **WORKED)),
    ("condition-ignored", failure("7*13=<<7*13=91>>91\nA: 91", **LONGER)),
    ("given-unused", failure("7*13=<<7*13=91>>91\nA: 91", **LONGER)),
    ("stops-short", failure("With 8 more, 7*13=<<7*13=91>>91\nA: 91", **LONGER)),
    ("term-dropped", failure("7*2=<<7*2=14>>14\n5+8=<<5+8=13>>13\nA: 13", **SUM)),
    ("conversion-missing", failure("3*4=<<3*4=12>>12\nA: 12", **HOURS)),
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
    ("call-missing", tool_use("A forecast for Oslo lies beyond these functions.", CALL)),
    ("call-missing", tool_use("That would take a day, which is not given.", CALL)),
    ("call-missing", tool_use("Oslo it is, once the day is known; it isn\u2019t yet.", CALL)),
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
