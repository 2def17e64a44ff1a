import pytest

from generator.judging.judge import findings_of
from generator.judging.requirements import unmet
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
