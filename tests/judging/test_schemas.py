"""The functions that a task offers."""

import json

import pytest

from generator.judging.schemas import Schema, clashes, schemas_in

WEATHER = {
    "name": "weather",
    "parameters": {
        "type": "dict",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}, "any": {}},
        "required": ["city", "nowhere"],
    },
}
READ = Schema({"city": "text", "days": "whole", "any": ""}, frozenset({"city"}))


@pytest.mark.parametrize(
    "task",
    [
        "Rain?\n\nAvailable functions:\n" + json.dumps(WEATHER, indent=1),
        "Functions: " + json.dumps([WEATHER]),
        "Tools {such as these}: " + json.dumps([{"type": "function", "function": WEATHER}]),
    ],
)
def test_functions_are_read_wherever_they_stand(task: str) -> None:
    assert schemas_in(task) == {"weather": READ}


@pytest.mark.parametrize(
    "task", ["", "No function.", '{"parameters": ', '[{"name": 3, "parameters": {}}]']
)
def test_what_is_no_function_is_passed_over(task: str) -> None:
    assert schemas_in(task) == {}


@pytest.mark.parametrize(
    ("kind", "value", "clash"),
    [
        ("text", "a", False),
        ("text", 3, True),
        ("whole", 3.0, False),
        ("whole", 3.5, True),
        ("whole", True, True),
        ("number", 3, False),
        ("number", "3", True),
        ("flag", True, False),
        ("flag", 1, True),
        ("list", [], False),
        ("list", "a", True),
        ("object", {}, False),
        ("object", [], True),
        ("", object(), False),
        ("text", None, False),
    ],
)
def test_a_value_is_held_against_the_kind(kind: str, value: object, *, clash: bool) -> None:
    assert clashes(kind, value) == clash
