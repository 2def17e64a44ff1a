"""Records and problems, collected while the content is read."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from generator.errors import Problem
from generator.records.base import ModelId, Record, Slug
from generator.records.changes import EditionVersion
from generator.store.documents import read_document
from generator.store.layout import Layout
from generator.store.problems import visible
from generator.store.unchanged import found_before

AnyRecord = TypeVar("AnyRecord", bound=Record)
_FORMS: dict[str, TypeAdapter[str]] = {
    "slug": TypeAdapter(Slug),
    "model": TypeAdapter(ModelId),
    "version": TypeAdapter(EditionVersion),
}
NAME_HELP = {
    "slug": "use lower-case letters, digits and single - or _ between them",
    "model": "name it <developer>__<model> in lower-case letters, digits, - and .",
    "version": "name it like the release, such as 2026.12.yml or 2026.12.1.yml",
}
"""How a name has to be written, by its form."""
_HIDDEN = re.compile(r"^\.")


class Reading:
    """Collects records and problems while the tree is read."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        self.problems: list[Problem] = []

    def document(self, path: Path, record: type[AnyRecord]) -> AnyRecord | None:
        """Read one document; what is wrong with it is kept."""
        value, problems = read_document(path, record, self.layout.name(path))
        self.problems += problems
        return value

    def documents(self, paths: Sequence[Path], record: type[AnyRecord]) -> list[AnyRecord | None]:
        """Read many documents as :meth:`document` does, at once if none changed since a build."""
        names = [self.layout.name(path) for path in paths]

        def read() -> list[tuple[AnyRecord | None, list[Problem]]]:
            files = zip(paths, names, strict=True)
            return [read_document(path, record, name) for path, name in files]

        found = found_before("documents", paths, (record.__qualname__, names), read)
        self.problems += [problem for _, problems in found for problem in problems]
        return [value for value, _ in found]

    def named(self, folder: Path, suffix: str, form: str) -> Iterator[tuple[str, Path]]:
        """Yield names and paths of a folder in order; wrong names are kept as problems."""
        if not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if _HIDDEN.match(path.name) or (suffix and path.suffix != suffix):
                continue
            if not suffix and not path.is_dir():
                continue
            name = path.name.removesuffix(suffix) if suffix else path.name
            try:
                _FORMS[form].validate_python(name)
            except ValidationError:
                self.add(path, visible(name), "not a valid name", NAME_HELP[form])
                continue
            if name == "index":
                self.add(path, name, "the name of a list of pages", "use another name")
                continue
            yield name, path

    def refuse_links(self, *paths: Path) -> None:
        """Keep links as problems: one could lead out of the content folder."""
        for path in paths:
            if path.is_symlink():
                self.add(path, "", "a symbolic link", "put the file itself in its place")

    def add(self, path: Path, value: str, wrong: str, mend: str) -> None:
        """Keep a problem of a file as a whole."""
        self.problems.append(Problem(self.layout.name(path), 0, "-", value, wrong, mend))
