"""``erroratlas serve`` as people use it: edit, look, mend."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.made_up import checkout

pytestmark = pytest.mark.slow
PATIENCE = 300
"""Seconds until something that has to be said counts as missing, on however busy a machine."""
SERVE = ("serve", "--port", "0", "--workers", "1")
MODEL = "content/models/acme__beta.yml"


class Serving:
    """The command at work, and what it says."""

    def __init__(self, root: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "--root", str(root), *SERVE, *options],
            env={
                **os.environ,
                "ERRORATLAS_CACHE": str(root / "cache"),
                "ERRORATLAS_SITE_URL": "",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, words: str) -> str:
        """Wait until something is said, and return the line."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                pytest.fail(f"{words!r} was never said, but:\n{''.join(self.said)}")
            self.said.append(line)
            if words in line:
                return line

    def stop(self) -> int:
        # Not SIGINT: where tests run in the background it is ignored, and children inherit that.
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@pytest.fixture
def root(tmp_path: Path, project_root: Path) -> Path:
    return checkout(tmp_path, project_root)


@pytest.fixture
def serving(root: Path) -> Iterator[Serving]:
    begun = Serving(root)
    yield begun
    begun.process.kill()
    begun.process.wait()
    assert begun.process.stdout is not None
    begun.process.stdout.close()


def page(address: str) -> str:
    with urllib.request.urlopen(address) as response:  # noqa: S310 - loopback
        text: str = response.read().decode()
    return text


def test_what_changes_is_built_again_and_what_is_wrong_leaves_the_site(
    root: Path, serving: Serving
) -> None:
    found = re.search(r"http://\S+", serving.until("watching for changes"))
    assert found
    address = f"{found[0]}models/acme__beta/"
    assert "Ypsilon" not in page(address)
    other = root / "build" / "docs" / "method.md"
    kept = other.stat().st_mtime_ns

    (root / MODEL).write_text("name: Ypsilon\ndeveloper: Acme\n", encoding="utf-8")
    serving.until(f"Changed: {MODEL}")
    serving.until("Built in")
    assert "Ypsilon" in page(address)
    assert other.stat().st_mtime_ns == kept

    (root / MODEL).write_text("name: Omega\ndeveloper: 3\n", encoding="utf-8")
    serving.until(f"models/{Path(MODEL).name}:2: developer")
    serving.until("Not built; the site that was built last is still served.")
    assert "Ypsilon" in page(address)

    (root / MODEL).write_text("name: Omega\ndeveloper: Acme\n", encoding="utf-8")
    serving.until("Built in")
    assert "Omega" in page(address)
    # Verdicts that the first build wrote were no reason to build again.
    assert sum(line.startswith("Changed:") for line in serving.said) == 3
    assert "Traceback" not in "".join(serving.said)
    assert serving.stop() == 0
    serving.until("Stopped.")


def test_a_verdict_that_is_gone_is_made_again(root: Path, serving: Serving) -> None:
    serving.until("watching for changes")
    verdicts = root / "content" / "verdicts" / "notes" / "acme__beta.parquet"
    before = verdicts.read_bytes()
    verdicts.unlink()
    serving.until("Changed: content/verdicts/notes/acme__beta.parquet")
    serving.until("Built in")
    assert verdicts.read_bytes() == before
    assert serving.stop() == 0


def test_without_a_site_there_is_nothing_to_serve_unwatched(root: Path) -> None:
    begun = Serving(root, "--no-watch")
    begun.until("run `erroratlas build` first")
    assert begun.process.wait(PATIENCE) == 1
    assert begun.process.stdout is not None
    begun.process.stdout.close()
