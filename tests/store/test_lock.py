"""One writer at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.store.lock import alone


def test_the_second_who_wants_a_benchmark_is_told(tmp_path: Path):
    with (
        alone(tmp_path / "sums.lock", "judging sums"),
        pytest.raises(
            InputError, match=rf"another process is judging sums \(process {os.getpid()}"
        ),
        alone(tmp_path / "sums.lock", "judging sums"),
    ):
        pass
    with (
        alone(tmp_path / "sums.lock", "judging sums"),
        alone(tmp_path / "others.lock", "judging others"),
    ):
        pass


def test_a_killed_run_leaves_no_lock(tmp_path: Path):
    program = (
        "import sys, time; from pathlib import Path; from generator.store.lock import alone\n"
        "with alone(Path(sys.argv[1]) / 'sums.lock', 'judging'):\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(InputError), alone(tmp_path / "sums.lock", "judging sums"):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with alone(tmp_path / "sums.lock", "judging sums"):
            pass


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(InputError, match="set ERRORATLAS_CACHE"),
        alone(tmp_path / "file" / "x", "judging"),
    ):
        pass
