"""Inspect AI: logs as ``.json``, and as ``.eval`` where inspect-ai is installed.

Letters are scores too: C is right, I wrong, P half right, N no answer. They stand beside the
answer, which is often the letter of an option.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import Fields, finite, listed, mapping
from generator.readers.logs.files import document, found
from generator.readers.logs.inspect_eval import read_eval
from generator.readers.logs.messages import content_text, parted, spoken

LETTERS = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0}
"""Scores that are letters."""

FURTHER_EPOCH = "a further epoch of the item: one prediction per item, the first"
FAILED = "the sample ended with an error of the harness"
NO_SCORE = "the sample has no score"
SILENT = "the model said nothing in the conversation"
LIMITED = "the sample was ended by a limit"

_ATTACHED = "attachment://"
_SHORT = 500
_TAGS = frozenset(("subject", "category", "difficulty", "level", "domain", "topic", "type"))


def read_inspect(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the samples of one evaluation; see ``LogReader``."""
    for path in found(paths, "*.json", "*.eval"):
        if path.suffix == ".eval":
            header, samples = read_eval(path)
        else:
            log = mapping(document(path))
            if "eval" not in log:
                msg = f"{path}: no log of Inspect AI: name its log files or their folder"
                raise InputError(msg)
            header, samples = log, iter(listed(log.get("samples")))
        if not _kept(path, header, choice, account):
            continue
        numbered = ((Spot(str(path), n), value) for n, value in enumerate(samples, start=1))
        yield from account.rows_of(
            numbered, lambda spot, value: _sample(Fields(spot, value), choice, account)
        )


def _kept(path: Path, log: Mapping[str, Any], choice: Choice, account: Account) -> bool:
    """Keep what the log says of the run; False if another run was chosen."""
    about = mapping(log.get("eval"))
    task, model = about.get("task"), about.get("model")
    if not isinstance(task, str) or not isinstance(model, str):
        msg = f"{path}: eval.task and eval.model are expected: give a log as Inspect AI wrote it"
        raise InputError(msg)
    if choice.select not in (None, task) or choice.log_model not in (None, model):
        return False
    account.one_of("task", "--select TASK", task)
    account.one_of("model", "--log-model NAME", model)
    account.know(harness="Inspect AI", version=mapping(about.get("packages")).get("inspect_ai"))
    account.know_day(about.get("created"))
    account.settings(mapping(mapping(log.get("plan")).get("config")))
    account.settings(mapping(about.get("model_generate_config")))
    steps = [mapping(step) for step in listed(mapping(log.get("plan")).get("steps"))]
    solvers = [step["solver"] for step in steps if isinstance(step.get("solver"), str)]
    if solvers:
        account.know(prompt=f"Solvers of Inspect AI: {', '.join(solvers)}.")
    return True


def _sample(fields: Fields, choice: Choice, account: Account) -> Entry | None:
    """Return the entry of a sample; None if it was dropped."""
    if (fields.count("epoch") or 1) > 1:
        account.drop(fields.spot, FURTHER_EPOCH)
        return None
    scores = mapping(fields.raw.get("scores"))
    if not scores:
        account.drop(fields.spot, FAILED if "error" in fields else NO_SCORE)
        return None
    attached = mapping(fields.raw.get("attachments"))

    def resolve(text: str) -> str:
        found = attached.get(text.removeprefix(_ATTACHED)) if text.startswith(_ATTACHED) else text
        return found if isinstance(found, str) else text

    talk = parted(
        fields,
        "messages",
        account,
        given=lambda turn: turn.get("source") == "input",
        resolve=resolve,
    )
    output = talk.output
    if not spoken(talk.answer):
        if not isinstance(mapping(fields.raw.get("output")).get("completion"), str):
            account.drop(fields.spot, SILENT)
            return None
        output = resolve(fields.inner("output").text("completion"))
    if "limit" in fields:
        account.notes[LIMITED] += 1
    name, score = _score(fields, scores, choice)
    account.know(metric=f"Score of Inspect AI's scorer {name}")
    answer = score.raw.get("answer")
    usage = mapping(mapping(fields.raw.get("output")).get("usage")).get("output_tokens")
    metadata = mapping(fields.raw.get("metadata"))
    about = item(
        fields.name("id"),
        _input(fields, account, resolve),
        _target(fields),
        choices=fields.texts("choices"),
        tags={key: metadata[key] for key in sorted(_TAGS) if isinstance(metadata.get(key), str)},
    )
    return entry(
        fields.spot,
        about,
        output,
        _value(score, "value"),
        extracted=answer if isinstance(answer, str) and 0 < len(answer) <= _SHORT else None,
        finish_reason=_stopped(fields),
        tokens=usage if isinstance(usage, int) and usage >= 0 else None,
    )


def _score(fields: Fields, scores: Mapping[str, Any], choice: Choice) -> tuple[str, Fields]:
    """Return the score that counts, and its name."""
    name, _, key = (choice.metric or "").partition(".")
    if not name and len(scores) == 1:
        name = next(iter(scores))
    if name not in scores:
        msg = (
            f"{fields.spot}: {name or 'several scorers'}: choose one with --metric: "
            f"{', '.join(scores)}"
        )
        raise InputError(msg)
    score = Fields(fields.spot, scores[name], f"scores.{name}")
    value = score.raw.get("value")
    if not isinstance(value, dict):
        return name, score
    if key not in value:
        msg = (
            f"{fields.spot}: {name} gives several values: choose one with --metric: "
            f"{', '.join(f'{name}.{one}' for one in value)}"
        )
        raise InputError(msg)
    return f"{name}.{key}", Fields(
        fields.spot, {**score.raw, "value": value[key]}, f"scores.{name}"
    )


def _value(score: Fields, name: str) -> float:
    """Return a score as a number."""
    value = score.raw.get(name)
    try:
        number = finite(float(value)) if isinstance(value, str) else finite(value)
    except ValueError:
        number = LETTERS.get(str(value))
    if number is None:
        score.fault(name, f"a number or one of {', '.join(LETTERS)} is expected")
    return number


def _input(fields: Fields, account: Account, resolve: Any) -> str:
    """Return what was asked: a text, or what the user says last in a list of turns."""
    if isinstance(fields.raw.get("input"), str):
        return str(resolve(fields.text("input")))
    turns = list(fields.each("input"))
    start = max(
        (n for n, turn in enumerate(turns, start=1) if turn.raw.get("role") == "assistant"),
        default=0,
    )
    said = [
        resolve(content_text(turn, "content", account, resolve))
        for turn in turns[start:]
        if turn.raw.get("role") == "user"
    ]
    if not said:
        fields.fault("input", "a text, or turns of which one is the user's, are expected")
    return "\n\n".join(said)


def _target(fields: Fields) -> tuple[str, ...]:
    """Return the right answers; an empty target is none."""
    value = fields.raw.get("target")
    values = fields.texts("target") if isinstance(value, list) else (fields.text("target"),)
    return tuple(one for one in values if one)


def _stopped(fields: Fields) -> str | None:
    """Return why generation ended."""
    choices = listed(mapping(fields.raw.get("output")).get("choices"))
    first = mapping(choices[0]) if choices else {}
    reason = first.get("stop_reason")
    return reason if isinstance(reason, str) else None
