"""What a run does not say of itself, and how much of its benchmark it answers."""

import re
from collections.abc import Iterator

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.content import Content
from generator.store.documents import line_finder

_EMPTY_WORDS = re.compile(
    r"(?:unknown|not known|none|n/?a|todo|tbd|fixme|\?+|-+|x+)", re.IGNORECASE
)


def find_gaps(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of what a reader of the run's page will miss."""
    for key in scope.runs(content):
        path = content.layout.run(*key)
        line_of = line_finder(path)
        for field, value, wrong, mend in _gaps(content.runs[key], content.models[key[1]]):
            line = line_of([field])
            yield warning(Problem(content.layout.name(path), line, field, value, wrong, mend))


def _gaps(run: Run, model: Model) -> Iterator[tuple[str, str, str, str]]:
    """Yield field, value, what is wrong and what to do."""
    texts = {
        "harness": run.harness,
        "harness_version": run.harness_version,
        "prompt": run.prompt,
        "contributor": run.contributor,
        "licence": run.licence,
    }
    for field, text in texts.items():
        if _EMPTY_WORDS.fullmatch(text.strip()):
            yield field, text, "says nothing", "write what is known, or where to ask"
    if run.source is not None or model.kind == "program":
        return  # nobody here can mend what was published elsewhere, and programs have no settings
    if run.date is None:
        yield "date", "", "the day of the run is not given", "add date: YYYY-MM-DD"
    if run.trained_on_test == "yes":
        yield "trained_on_test", "yes", "the model was trained on the items", "its page says so"
    if not run.generation:
        mend = "add at least temperature and the longest answer"
        yield "generation", "", "no settings of generation are given", mend
