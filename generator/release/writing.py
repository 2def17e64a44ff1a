"""The files of the content that a release writes: all of them, or none."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.errors import ContentError, Problem
from generator.records.release import Release
from generator.release.citing import checkout_files
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.documents import write_document
from generator.taxonomy.retirement import snapshot

_EDITION = re.compile(r"^edition:.*$", re.MULTILINE)
_FROZEN = (
    "# The identifiers of the last release and what they mean, frozen. A release writes this file "
    "anew; nothing else does.\n"
)
_RELEASED = (
    "# Written by `erroratlas release`. Only the DOI may be filled in afterwards, under `doi`.\n"
)


def release_files(content: Content, release: Release) -> dict[Path, bytes]:
    """Return the files that a release writes, what says that it happened last.

    Args:
        content: What is released.
        release: What was frozen of it.

    Raises:
        ContentError: The edition does not stand in a line of its own.
    """
    layout = content.layout
    settings = layout.atlas.read_text(encoding="utf-8")
    # Quoted: YAML takes 2026.12 for a number. The rest of the file is a person's, and stays.
    text, lines = _EDITION.subn(f'edition: "{release.version}"', settings)
    if lines != 1:
        wrong, mend = "not in a line of its own", "write edition: and the version in one line"
        name = layout.name(layout.atlas)
        raise ContentError([Problem(name, 0, "edition", content.atlas.edition, wrong, mend)])
    files = {layout.atlas: text}
    frozen = snapshot(content.taxonomy)
    if frozen != content.released:
        files[layout.released] = _FROZEN + write_document(frozen)
    after = replace(
        content,
        atlas=content.atlas.model_copy(update={"edition": release.version}),
        releases={**content.releases, release.version: release},
    )
    for name, text in checkout_files(after).items():
        files[content.root.parent / name] = text
    files[layout.release(release.version)] = _RELEASED + write_document(release)
    return {path: text.encode("utf-8") for path, text in files.items()}


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files in their order; if one cannot be written, those before are put back."""
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    done: list[Path] = []
    try:
        for path, data in files.items():
            done.append(path)
            write_bytes(path, data)
    except BaseException:
        for path in done:
            old = before[path]
            if old is None:
                path.unlink(missing_ok=True)
            else:
                write_bytes(path, old)
        raise
