"""Finds a Chromium that starts, or installs one, for the browser tests.

Run as ``python -m tests.browser_setup``: as root on a machine with ``apt-get`` Debian's package is
installed, elsewhere Playwright's own build. Where neither works the browser tests are skipped with
the reason, unless ``ERRORATLAS_REQUIRE_BROWSER=1``, which turns that into a failure.

Tests ask :func:`chromium_or_skip` for the executable.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""Commands under which a Chromium is installed, in the order they are tried."""

PACKAGES = ("chromium", "fonts-dejavu-core")
"""Debian's packages: the browser, and one font so that text has a width."""

INSTALL_SECONDS = 600
"""A download that takes longer than this is given up."""

MISSING = "NOT RUN: the browser tests, because no Chromium starts here and none could be installed"


def required() -> bool:
    """Whether a missing browser is a failure and not a reason to skip."""
    return os.environ.get("ERRORATLAS_REQUIRE_BROWSER") == "1"


def installed() -> list[Path]:
    """Chromium executables on this machine, the preferred one first."""
    found = [Path(path) for name in NAMES if (path := shutil.which(name))]
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return [*found, own] if own.is_file() else found


def starts(executable: Path) -> bool:
    """Whether this Chromium opens a page: a file on the disk alone may lack its libraries."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, timeout=60_000)
            try:
                page = browser.new_page()
                page.set_content("<title>ready</title>")
                return page.title() == "ready"
            finally:
                browser.close()
        except Error:
            return False


@functools.cache
def chromium() -> Path | None:
    """The first installed Chromium that starts."""
    return next((path for path in installed() if starts(path)), None)


def chromium_or_skip() -> Path:
    """The Chromium to test with; without one the test is skipped, or fails where required."""
    path = chromium()
    if path is None:
        reason = f"{MISSING}; try: make browser"
        if required():
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def run(command: list[str], **extra: str) -> bool:
    """Run an installer quietly; show what it said only if it failed."""
    print("Installing a Chromium:", " ".join(command), flush=True)
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False
    if done.returncode:
        print(done.stdout[-2_000:], file=sys.stderr)
    return done.returncode == 0


def from_debian() -> bool:
    """Install Debian's package; only root can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    # The lists of a machine that was just set up are empty or old. A single repository that does
    # not answer is no reason to stop: what is needed may come from another.
    run(["apt-get", "update", "-q"])
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES]
    return run(install, DEBIAN_FRONTEND="noninteractive")


def from_playwright() -> bool:
    """Download Playwright's own build into the user's cache."""
    return run([sys.executable, "-m", "playwright", "install", "chromium"])


INSTALLERS: dict[str, Callable[[], bool]] = {
    "Debian": from_debian,
    "Playwright": from_playwright,
}
"""Ways to get a browser, in the order they are tried."""


def main() -> int:
    """Make sure that a Chromium starts. Returns the exit status."""
    path = chromium()
    for install in INSTALLERS.values():
        if path is not None:
            break
        if install():
            chromium.cache_clear()
            path = chromium()
    if path is None:
        print(MISSING, file=sys.stderr)
        print("Install one by hand: playwright install --with-deps chromium", file=sys.stderr)
        return 1 if required() else 0
    print(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
