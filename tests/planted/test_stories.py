"""Facts about the tables of stories and requests."""

import re
from fractions import Fraction

import pytest

from generator.planted.dice import Dice
from generator.planted.kinds import ACCEPTABLE, KINDS
from generator.planted.plans import draw_values, evaluate, parts_of, solve
from generator.planted.systems import SYSTEMS
from generator.planted.wordings import multiple_choice, tool_calls, units_time, word_problems
from generator.planted.wordings.deliveries import in_words
from tests.planted.reading import ANSWERS, quantities, value_of

STORIES = (*word_problems.STORIES, *multiple_choice.STORIES, *units_time.STORIES)


def test_names_are_unique():
    names = [story.id for story in STORIES] + [request.id for request in tool_calls.REQUESTS]
    assert len(set(names)) == len(names)


def test_each_story_has_an_independent_answer():
    assert {story.id for story in STORIES} == set(ANSWERS)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_each_wording_gives_every_quantity_once(story):
    for wording in story.wordings:
        slots = re.findall(r"\{(\w+)\}", wording)
        assert sorted(slot for slot in slots if slot not in "ABC") == sorted(story.quantities)
        assert not re.search(r"[0-9]", wording)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_plan_leads_to_the_independent_answer(story):
    for seed in range(5):
        values = draw_values(story, Dice(seed))
        work = solve(story.steps, values, story.targets)
        assert work is not None
        assert work.answers == ANSWERS[story.id](**values)
        names = dict.fromkeys("ABC", "Ann")
        text = story.wordings[seed % 3].format(**values, **names)
        assert quantities(text, story.wordings[seed % 3]) == values


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_reading_a_step_from_left_to_right_is_reading_it_as_in_school(story):
    for step in story.steps:
        names, operators = parts_of(step.expression)
        operands = tuple(range(3, 3 + len(names)))
        assert evaluate(operands, operators) == value_of(operands, operators)


def test_dividing_by_zero_has_no_value():
    assert evaluate((4, 0), ("/",)) is None
    assert evaluate((4, 3), ("/",)) == Fraction(4, 3)


def test_calls_of_a_request_use_its_functions_and_slots():
    for request in tool_calls.REQUESTS:
        functions = {f.name: {p.name for p in f.parameters} for f in request.functions}
        for call in request.calls:
            assert set(call.arguments) == functions[call.function]
            assert set(call.arguments.values()) <= {*request.words, *request.numbers}


def test_systems_plant_only_known_categories_and_differ():
    for system in SYSTEMS:
        assert set(system.mix) <= set(KINDS.values())
        assert 0.3 <= system.rate <= 0.45
    assert len({system.style for system in SYSTEMS}) == len(SYSTEMS)


def test_what_is_acceptable_besides_is_another_category():
    for kind, others in ACCEPTABLE.items():
        assert KINDS[kind] not in others


def test_numbers_in_words():
    assert in_words(0) == "zero"
    assert in_words(18) == "eighteen"
    assert in_words(40) == "forty"
    assert in_words(321) == "three hundred twenty-one"
    assert in_words(12_005) == "twelve thousand five"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_false_statement_comes_in_three_wordings_and_changes_its_step(story):
    for falsehood in story.falsehoods:
        (step,) = (step for step in story.steps if step.name == falsehood.step)
        assert falsehood.expression != step.expression
        assert len(set(falsehood.statements)) == 3
