from generator.judging.replays.swaps import replay, story_of

TASK = (
    "Ada, Ben, and Cleo are playing a game: Ada has a red ball, Ben has a blue ball, and Cleo has a"
    " green ball.\nFirst, Ada and Ben swap balls. Then, Ben and Cleo swap balls. At the end of the"
    " game, Ben has the\nOptions:\n(A) red ball\n(B) blue ball\n(C) green ball"
)
OBJECTS = ("red ball", "blue ball", "green ball")
START = "(0) At the start: Ada: red, Ben: blue, Cleo: green."
FIRST = "(1) Ada and Ben swap balls: Ada: blue, Ben: red, Cleo: green."
SECOND = "(2) Ben and Cleo swap balls: Ada: blue, Ben: green, Cleo: red."
END = "At the end of the game, Ben has the green ball. So the answer is (C)."


def test_the_story_tells_who_holds_what_and_who_swaps() -> None:
    story = story_of(TASK, OBJECTS)
    assert story is not None
    assert story.held == {"Ada": 0, "Ben": 1, "Cleo": 2}
    assert story.swaps == (("Ada", "Ben"), ("Ben", "Cleo"))
    assert story_of("Who has the ball?", OBJECTS) is None


def test_a_right_trace_has_no_slip() -> None:
    assert replay(TASK, OBJECTS, f"{START}\n{FIRST}\n{SECOND}\n{END}") is None


def test_initials_stand_for_names() -> None:
    assert replay(TASK, OBJECTS, "A: red, B: blue, C: green\nA: blue, B: red, C: green") is None
    assert replay(TASK, OBJECTS, "A: red, B: blue, C: green\nA: blue, B: green, C: red") is not None


def test_the_first_state_that_does_not_follow_is_the_slip() -> None:
    wrong = "(1) Ada and Ben swap balls: Ada: green, Ben: blue, Cleo: red."
    output = f"{START}\n{wrong}\n{SECOND}\n{END}"
    slip = replay(TASK, OBJECTS, output)
    assert slip is not None
    assert slip.kind == "holding-wrong"
    assert output[slip.span.start : slip.span.end] == wrong


def test_a_swap_that_the_task_does_not_tell_is_a_slip() -> None:
    slip = replay(TASK, OBJECTS, f"{START}\n{SECOND}")
    assert slip is not None
    assert slip.span.start == len(START) + 1
