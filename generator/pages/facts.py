"""Facts with their names: of models, runs and benchmarks."""

from dataclasses import dataclass

from generator.pages.format import day, size
from generator.pages.links import Link
from generator.records.model import Model
from generator.records.prediction import Run


@dataclass(frozen=True)
class Fact:
    """A fact with its name."""

    name: str
    """What it is."""
    value: Link
    """The fact, and where it can be checked."""


def _fact(name: str, value: str, address: str = "") -> Fact:
    return Fact(name, Link(value, address))


def model_facts(model: str, system: Model) -> list[Fact]:
    """Return what is known of a model."""
    weights = {True: "can be downloaded", False: "cannot be downloaded", None: "not known"}
    facts = [
        _fact("Identifier", model),
        _fact("Made by", system.developer),
        _fact("Released", day(system.released) if system.released else "not known"),
        _fact("Parameters", size(system.parameters) if system.parameters else "not known"),
        _fact("Weights", weights[system.open_weights]),
        _fact("Licence", system.licence or "not known"),
    ]
    if system.kind == "program":
        facts = facts[:2]
    if system.url:
        facts.append(_fact("Where to check", str(system.url), str(system.url)))
    return facts


def run_facts(run: Run) -> list[Fact]:
    """Return how predictions were made."""
    trained = {"yes": "yes", "no": "no", "unknown": "not known"}
    facts = [
        _fact("Harness", f"{run.harness} {run.harness_version}"),
        _fact("Date of the run", day(run.date) if run.date else "not known"),
        _fact("Prompt", run.prompt),
    ]
    facts += [_fact(f"Setting: {name}", _setting(value)) for name, value in run.generation.items()]
    facts += [
        _fact("Made available by", run.contributor),
        _fact("Licence of the predictions", run.licence),
        _fact("Items seen in training", trained[run.trained_on_test]),
    ]
    if run.note:
        facts.append(_fact("Note", run.note))
    return facts


def _setting(value: object) -> str:
    words = {True: "yes", False: "no", None: "not set"}
    return words[value] if value is None or isinstance(value, bool) else str(value)
