"""Some thousands of hostile inputs, the same each time; ``make fuzz`` makes many more.

They run in a process of their own, since what watches over them stays with a process.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.logs import FORMATS
from tests.fuzz.__main__ import shares
from tests.fuzz.breaking import seeded, spoiled
from tests.fuzz.dice import ByteDice
from tests.fuzz.targets import TARGETS, log_files

RUNS = 3_000


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_hostile_inputs_break_nothing(project_root: Path) -> None:
    done = run(project_root, "-m", "tests.fuzz", "--engine", "seeds", "--runs", str(RUNS))
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    assert sum(map(str.isdigit, done.stdout)), "it says how many"
    assert done.stdout.endswith("nothing broke\n")


WATCHED = """
import sys, tempfile
from pathlib import Path
from tests.fuzz.guard import EscapeError, Guard, HangError
root = Path(tempfile.mkdtemp())
(root / "in").mkdir()
with Guard().watching(root / "in"):
    {does}
"""
DONE = {
    "(root / 'in/a').write_text('x')": "",
    "(root / 'a').write_text('x')": "EscapeError: open",
    "(root / 'a').mkdir()": "EscapeError: os.mkdir",
    "(root / 'in/../a').mkdir()": "EscapeError: os.mkdir",
    "(root / 'in').rename(root / 'out')": "EscapeError: os.rename",
    "(root / 'in/b').symlink_to(root); (root / 'in/b/c').write_text('x')": "EscapeError: open",
    "import subprocess; subprocess.run(['true'])": "EscapeError: subprocess.Popen",
    "import socket; socket.socket().connect(('127.0.0.1', 9))": "EscapeError: socket.connect",
    "while True: pass": "HangError",
    "sum(range(3 * 10**8))": "HangError",
}


@pytest.mark.parametrize("does", DONE)
def test_the_guard_sees(project_root: Path, does: str) -> None:
    done = run(project_root, "-c", WATCHED.format(does=does))
    assert DONE[does] in done.stderr
    assert (done.returncode == 0) == (not DONE[does]), done.stderr


def test_every_format_is_fuzzed() -> None:
    assert FORMATS.keys() <= TARGETS.keys()
    assert sum(shares(100_000).values()) >= 100_000


@given(st.binary(max_size=64), st.integers(1, 100_000))
def test_dice_of_bytes_fall_within_bounds(data: bytes, sides: int) -> None:
    dice = ByteDice(data)
    for _ in range(40):
        assert 0 <= dice.randrange(sides) < sides
        assert 5 <= dice.randint(5, 5 + sides) <= 5 + sides
        assert 0 <= dice.random() < 1
    assert ByteDice(data).choice("abc") == ByteDice(data).choice("abc")


def test_the_same_seed_makes_the_same_input() -> None:
    for key in sorted(FORMATS):
        assert log_files(key, seeded(5)) == log_files(key, seeded(5)) or key == "mmlu-pro"
    assert spoiled(b"abc", seeded(3)) == spoiled(b"abc", seeded(3))
