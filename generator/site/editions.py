"""The sites of all editions on one branch: the one module that knows mike.

mike's own commands build with MkDocs and deploy what comes out. Here a site is built and checked
before, so mike is asked for what it knows of branches and of ``versions.json`` alone: what lies on
the branch is byte for byte what was checked, and an edition is there as a whole or not at all.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

from mike.git_utils import Commit, FileInfo, GitError
from mike.versions import Versions

from generator.errors import InputError
from generator.records.atlas import DEV, LATEST, folder_of
from generator.records.release import place_of
from generator.release.checks import is_version
from generator.site.branch import tip
from generator.site.gone import gone_pages, top_page
from generator.site.seal import Seal
from generator.store.history import git
from generator.store.problems import visible

VERSIONS = "versions.json"
"""What the selector of versions reads."""
_AT_THE_TOP = ("404.html", "robots.txt")
"""Files of the edition that readers are led to, which hosts look for at the top alone."""


class Published(NamedTuple):
    """What became of the branch."""

    folder: str
    """Folder of the edition."""
    latest: bool
    """Whether it is the latest now."""
    files: int
    """Files of the edition."""
    gone: tuple[str, ...]
    """Pages that earlier editions had and the latest has not."""


def editions_on(root: Path, branch: str) -> Versions:
    """Return the editions that lie on a branch; none where there is no such branch.

    Raises:
        InputError: The branch holds something else.
    """
    try:
        text = git(root, "show", "--end-of-options", f"refs/heads/{branch}:{VERSIONS}")
    except InputError:
        if tip(root, branch):
            msg = f"{visible(branch)}: a branch without {VERSIONS}: it does not hold editions"
            raise InputError(msg) from None
        return Versions()
    try:
        listed = json.loads(text)
        if not isinstance(listed, list):
            raise TypeError("a list was expected")  # noqa: TRY301 - told below with the others
        return Versions.from_json(listed)
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{visible(branch)}: {VERSIONS}: not a list of editions: {visible(error, 100)}"
        raise InputError(msg) from error


def put_edition(root: Path, site: Path, seal: Seal, *, branch: str, title: str) -> Published:
    """Commit a site to the branch of all editions.

    Args:
        root: The checkout.
        site: Folder of the site, built and checked.
        seal: What it was made from.
        branch: Local branch; made if it is not there.
        title: Name of the Atlas.

    Raises:
        InputError: The edition lies there already: a released one never changes. Or git refuses.
    """
    folder = folder_of(seal.edition)
    known = editions_on(root, branch)
    # What lies there counts, whatever the list says.
    others = {str(one.version) for one in known if is_version(str(one.version))}
    others |= {name for name in _folders(root, branch) if is_version(name)}
    if folder in others:
        msg = (
            f"{folder}: published before, and a published edition never changes: release a "
            "correction of it under the next version"
        )
        raise InputError(msg)
    latest = folder != DEV and all(place_of(folder) > place_of(other) for other in others)
    try:
        info = known.add(folder, seal.edition, [LATEST] if latest else [], update_aliases=True)
        info.title = seal.edition
    except ValueError as error:
        msg = f"{visible(branch)}: {VERSIONS}: {visible(error, 200)}"
        raise InputError(msg) from error
    files = {path.relative_to(site).as_posix(): path for path in _files(site)}
    gone = _gone(root, branch, others, files, title) if latest else {}
    leads = latest or not others
    try:
        with chdir(root), Commit(branch, f"Edition {seal.edition}", allow_empty=True) as commit:
            commit.delete_files([folder, *([LATEST] if latest else [])])
            for name, path in files.items():
                data = path.read_bytes()
                for place in (folder, *([LATEST] if latest else [])):
                    commit.add_file(FileInfo(f"{place}/{name}", data))
                if leads and name in _AT_THE_TOP:
                    commit.add_file(FileInfo(name, data))
            for name, data in gone.items():
                commit.add_file(FileInfo(f"{LATEST}/{name}", data))
            if leads:
                top = top_page(title, LATEST if latest else folder)
                commit.add_file(FileInfo("index.html", top))
            commit.add_file(FileInfo(VERSIONS, known.dumps() + "\n"))
            commit.add_file(FileInfo(".nojekyll", b""))
    except GitError as error:
        msg = f"git refuses to commit the edition: {visible(error, 200)}"
        raise InputError(msg) from error
    return Published(folder, latest, len(files), tuple(gone))


def _folders(root: Path, branch: str) -> list[str]:
    """Return the folders at the top of the branch; none where there is no such branch."""
    if not tip(root, branch):
        return []
    listed = git(root, "ls-tree", "-d", "-z", "--name-only", f"refs/heads/{branch}")
    return [name.decode("utf-8", "replace") for name in listed.split(b"\0") if name]


def _files(site: Path) -> Iterator[Path]:
    yield from (path for path in sorted(site.rglob("*")) if path.is_file())


def _gone(
    root: Path, branch: str, others: set[str], files: Mapping[str, Any], title: str
) -> dict[str, bytes]:
    """Return pages for the addresses that earlier editions had and this one has not."""
    before = {}
    for other in sorted(others, key=place_of, reverse=True):
        place = f"refs/heads/{branch}:{other}"
        listed = git(root, "ls-tree", "-r", "-z", "--name-only", "--end-of-options", place)
        before[other] = [name.decode("utf-8", "replace") for name in listed.split(b"\0") if name]
    return gone_pages(title, before, files)
