"""The panel of a benchmark: models whose answers stand beside those of the others."""

from collections.abc import Iterator

from generator.errors import Problem
from generator.store.checks.held import Held
from generator.store.content import Content


def check_panel(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with panels."""
    del held
    for slug, benchmark in content.benchmarks.items():
        path = content.layout.name(content.layout.benchmark(slug))
        if benchmark.panel and benchmark.source is None:
            wrong = "the benchmark is not kept by reference, so no answers are held beside others"
            yield Problem(path, 0, "panel", ", ".join(benchmark.panel), wrong, "take it out")
            continue
        for place, model in enumerate(benchmark.panel):
            if model in benchmark.panel[:place]:
                yield Problem(path, 0, "panel", model, "stands there twice", "keep it once")
            elif (slug, model) not in content.runs:
                wrong = "has no predictions on this benchmark"
                yield Problem(path, 0, "panel", model, wrong, "add them, or name another model")
