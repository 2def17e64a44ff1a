"""More made-up failures: arguments, classes, counts, and calls held against schemas."""

from tests.judging.cases import CALL, COUNTED
from tests.judging.factory import choice, failure, tool_use

ARGUMENT = {"input": "Is the argument deductively valid or invalid?", "references": ("invalid",)}
PREMISES = (
    "(1) Every fig is ripe: If X = fig(Ann), then X = ripe(Ann).\n"
    "(2) Being a fig is necessary for being sweet: If X = {given}, then X = {then}.\n"
    "Hypothesis: Does it follow that all is sweet: If X = fig(Ann), then X = {goal}?\n"
)
CLASSES = {
    "input": (
        "Red: the sheet mentions colour or warmth. Blue: the sheet mentions water or distance."
        " Grey: the sheet mentions nothing at all. Which class is it?"
    ),
    "choices": ("Red", "Blue", "Grey"),
    "references": ("C",),
}
LISTED = {"input": "How many fruits are named?", "references": ("3",)}
FRUITS = "1. fig\n2. pear\n3. plum\nSo there are {claim} fruits.\nA: {claim}"
FOUR = "1. fig\n2. pear\n3. plum\nSo there are four fruits.\nA: 4"
FUNCTIONS = {
    "input": (
        'Functions: [{"name": "weather", "parameters": {"type": "object", "properties": {"city":'
        ' {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]}}] Answer in JSON.'
    )
}

SPEAKS = [
    (
        "inference-invalid",
        failure(
            PREMISES.format(given="sweet(Bo)", then="fig(Ann)", goal="sweet(Bo)")
            + "By (2), we have if X = fig(Ann), then X = sweet(Bo).\nSo the answer is valid.",
            **ARGUMENT,
        ),
    ),
    (
        "inference-invalid",
        failure(
            PREMISES.format(given="sweet(Bo)", then="fig(Ann)", goal="sweet(Bo)")
            + "By (1), we have if X = fig(Ann), then X = ripe(Ann)."
            " So, it is true that all is sweet.",
            **ARGUMENT,
        ),
    ),
    (
        "condition-turned",
        failure(
            "(1) Being kin of Ann is necessary for being kin of Bo:"
            " If X = kin(Ann), then X = kin(Bo).\n"
            "Hypothesis: Does it follow that kin of Ann is kin of Bo:"
            " If X = kin(Ann), then X = kin(Bo)?\nSo, it is true that this follows.",
            **ARGUMENT,
        ),
    ),
    (
        "class-of-another-definition",
        choice(
            "It is a sheet. It is Red because the sheet mentions colour or warmth."
            " So the answer is (A).",
            **CLASSES,
        ),
    ),
    ("claimed-count-not-of-list", failure(FRUITS.format(claim=4), extracted="4", **LISTED)),
    (
        "claimed-count-not-of-list",
        failure(
            FRUITS.replace("{claim} fruits", "four fruits").format(claim=4), extracted="4", **LISTED
        ),
    ),
    (
        "call-argument-missing",
        tool_use('{"name": "weather", "arguments": {"days": 3}}', "Rain.", **FUNCTIONS),
    ),
    (
        "call-argument-type",
        tool_use('{"name": "weather", "arguments": {"city": 7}}', "Rain.", **FUNCTIONS),
    ),
    ("call-function", tool_use('{"name": "news", "arguments": {}}', "Rain.", **FUNCTIONS)),
    ("call-wrapped", tool_use("weather(city='Oslo', days=3)", CALL, **FUNCTIONS)),
]

SILENT = [
    (
        "inference-invalid",
        failure(
            PREMISES.format(given="sweet(Bo)", then="fig(Ann)", goal="ripe(Ann)")
            + "By (1), we have if X = NOT (ripe(Ann)), then X = NOT (fig(Ann)).\n"
            "So, it is true that all is ripe. So the answer is valid.",
            **ARGUMENT,
        ),
    ),
    (
        "inference-invalid",
        failure(
            PREMISES.format(given="sweet(Bo)", then="fig(Ann)", goal="sweet(Bo)")
            + "By (2), we have if X = fig(Ann), then X = large(Cy).",
            **ARGUMENT,
        ),
    ),
    (
        "class-of-another-definition",
        choice("It is Red because a rose is on it. So the answer is (A).", **CLASSES),
    ),
    ("claimed-count-not-of-list", failure(FRUITS.format(claim=3), extracted="3", **LISTED)),
    (
        "claimed-count-not-of-list",
        failure(FRUITS.format(claim=4), extracted="4", **(LISTED | {"references": ("5",)})),
    ),
    ("call-as-due", tool_use("weather(city='Oslo', days=3)", CALL, **FUNCTIONS)),
    (
        "call-argument-missing",
        tool_use('{"name": "weather", "arguments": {"city": "Oslo"}}', "Rain.", **FUNCTIONS),
    ),
    (
        "no-conclusion",
        choice("Bread rests for a night. Rye needs more water than wheat does. " * 3),
    ),
    (
        "text-of-another-option",
        choice("Some words. " * 2_000 + "It is deep blue. The answer is (C).", **COUNTED),
    ),
    (
        "loop",
        tool_use(
            "[" + ", ".join(f"weather(city='Oslo', days={day})" for day in range(20)) + "]", CALL
        ),
    ),
]
