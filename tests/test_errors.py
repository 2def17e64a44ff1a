"""Errors keep what they say when they cross from one process to another."""

import pickle

from generator.cli.main import message
from generator.errors import ContentError, InputError, OutsideError, Problem, printable

PROBLEM = Problem("a.yml", 3, "name", "x", "wrong", "mend")


def test_content_errors_survive_pickling() -> None:
    again = pickle.loads(pickle.dumps(ContentError([PROBLEM])))  # noqa: S301  our own bytes
    assert again.problems == (PROBLEM,)
    assert str(again) == "a.yml:3: name: x: wrong: mend\n1 problem found"


def test_other_errors_survive_pickling() -> None:
    for error in (InputError("one: mend it"), OutsideError("two: try again")):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
        assert (type(again), str(again)) == (type(error), str(error))


def test_a_problem_is_one_line_whatever_its_file_is_called() -> None:
    odd = PROBLEM._replace(path="a\nb\x1b[2J\u202e.yml")
    assert str(odd) == "a\\nb\\x1b[2J\\u202e.yml:3: name: x: wrong: mend"


def test_what_is_shown_cannot_move_the_cursor() -> None:
    assert message(InputError("one\x1b[2J\ntwo")) == "one\\x1b[2J\ntwo"
    assert printable("plain") == "plain"
