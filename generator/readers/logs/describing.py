"""The descriptions of a run, and of a benchmark and a model that the content does not have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.errors import InputError
from generator.readers.logs.account import Account
from generator.readers.logs.joining import Joining
from generator.records.base import Record
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.problems import dotted, explain, visible

NOT_SAID = "The log does not say."

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Said:
    """What the user said on the command line; what is None or empty is left to the log."""

    run: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the run."""
    benchmark: Mapping[str, Any] | None = None
    """Fields of a benchmark that is to be made; None where there is one."""
    model: Mapping[str, Any] | None = None
    """Fields of a model that is to be made; None where there is one."""


_RUN_OPTIONS = {
    "harness": "--harness NAME",
    "harness_version": "--harness-version VERSION",
    "contributor": "--contributor NAME",
    "licence": "--licence NAME",
}
_BENCHMARK_OPTIONS = {
    "licence": "--items-licence NAME",
    "citation": "--citation TEXT",
    "success_threshold": "--threshold NUMBER (a score below it is a failure)",
}


def missing_early(said: Said, silent: Collection[str]) -> list[str]:
    """Return the options that no log can stand in for and that were not given.

    Args:
        said: What the user said.
        silent: Fields of the run that logs of this format never say.
    """
    asked = ("contributor", "licence", *silent)
    found = [
        _RUN_OPTIONS[name] for name in _RUN_OPTIONS if name in asked and not said.run.get(name)
    ]
    if said.benchmark is not None:
        found += [
            option
            for name, option in _BENCHMARK_OPTIONS.items()
            if said.benchmark.get(name) is None
        ]
    return found


def run_of(account: Account, said: Said) -> Run:
    """Return the description of the run.

    Raises:
        InputError: Something is missing that neither the log nor the user said, or is no such
            value.
    """
    facts = account.facts
    fields: dict[str, Any] = {
        "harness": facts.get("harness"),
        "harness_version": facts.get("version"),
        "date": facts.get("date"),
        "prompt": facts.get("prompt") or NOT_SAID,
        "generation": dict(account.generation),
        "trained_on_test": "unknown",
    }
    fields |= {name: value for name, value in said.run.items() if value not in (None, "")}
    lacking = [option for name, option in _RUN_OPTIONS.items() if not fields.get(name)]
    if lacking:
        msg = f"the log does not say it: give {', '.join(lacking)}"
        raise InputError(msg)
    return _record(Run, {name: value for name, value in fields.items() if value is not None})


def benchmark_of(account: Account, joining: Joining, said: Mapping[str, Any]) -> Benchmark:
    """Return the description of a benchmark that is made along with its first run."""
    facts = account.facts
    kinds = sorted(joining.kinds)
    fields: dict[str, Any] = {
        "name": facts.get("task") or joining.slug,
        "description": f"Items as in a log of {facts.get('harness') or 'another harness'}.",
        "task_type": kinds[0] if len(kinds) == 1 else "mixed",
        "metric": facts.get("metric") or "The score that the log has.",
        "display": "withheld",
    }
    fields |= {name: value for name, value in said.items() if value not in (None, "")}
    return _record(Benchmark, fields)


def model_of(account: Account, model: str, said: Mapping[str, Any]) -> Model:
    """Return the description of a model that is made along with its first run."""
    developer, _, name = model.partition("__")
    logged = account.facts.get("model")
    fields: dict[str, Any] = {"name": logged or name, "developer": developer}
    if logged:
        fields["aliases"] = [logged]
    fields |= {key: value for key, value in said.items() if value not in (None, "")}
    return _record(Model, fields)


def _record(kind: type[AnyRecord], fields: Mapping[str, Any]) -> AnyRecord:
    """Return a record of checked fields."""
    try:
        return kind.model_validate(dict(fields))
    except ValidationError as error:
        lines = []
        for detail in error.errors(include_url=False):
            wrong, mend = explain(detail, kind)
            place = dotted(detail["loc"])
            lines.append(f"{place}: {visible(detail['input'])}: {wrong}: {mend}")
        raise InputError("\n".join(lines)) from error
