"""build/docs to build/site: the one module that knows MkDocs."""

import calendar
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from generator.errors import InputError

CONFIG = "mkdocs.yml"
"""Name of MkDocs' configuration in the project."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

_NOISE = ("INFO", "DEBUG")


def run_mkdocs(
    root: Path,
    *,
    strict: bool = True,
    config: str = CONFIG,
    site: Path | None = None,
    day: date | None = None,
    address: str = "",
) -> None:
    """Build the site as ``mkdocs.yml`` says.

    MkDocs runs in a process of its own: its memory is given back, and neither its warnings filters
    nor its logging reach ours.

    Args:
        root: The project, or another folder with the configuration.
        strict: Whether a warning, such as a link that leads nowhere, fails the build.
        config: Name of the configuration file in ``root``.
        site: Folder to write; that of the configuration if None.
        day: Date of all pages in the site map, so that it does not change with the day of the
            build; that of the build if None.
        address: Public address of the home page. A site that has one lies beside those of other
            editions and lets its readers choose.

    Raises:
        InputError: MkDocs refused; its own words are the message.
    """
    # Not --quiet: what it silences, --strict does not count.
    command = [sys.executable, "-m", "mkdocs", "build", "--clean", "-f", config]
    if site is not None:
        command += ["--site-dir", str(site)]
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "ERRORATLAS_HOME": address,
        "ERRORATLAS_VERSIONS": "mike" if address else "",
    }
    if day is not None:
        environment["SOURCE_DATE_EPOCH"] = str(calendar.timegm(day.timetuple()))
    finished = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [*command, "--strict" if strict else "--no-strict"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if finished.returncode != 0:
        lines = _COLOUR.sub("", finished.stderr + finished.stdout).splitlines()
        said = [line for line in lines if line.strip() and not line.startswith(_NOISE)]
        raise InputError("\n".join(["mkdocs build failed:", *(said or ["without a word"])]))
