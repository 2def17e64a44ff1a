"""The rows of a run, wherever its text is."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.inline import inline_rows
from generator.readers.rows import Row
from generator.records.benchmark import SourceFile
from generator.records.keys import RunKey, canonical_json
from generator.sources.cache import cached_file, is_present
from generator.sources.checks import checksum
from generator.store.content import Content


def source_files(content: Content, key: RunKey) -> tuple[SourceFile, ...]:
    """Return the upstream files that hold a run; none where the text is in the content."""
    source, place = content.benchmarks[key[0]].source, content.runs[key].source
    if source is None or place is None:
        return ()
    named = {file.name: file for file in source.files}
    return tuple(named[name] for name in place.files)


def is_readable(content: Content, key: RunKey, cache: Path) -> bool:
    """Tell whether the text of a run is at hand."""
    return all(is_present(cache, file) for file in source_files(content, key))


def run_rows(content: Content, key: RunKey, cache: Path) -> Iterator[Row]:
    """Yield the rows of a run in the order of its files.

    Raises:
        InputError: The text is not at hand, or is not what its reader knows.
        ContentError: Lines of a content file are at fault.
    """
    source, place = content.benchmarks[key[0]].source, content.runs[key].source
    if source is None or place is None:
        yield from inline_rows(content, *key)
        return
    if not is_readable(content, key, cache):
        msg = f"{key[0]}/{key[1]}: its text is not here: run `erroratlas fetch {key[0]}`"
        raise InputError(msg)
    paths = {}
    for file in source_files(content, key):
        path = paths[file.name] = cached_file(cache, file)
        if checksum(path) != file.sha256:
            msg = f"{path}: not the file that {key[0]} names: run `erroratlas fetch {key[0]}` again"
            raise InputError(msg)
    reader = READERS.get(source.reader)
    if reader is None:
        known = ", ".join(sorted(READERS))
        msg = f"{key[0]}: source.reader: {source.reader}: no such reader: use one of {known}"
        raise InputError(msg)
    yield from reader(paths, place.select)


def text_hash(content: Content, key: RunKey) -> str:
    """Return a hash of the text of a run without parsing it.

    For a run kept by reference it is made from the pinned checksums, so it is known without the
    text too.
    """
    files, place = source_files(content, key), content.runs[key].source
    if place is not None:
        pinned = [[file.name, file.sha256] for file in files]
        return hashlib.sha256(canonical_json([pinned, place.select])).hexdigest()
    digest = hashlib.sha256()
    for path in (content.layout.items(key[0]), content.layout.outputs(*key)):
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()
