"""What has to hold before an edition is released; every problem is said at once."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.errors import InputError, Problem
from generator.judging.run import State
from generator.records.changes import EditionVersion
from generator.records.keys import RunKey
from generator.records.release import place_of
from generator.store.content import Content
from generator.store.history import git
from generator.store.problems import visible

_VERSION: TypeAdapter[str] = TypeAdapter(EditionVersion)
MOST = 20
"""Files of an unclean tree that are named."""
_MENDING = {
    "stale": "run `erroratlas judge`, or leave it out of date on purpose with --pending",
    "missing": "run `erroratlas fetch` and `erroratlas judge`, or name it with --pending",
}


def is_version(text: str) -> bool:
    """Tell whether a text is a version of a release."""
    try:
        _VERSION.validate_python(text)
    except ValidationError:
        return False
    return True


def unclean(root: Path) -> Iterator[Problem]:
    """Yield the files of a checkout that no commit holds as they are.

    Raises:
        OutsideError: git is not installed.
    """
    try:
        listed = git(root, "status", "--porcelain", "-z", "--no-renames")
    except InputError as error:
        wrong, mend = f"no checkout of git: {error}", "release from a clone of the project"
        yield Problem(".", 0, "-", "", wrong, mend)
        return
    entries = [entry for entry in listed.split(b"\0") if entry]
    for entry in entries[:MOST]:
        name = visible(entry[3:].decode("utf-8", "replace"), 200)
        yield Problem(name, 0, "-", "", "in no commit as it is", "commit it, or put it back")
    if len(entries) > MOST:
        wrong = f"{len(entries) - MOST:,} more files are in no commit as they are"
        yield Problem(".", 0, "-", "", wrong, "commit them, or put them back")


def misnumbered(content: Content, version: str) -> Iterator[Problem]:
    """Yield what speaks against a version: its form, the edition, and what was released."""
    if not is_version(version):
        mend = "use a calendar version, such as 2026.12, or 2026.12.1 for a correction of it"
        yield Problem("releases", 0, "version", visible(version), "no version of a release", mend)
        return
    layout, edition = content.layout, content.atlas.edition
    if edition.removesuffix("-dev") != version:
        name, wrong = layout.name(layout.atlas), f"it is not {version}"
        yield Problem(name, 0, "edition", edition, wrong, f'write "{version}-dev" and commit it')
    if version in content.releases:
        name = layout.name(layout.release(version))
        wrong, mend = "it was released before", "take the next version: a release never changes"
        yield Problem(name, 0, "version", version, wrong, mend)
        return
    last = max(content.releases, key=place_of, default=None)
    if last is not None and place_of(version) <= place_of(last):
        name, wrong = layout.name(layout.release(last)), f"{version} is not later than {last}"
        yield Problem(name, 0, "version", version, wrong, "take a later version")


def unjudged(
    content: Content, states: Mapping[RunKey, State], pending: Collection[str]
) -> Iterator[Problem]:
    """Yield the runs without fresh verdicts that nobody named, and names that are no such run.

    Args:
        content: The content.
        states: Of every run, whether its verdicts are fresh.
        pending: Runs that may be released as they are, ``benchmark/model`` each.
    """
    layout = content.layout
    waiting = {"/".join(key): state for key, state in states.items() if state != "fresh"}
    for key, state in states.items():
        if state != "fresh" and "/".join(key) not in pending:
            name = layout.name(layout.verdicts(*key))
            yield Problem(name, 0, "-", "", f"its verdicts are {state}", _MENDING[state])
    for name in sorted(set(pending) - set(waiting)):
        wrong = "named as pending, and no run that waits for verdicts"
        yield Problem("verdicts", 0, "-", visible(name), wrong, "leave it out")
