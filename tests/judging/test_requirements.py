import pytest

from generator.judging.judge import findings_of
from generator.judging.requirements import unmet
from tests.judging.cases import GOOD, note
from tests.judging.factory import failure


@pytest.mark.parametrize(
    ("task", "output", "kinds"),
    [
        ("Write at least 5 words.", "Only three words.", ["length"]),
        ("Write at least 5 words.", "These are five words here.", []),
        ("Write at most two sentences.", "One. Two. Three.", ["length"]),
        ("Use fewer than 4 words.", "one two three four", ["length"]),
        ("Give exactly 3 bullet points.", "- a\n- b", ["parts"]),
        ("Give exactly three bullets.", "* a\n* b\n* c", []),
        ("Write exactly 2 paragraphs.", "a\n\nb\n\nc", ["parts"]),
        ("Include the word 'tide'.", "The sea rises.", ["words"]),
        ("Do not use the word 'sea'.", "The sea rises.", ["words"]),
        ("Do not use the word 'sea'.", "The season turns.", []),
        ('End your letter with the phrase "so long".', "Dear all, so long!", []),
        ('End your letter with the phrase "so long".', "So long, dear all.", ["words"]),
        ("Answer in all lowercase.", "the Sea", ["form"]),
        ("Do it without commas.", "sea, sky", ["form"]),
        ("Reply in JSON format.", "sea: 1", ["form"]),
        ("Reply in JSON format.", '```json\n{"sea": 1}\n```', []),
        ("How many words are there?", "Seven.", []),
    ],
)
def test_stated_requirements_are_checked(task: str, output: str, kinds: list[str]) -> None:
    assert [one.kind for one in unmet(task, output)] == kinds


def test_the_place_of_a_forbidden_word_is_shown() -> None:
    (one,) = unmet("Never use the word 'sea'.", "By the sea.")
    assert "By the sea."[one.span.start : one.span.end] == "sea"


def test_requirements_matter_for_free_text_alone() -> None:
    task = "Write at least 5 words."
    free = failure("Three words here.", task_type="free-text", references=(), input=task)
    short = failure("Three words here.", input=task)
    assert "length-unmet" in {finding.rule for finding in findings_of(free)}
    assert "length-unmet" not in {finding.rule for finding in findings_of(short)}


@pytest.mark.parametrize(
    ("output", "kinds"),
    [
        (GOOD, []),
        (GOOD.replace("By the lamp.", "By the gate."), ["words"]),
        (GOOD.replace("## When\nOn Monday.\n", ""), ["parts", "length"]),
        # A section too many is one fault: the sentences that it adds are not another.
        (GOOD.replace("Yours", "## More\nSun.\nYours"), ["extra"]),
        (GOOD.replace("Yours", "## Where\nBy the lamp.\nYours"), ["repeated"]),
        # What stands outside the note is not counted as part of it.
        (f"{GOOD}\n\nAnother question. And more.", ["runs-on"]),
        (f"Sure. Here it is:\n{GOOD}", ["wrapped"]),
        (GOOD.replace("## Where", "* Where"), ["marked"]),
        ("I cannot help with that.", ["unrelated"]),
    ],
)
def test_a_note_is_held_to_its_brief(output: str, kinds: list[str]) -> None:
    case = note(output)
    assert [one.kind for one in unmet(case.input, output, case.references)] == kinds


def test_what_a_right_text_breaks_too_is_no_requirement() -> None:
    task = "Write at least 9 words."
    assert unmet(task, "Two words.", ["Three short words."]) == ()
    assert [one.kind for one in unmet(task, "Two words.", ["One two three " * 3])] == ["length"]


def test_a_short_reference_is_an_answer_and_no_text() -> None:
    case = failure("It is 18.", task_type="mixed", input="Answer in all lowercase: how many?")
    assert not {finding.rule for finding in findings_of(case)} & {"form-unmet", "off-topic"}
