"""Where asking a language model about the content starts from, live or by file."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.cli.asking import Asking
from generator.cli.judging import judge_all, say_absent
from generator.cli.options import progress_shown
from generator.judging.cascade import Scope, open_docket
from generator.judging.docket import Docket
from generator.judging.estimate import Estimate
from generator.readers.runs import is_readable
from generator.store.content import Content

Runs = dict[str, list[str]]
"""Models by benchmark."""


class Start(NamedTuple):
    """What asking starts from."""

    asking: Asking
    """Who is asked what."""
    scope: Scope
    """What is to be judged."""
    runs: Runs
    """Runs that are at hand, judged by the rules."""


def start_of(content: Content, cache: Path, asking: Asking, *, workers: int | None) -> Start:
    """Judge with the rules what is due, and return what asking starts from.

    Args:
        content: The content.
        cache: Folder of fetched files and journals.
        asking: Who is asked what.
        workers: Processes for the rules; none leaves them out.
    """
    runs = {
        benchmark: [
            key[1]
            for key in content.runs
            if key[0] == benchmark and is_readable(content, key, cache)
        ]
        for benchmark in asking.wanted.benchmarks
    }
    wished = [(benchmark, model) for benchmark, models in runs.items() for model in models]
    say_absent([key for key in content.runs if key[0] in runs and key[1] not in runs[key[0]]])
    if workers is not None:
        judge_all(content, cache, wished, workers=workers, show=progress_shown())
    return Start(asking, Scope(content, cache, asking.judge, asking.wanted.share), runs)


def estimates(
    start: Start, on_open: Callable[[Docket, str], object] = lambda *_: None
) -> dict[str, Estimate]:
    """Return what each benchmark will take.

    Args:
        start: What asking starts from.
        on_open: Called with the list of failures of each benchmark, to take some out.
    """
    found = {}
    for benchmark, models in start.runs.items():
        if models:
            with open_docket(start.scope, benchmark, models) as docket:
                on_open(docket, benchmark)
                found[benchmark] = start.asking.estimate(docket)
    return found
