"""New files: nothing is written over unasked, and what was written is said."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from generator.errors import InputError
from generator.sources.cache import cache_root
from generator.store.atomic import write_bytes
from generator.store.layout import Layout
from generator.store.lock import alone
from generator.store.staging import publish, staged

FORCE = click.option("--force", is_flag=True, help="Replace what is there with other contents.")


def write_new(
    layout: Layout, folder: Path, files: Mapping[str, bytes], *, whole: bool, force: bool
) -> tuple[list[str], list[str]]:
    """Write files of one folder and return the names of those that changed and that did not.

    Args:
        layout: Where content files are.
        folder: Folder of the files.
        files: Contents by name.
        whole: Whether the folder is made for them, and so appears with all of them or not at all.
        force: Whether files with other contents are replaced.

    Raises:
        InputError: A file is there with other contents; nothing was written then.
    """
    with alone(cache_root() / "new.lock", "making new content"):
        same = [name for name, data in files.items() if _holds(folder / name, data)]
        changed = [name for name in files if name not in same]
        taken = [layout.name(folder / name) for name in changed if _taken(folder / name)]
        if taken and not force:
            msg = f"{', '.join(taken)}: there already, with other contents: --force replaces it"
            raise InputError(msg)
        if whole and not folder.exists():
            with staged(folder) as stage:
                for name in changed:
                    write_bytes(stage / name, files[name])
                publish(stage, folder)
        else:
            for name in changed:
                write_bytes(folder / name, files[name])
    return [layout.name(folder / name) for name in changed], [
        layout.name(folder / name) for name in same
    ]


def _taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def say(form: str, changed: Sequence[str], unchanged: Sequence[str], steps: Sequence[str]) -> None:
    """Say what was written and what comes next."""
    if form == "json":
        report = {"written": list(changed), "unchanged": list(unchanged), "next": list(steps)}
        click.echo(json.dumps(report, indent=2))
        return
    for name in changed:
        click.echo(f"wrote content/{name}")
    for name in unchanged:
        click.echo(f"content/{name} is as it was")
    for step in steps:
        click.echo(f"next: {step}")
