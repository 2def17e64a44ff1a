"""What is computed aside comes out as it would here, and whoever asks hears what went wrong."""

import os
import signal

import pytest

from generator.errors import OutsideError
from generator.store.aside import aside, working_aside


def whose(value: int, *, more: int = 0) -> tuple[int, int]:
    return os.getpid(), value + more


def ended() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_without_a_process_it_is_computed_here_and_at_once() -> None:
    assert aside(whose, 3, more=4)() == (os.getpid(), 7)
    with pytest.raises(ValueError, match="invalid literal"):
        aside(int, "three")


def test_one_process_does_it_all_and_ends_with_the_work() -> None:
    with working_aside():
        begun = [aside(whose, value, more=1) for value in range(3)]
        found = [one() for one in begun]
    assert [value for _, value in found] == [1, 2, 3]
    (process,) = {process for process, _ in found}
    assert process != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_whoever_asks_hears_what_went_wrong() -> None:
    with working_aside():
        wrong = aside(int, "three")
        right = aside(int, "3")
        with pytest.raises(ValueError, match="invalid literal"):
            wrong()
        assert right() == 3


def test_a_process_that_is_killed_is_told_of() -> None:
    with working_aside(), pytest.raises(OutsideError, match="was ended"):
        aside(ended)()
