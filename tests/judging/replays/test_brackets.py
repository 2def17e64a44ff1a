import pytest

from generator.judging.replays.brackets import replay, symbols_due

TASK = "Complete the sequence so that the parentheses are closed properly. Input: ( [ ] <"
STEPS = ["( ; stack: (", "[ ; stack: ( [", "] ; stack: (", "< ; stack: ( <"]
CLOSING = 'The final stack is "( <".'
POPPED = 'We will need to pop out "<", "(" one by one in that order.'
ANSWER = "So the answer is > )."
WHOLE = [*STEPS, CLOSING, POPPED, ANSWER]


def test_the_brackets_are_read_with_and_without_a_sentence_around_them() -> None:
    assert symbols_due(TASK) == "([]<"
    assert symbols_due("( [ ] <") == "([]<"
    assert symbols_due("Close the door (gently).") is None


def test_a_right_trace_has_no_slip() -> None:
    assert replay(TASK, "\n".join(WHOLE)) is None


@pytest.mark.parametrize(
    ("place", "line", "kind"),
    [
        (1, "[ ; stack: [ (", "stack-wrong"),
        (2, "< ; stack: ( [ <", "symbol-skipped"),
        (2, "[ ; stack: ( [ [", "symbol-repeated"),
        (4, 'The final stack is "<".', "stack-wrong"),
        (5, 'We will need to pop out "<", "(", "(" in that order.', "closing-repeated"),
        (5, 'We will need to pop out "(", "<" in that order.', "closing-misordered"),
        (6, "So the answer is >.", "closing-skipped"),
    ],
)
def test_the_first_step_that_does_not_follow_is_named_and_placed(
    place: int, line: str, kind: str
) -> None:
    lines = [*WHOLE[:place], line, *WHOLE[place + 1 :]]
    output = "\n".join(lines)
    slip = replay(TASK, output)
    assert slip is not None
    assert slip.kind == kind
    assert output[slip.span.start : slip.span.end] == line


def test_a_trace_that_claims_its_end_too_early_skips_symbols() -> None:
    slip = replay(TASK, "\n".join([*STEPS[:3], CLOSING]))
    assert slip is not None
    assert slip.kind == "symbol-skipped"


def test_a_bare_answer_tells_only_what_is_missing() -> None:
    short = replay(TASK, ">")
    assert short is not None
    assert short.kind == "answer-cut-short"
    assert replay(TASK, "> ]") is None
    assert replay(TASK, "> ) )") is None
