"""Errors keep what they say when they cross from one process to another."""

import pickle

from generator.errors import ContentError, InputError, OutsideError, Problem

PROBLEM = Problem("a.yml", 3, "name", "x", "wrong", "mend")


def test_content_errors_survive_pickling() -> None:
    again = pickle.loads(pickle.dumps(ContentError([PROBLEM])))  # noqa: S301  our own bytes
    assert again.problems == (PROBLEM,)
    assert str(again) == "a.yml:3: name: x: wrong: mend\n1 problem found"


def test_other_errors_survive_pickling() -> None:
    for error in (InputError("one: mend it"), OutsideError("two: try again")):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
        assert (type(again), str(again)) == (type(error), str(error))
