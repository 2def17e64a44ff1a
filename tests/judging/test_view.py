from fractions import Fraction

import pytest

from generator.judging.options import plain
from generator.judging.view import HEAD, TAIL, View
from tests.judging.factory import choice, failure


@pytest.mark.parametrize(
    "output",
    [
        "So it is six times three. The answer is (C).",
        "So it is six times three. The answer is C.",
        "(C)",
        "C",
        " C. ",
        "**Answer: C**",
        "Final Answer: C.",
        r"Thus \[\boxed{C}\]",
        r"The answer is: \boxed{\text{C}}",
        "Therefore, the correct answer is:\nC. 18",
        "The correct option is (C).",
        "A: C",
        "#### C",
    ],
)
def test_a_letter_is_read_in_every_usual_form(output: str) -> None:
    assert [final.letter for final in View(choice(output)).own_finals] == ["C"]


@pytest.mark.parametrize(
    "output",
    [
        "The answer is a cylinder.",
        "The answer is A cylinder of this kind",
        "The answer is",
        "Let us see what is given.",
        "The answer is B + C",
    ],
)
def test_prose_after_a_cue_names_no_option(output: str) -> None:
    assert not View(choice(output)).own_finals


@pytest.mark.parametrize(
    ("output", "number"),
    [
        ("A: 5", 5),
        ("#### 1,200", 1200),
        ("The answer is $18.", 18),
        (r"\boxed{-3.5}", Fraction(-7, 2)),
        ("Answer: 1/4", Fraction(1, 4)),
        ("25", 25),
        ("A: -1.8", Fraction(-9, 5)),
    ],
)
def test_a_number_is_read_in_every_usual_form(output: str, number: Fraction) -> None:
    (final,) = View(failure(output)).own_finals
    assert final.number == number


def test_offsets_point_at_the_final_in_the_output() -> None:
    output = "Six times three. The answer is (C). Good."
    (final,) = View(choice(output)).own_finals
    assert output[final.start : final.end] == "answer is (C)"


def test_a_base_model_that_runs_on_has_answered_with_its_first_final() -> None:
    view = View(
        choice("The answer is (B).\n\nQuestion: What is next?\nThe answer is (D).", extracted="B")
    )
    assert [final.letter for final in view.own_finals] == ["B"]
    assert view.chosen_letter == "B"


def test_without_running_on_the_last_final_counts() -> None:
    view = View(choice("The answer is (A).\n\nThe answer is (D).\n"))
    assert view.chosen_letter == "D"


def test_what_the_harness_took_is_what_was_chosen() -> None:
    view = View(choice("The answer is (A).\n\nThe answer is (D).\n", extracted="A"))
    assert view.chosen_letter == "A"
    assert view.counted == view.own_finals[0]


def test_options_are_read_from_the_input_where_the_item_lists_none() -> None:
    view = View(
        failure(
            "(A)", input="Which?\nOptions:\n(A) 01/02/2020\n(B) 01/03/2020", references=("(B)",)
        )
    )
    assert view.task.options.texts == ("01/02/2020", "01/03/2020")
    assert view.task.reference_letter == "B"


def test_the_reference_number_of_an_option_is_the_options() -> None:
    assert View(choice("")).task.reference_number == 18


def test_a_worked_reference_gives_its_last_line() -> None:
    assert View(failure("", references=("3 * 6 = 18\nA: 18",))).task.reference_number == 18
    assert View(failure("", references=("3 * 6 = 18\n#### 1,800",))).task.reference_number == 1800


@pytest.mark.parametrize(
    ("output", "cut"),
    [
        ("It is done.", False),
        ('It is "done."', False),
        ("It is (done).", False),
        ("It is being", True),
        ("We get 3.6 * 0.", True),
        ("which is $", True),
        ("as we saw, e.g.", True),
    ],
)
def test_an_output_that_ends_in_mid_sentence_is_cut_off(output: str, cut: bool) -> None:
    assert View(failure(output)).cut_off is cut


def test_the_servers_word_for_a_cut_counts() -> None:
    assert View(failure("It is done.", finish_reason="length")).cut_off


@pytest.mark.parametrize(
    "turn",
    [
        "We multiply the rate by the time to get the rate. ",
        "not not False = ",
        "f(1) = 2. ",
    ],
)
def test_a_loop_is_found_where_it_begins(turn: str) -> None:
    lead = "Let us think about this task with some care first. "
    view = View(failure(lead + turn * 40))
    assert view.loop_start is not None
    assert abs(view.loop_start - len(lead)) <= len(turn)


def test_a_loop_that_counts_is_a_loop() -> None:
    output = "".join(f"We have f({n}) = {n + 1}. " for n in range(40))
    assert View(failure(output)).loop_start is not None


def test_ordinary_prose_is_no_loop() -> None:
    words = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    output = " ".join(f"The {a} of the {b} is not the {a}." for a in words for b in words[:2])
    assert View(failure(output)).loop_start is None


def test_a_long_output_is_read_at_both_ends_with_its_own_offsets() -> None:
    output = "word " * 20_000 + "The answer is (C)."
    view = View(choice(output))
    assert len(view.text) == HEAD
    assert len(view.tail) == TAIL
    (final,) = view.own_finals
    assert output[final.start : final.end] == "answer is (C)"


def test_each_part_is_parsed_once() -> None:
    view = View(choice("3 * 6 = 18. The answer is (B)."))
    assert view.equations is view.equations
    assert view.sentences is view.sentences


def test_an_answer_in_the_middle_of_a_long_output_is_found() -> None:
    filler = "We go on and on. " * 2_000
    view = View(choice(filler + "The answer is (B). " + filler))
    assert [final.letter for final in view.own_finals] == ["B"]
    place = view.own_finals[0].start
    assert view.failure.output[place:].startswith("answer is (B)")


def test_nothing_is_said_of_what_stands_before_a_place_behind_the_unread_part() -> None:
    filler = "We go on and on. " * 2_000
    view = View(choice(filler + "The answer is (B)."))
    assert view.unread_before(view.own_finals[0].start)
    assert not view.sentences_before(view.own_finals[0].start)
    assert view.sentences_before(100)


def test_long_options_differ_by_their_ends() -> None:
    long = "all the same words " * 150
    assert plain(long + "here") != plain(long + "there")
