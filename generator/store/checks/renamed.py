"""Former identifiers of models and benchmarks: each leads to one, which is there."""

from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Problem
from generator.store.checks.held import Held
from generator.store.content import Content


def check_renamed(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with former identifiers."""
    del held
    name, layout = content.layout.name, content.layout
    yield from _check(
        {
            name(layout.models / f"{key}.yml"): model.formerly
            for key, model in content.models.items()
        },
        content.models,
    )
    yield from _check(
        {name(layout.benchmark(key)): made.formerly for key, made in content.benchmarks.items()},
        content.benchmarks,
    )


def _check(former: Mapping[str, Sequence[str]], there: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the former identifiers, by file, that are in use or lead to two."""
    met: dict[str, str] = {}
    for path, identifiers in former.items():
        for old in identifiers:
            if old in there:
                wrong = "is an identifier in use, and its address has a page"
                yield Problem(path, 0, "formerly", old, wrong, "take it out")
            elif old in met:
                wrong = f"stands in {met[old]} as well" if met[old] != path else "stands here twice"
                mend = "an old address leads to one page: keep it once"
                yield Problem(path, 0, "formerly", old, wrong, mend)
            else:
                met[old] = path
