"""HELM: the folder of a run.

In it are ``run_spec.json`` and ``scenario_state.json``, or the shorter ``instances.json`` and
``display_predictions.json``; scores are in ``per_instance_stats.json``.

An instance stands once for each trial, perturbation and, with some adapters, option; the first
trial of the unperturbed instance counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item, letter
from generator.readers.logs.fields import Fields, bad, finite, listed, mapping
from generator.readers.logs.files import document, found
from generator.store.problems import visible

STATE, SHOWN, STATS = "scenario_state.json", "display_predictions.json", "per_instance_stats.json"

PERTURBED = "a perturbed copy of an instance"
FURTHER_TRIAL = "a further trial of the instance: one prediction per item, the first"
PER_OPTION = "a request per option: the instance has no answer of its own"
NO_SCORE = "the instance has no such score"
FAILED = "the request failed"
SEVERAL = "several completions of one request: the first was taken"

USUAL = ("exact_match", "quasi_exact_match", "prefix_exact_match", "f1_score")
"""Scores that are looked for where none was chosen."""

_CORRECT = "correct"
_LISTED = 10
"""Runs that a message names."""


class _Run(NamedTuple):
    """What is known of a run before its predictions are read."""

    scores: Mapping[str, float]
    """Scores by instance, of the first trial without a perturbation."""
    instances: Mapping[str, Any]
    """Instances by identifier, where they stand in a file of their own."""


def read_helm(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the instances of one run; see ``LogReader``."""
    folders = sorted({path.parent for path in found(paths, STATE, SHOWN)})
    named = [one for one in folders if choice.select in (None, one.name)]
    if len(named) != 1:
        names = sorted({one.name for one in folders})
        more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
        msg = (
            f"{len(named):,} runs fit: name one run folder, or choose one with --select: "
            f"{', '.join(map(visible, names[:_LISTED]))}{more}"
        )
        raise InputError(msg)
    folder = named[0]
    _spec(folder, account)
    run = _Run(_scores(folder, choice, account), _instances(folder))
    path = folder / STATE if (folder / STATE).is_file() else folder / SHOWN
    log = document(path)
    states = mapping(log).get("request_states") if path.name == STATE else log
    if not isinstance(states, list):
        msg = f"{path}: a list of predictions is expected: give the folder as HELM wrote it"
        raise InputError(msg)
    numbered = ((Spot(str(path), number), one) for number, one in enumerate(states, start=1))
    yield from account.rows_of(
        numbered, lambda spot, value: _entry(Fields(spot, value), run, account)
    )


def _spec(folder: Path, account: Account) -> None:
    """Keep what the description of the run says."""
    path = folder / "run_spec.json"
    spec = mapping(document(path)) if path.is_file() else {}
    adapter = mapping(spec.get("adapter_spec"))
    account.know(harness="HELM", task=spec.get("name"), model=adapter.get("model"))
    names = ("temperature", "max_tokens", "stop_sequences", "num_outputs", "method")
    account.settings({name: adapter.get(name) for name in names})
    parts = [
        f"{said}: {text.strip()}"
        for said, text in (("Instructions", adapter.get("instructions")),)
        if isinstance(text, str) and text.strip()
    ]
    shots = adapter.get("max_train_instances")
    if isinstance(shots, int):
        parts.insert(0, f"Up to {shots} worked examples.")
    account.know(prompt=" ".join(parts)[:4_000])


def _scores(folder: Path, choice: Choice, account: Account) -> dict[str, float]:
    """Return the scores by instance.

    Raises:
        InputError: There are none, or not of this name.
    """
    path = folder / STATS
    if not path.is_file():
        msg = f"{path}: the file is missing: the scores are in it"
        raise InputError(msg)
    rows = [mapping(one) for one in listed(document(path))]
    names = {name for row in rows for name in _named(row)}
    name = choice.metric or next((one for one in USUAL if one in names), None)
    if name not in names:
        known = ", ".join(sorted(names))
        msg = f"{path}: no score {name or USUAL[0]}: choose one with --metric: {known}"
        raise InputError(msg)
    account.know(metric=f"{name} of HELM")
    scores: dict[str, float] = {}
    for row in rows:
        value = _named(row).get(str(name))
        if value is not None and not row.get("perturbation") and not row.get("train_trial_index"):
            scores.setdefault(str(row.get("instance_id")), value)
    return scores


def _named(row: Mapping[str, Any]) -> dict[str, float]:
    """Return the scores of an instance by name."""
    named = {}
    for stat in listed(row.get("stats")):
        name, value = (
            mapping(mapping(stat).get("name")).get("name"),
            finite(mapping(stat).get("mean")),
        )
        if isinstance(name, str) and value is not None:
            named[name] = value
    return named


def _instances(folder: Path) -> dict[str, Any]:
    """Return the instances by identifier, where there is a file of them."""
    path = folder / "instances.json"
    rows = listed(document(path)) if path.is_file() else []
    return {
        str(mapping(row).get("id")): row for row in rows if not mapping(row).get("perturbation")
    }


def _entry(fields: Fields, run: _Run, account: Account) -> Entry | None:
    """Return the entry of a request or a shown prediction; None if it was dropped."""
    name = fields.raw.get("instance_id")
    if isinstance(fields.raw.get("instance"), dict):
        instance = fields.inner("instance")
        name = instance.name("id")
    elif str(name) in run.instances:
        instance = Fields(fields.spot, run.instances[str(name)], "instance")
    else:
        raise bad(fields.spot, "instance_id", name, "instances.json has no such instance")
    why = _dropped(fields, instance, str(name), run)
    if why:
        account.drop(fields.spot, why)
        return None
    references = list(instance.each("references"))
    texts = [one.inner("output").text("text") for one in references]
    right = [_CORRECT in one.items("tags") for one in references]
    given = fields.raw.get("output_mapping")
    options = dict(given) if isinstance(given, dict) and given else {}
    if options:
        answers = [key for key, text in options.items() if _is_right(text, texts, right)]
    else:
        answers = [text for text, ok in zip(texts, right, strict=True) if ok]
    output = _output(fields, account)
    if "date" not in account.facts:
        account.know_day(mapping(fields.raw.get("result")).get("request_datetime"))
    about = item(
        str(name),
        instance.inner("input").text("text"),
        answers,
        choices=_choices(options),
        tags={"split": instance.text("split")} if "split" in instance else {},
    )
    return entry(
        fields.spot,
        about,
        output,
        run.scores[str(name)],
        extracted=output.strip() if options and output.strip() in options else None,
        finish_reason=_stopped(fields),
    )


def _dropped(fields: Fields, instance: Fields, name: str, run: _Run) -> str | None:
    """Return why a request is no prediction to be counted."""
    if "perturbation" in instance or "perturbation" in fields:
        return PERTURBED
    if fields.raw.get("train_trial_index"):
        return FURTHER_TRIAL
    if "reference_index" in fields:
        return PER_OPTION
    if mapping(fields.raw.get("result")).get("success") is False:
        return FAILED
    return None if name in run.scores else NO_SCORE


def _is_right(text: object, texts: Sequence[str], right: Sequence[bool]) -> bool:
    return any(ok and one == text for one, ok in zip(texts, right, strict=True))


def _choices(options: Mapping[str, Any]) -> list[str]:
    """Return options in the order of their letters; none where they are not lettered from A on."""
    lettered = list(options) == [letter(place) for place in range(len(options))]
    texts = [text for text in options.values() if isinstance(text, str)]
    return texts if lettered and len(texts) == len(options) else []


def _output(fields: Fields, account: Account) -> str:
    """Return what the model put out."""
    if "predicted_text" in fields:
        return fields.text("predicted_text")
    completions = list(fields.inner("result").each("completions"))
    if not completions:
        fields.fault("result", "a completion is expected")
    if len(completions) > 1:
        account.notes[SEVERAL] += 1
    return completions[0].text("text")


def _stopped(fields: Fields) -> str | None:
    """Return why generation ended."""
    completions = listed(mapping(fields.raw.get("result")).get("completions"))
    first = mapping(completions[0]) if completions else {}
    reason = mapping(first.get("finish_reason")).get("reason")
    return reason if isinstance(reason, str) and reason != "unknown" else None
