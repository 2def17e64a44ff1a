"""Names that can be taken for others."""

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.store.content import Content

_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s"})
_PAIRS = re.compile(r"rn|vv")
_MARKS = re.compile(r"[^a-z0-9]")


def _skeleton(name: str) -> str:
    """Return what is left of a name when signs that look alike are one and marks are gone."""
    plain = _PAIRS.sub(lambda pair: "m" if pair.group() == "rn" else "w", name.casefold())
    return _MARKS.sub("", plain.translate(_ALIKE))


def find_look_alikes(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of models and benchmarks whose name differs from another's by a hair."""
    layout = content.layout
    models = {name: layout.name(layout.models / f"{name}.yml") for name in content.models}
    benchmarks = {name: layout.name(layout.benchmark(name)) for name in content.benchmarks}
    yield from _alike(models, scope)
    yield from _alike(benchmarks, scope)
    owners: dict[str, str] = {}
    for name, model in content.models.items():
        for shown in dict.fromkeys([model.name.casefold(), *map(str.casefold, model.aliases)]):
            other = owners.setdefault(shown, name)
            if other != name and (scope.holds(models[name]) or scope.holds(models[other])):
                wrong = f"the name or alias is also that of {other}"
                mend = "give each model names of its own, or use the model that is there"
                yield warning(Problem(models[name], 0, "name", shown, wrong, mend))


def _alike(paths: Mapping[str, str], scope: Scope) -> Iterator[Finding]:
    kin: dict[str, list[str]] = {}
    for name in paths:
        kin.setdefault(_skeleton(name), []).append(name)
    for group in kin.values():
        yield from _told(group, paths, scope)


def _told(group: Iterable[str], paths: Mapping[str, str], scope: Scope) -> Iterator[Finding]:
    first, *others = group
    for name in others:
        if scope.holds(paths[name]) or scope.holds(paths[first]):
            wrong = f"the name is easily taken for {first}"
            mend = "use the name that is there, or one that differs more"
            yield warning(Problem(paths[name], 0, "-", name, wrong, mend))
