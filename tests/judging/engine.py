"""A real inference server, llama-cpp-python's, with a tiny random model made on the spot.

It is no dependency. Either it is installed beside this project
(``pip install 'llama-cpp-python[server]' gguf``), or ``ERRORATLAS_ENGINE`` names the Python
interpreter of an environment that has it.
"""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTING = 120.0
"""Longest time in seconds until the server listens."""
_MODEL = Path(__file__).with_name("tiny_model.py")


def interpreter() -> str | None:
    """Return the Python interpreter that has the engine, none where there is none."""
    named = os.environ.get("ERRORATLAS_ENGINE")
    if named:
        return named
    found = all(importlib.util.find_spec(name) for name in ("llama_cpp", "fastapi", "gguf"))
    return sys.executable if found else None


@contextmanager
def engine(python: str, folder: Path) -> Iterator[str]:
    """Serve a tiny random model while the block runs, and give the address up to ``/v1``.

    Args:
        python: Interpreter that has the engine.
        folder: Folder for the model and what the server prints.
    """
    model = folder / "tiny.gguf"
    # Not ours: the modules that it imports are those of its own environment.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([python, str(_MODEL), str(model)], check=True, env=settings)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [python, "-m", "llama_cpp.server", "--model", str(model), "--port", str(port)]
    command += ["--host", "127.0.0.1", "--n_ctx", "32768", "--chat_format", "chatml"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=settings)
    try:
        address = f"http://127.0.0.1:{port}/v1"
        _wait(process, f"{address}/models", folder / "server.log")
        yield address
    finally:
        process.kill()  # It waits for requests that nobody waits for any more.
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  on this machine
                return
        except OSError:
            time.sleep(0.1)
    msg = f"the server did not start: {log.read_text(errors='replace')[-2000:]}"
    raise RuntimeError(msg)
