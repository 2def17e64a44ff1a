"""Corrections: what a person says of one failure, after somebody objected to its verdict.

A correction is a label with the key of the text that it speaks of, and a verdict of the judge
``person`` on that key. The label is what people read and review; the verdict is what counts.
"""

from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import InputError
from generator.judging.judge import RULES_NAME
from generator.records.judges import PERSON, is_listed
from generator.records.keys import RunKey
from generator.records.label import Label
from generator.records.verdict import JudgeId, Verdict
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.inline import read_labels
from generator.store.lines import write_lines
from generator.store.ordering import natural
from generator.store.problems import visible
from generator.store.resealed import resealed_bytes
from generator.store.standings import read_standings
from generator.store.verdicts import read_stamp

TITLE = "Corrected by a person"
"""What the pages call such a verdict; the reason follows in the words of who decided."""


class Corrected(NamedTuple):
    """What a correction changed."""

    label: bool
    """Whether the file of labels is another one now."""
    verdict: bool
    """Whether the file of verdicts is."""


def key_of(content: Content, run: RunKey, item_id: str) -> str:
    """Return the key of a failure, as the rules saw it last; no text is needed.

    Raises:
        InputError: There is no such run or failure, or it was not judged yet.
    """
    path = content.layout.verdicts(*run)
    if run not in content.runs:
        msg = f"{visible('/'.join(run), 200)}: there is no such run: give benchmark and model by id"
        raise InputError(msg)
    if not path.is_file():
        msg = f"{'/'.join(run)}: not judged yet: run `erroratlas judge` first"
        raise InputError(msg)
    for row in read_standings(path):
        if row.judge == RULES_NAME and row.item_id == item_id:
            return row.key.hex()
    msg = f"{visible(item_id)}: not a failure of {'/'.join(run)}: copy the id from its page"
    raise InputError(msg)


def correct(content: Content, benchmark: str, label: Label) -> Corrected:
    """Write a correction down: the label first, then the verdict that counts.

    The same again changes nothing; another one on the same failure takes the place of the first.

    Raises:
        InputError: The failure's cause is known from elsewhere, or nobody would count it.
    """
    if not is_listed(content.atlas.judges, PERSON):
        msg = f"atlas.yml: {PERSON} is not among the judges, so no correction counts: add it"
        raise InputError(msg)
    verdict = Verdict(
        key=label.key or "",
        item_id=label.item_id,
        judge=JudgeId(
            name=PERSON,
            version=label.labeller,
            prompt_hash="",
            taxonomy=content.taxonomy.version,
        ),
        status=label.status,
        attribution=label.attribution if label.status == "verdict" else None,
        attribution_subtype=label.attribution_subtype,
        category=label.category,
        subcategory=label.subcategory,
        title=TITLE,
        summary=label.note,
    )
    wrote = _label(content, benchmark, label.model, label.item_id, label)
    return Corrected(wrote, _verdict(content, (benchmark, label.model), label.item_id, verdict))


def withdraw(content: Content, benchmark: str, model: str, item_id: str) -> Corrected:
    """Take a correction back; what judges said counts again."""
    wrote = _label(content, benchmark, model, item_id, None)
    return Corrected(wrote, _verdict(content, (benchmark, model), item_id, None))


def _label(content: Content, benchmark: str, model: str, item_id: str, label: Label | None) -> bool:
    """Put a label in its place behind those that are no corrections."""
    others, corrections = [], {}
    for one in read_labels(content.layout, benchmark):
        if one.key is not None:
            corrections[one.model, one.item_id] = one
        elif (one.model, one.item_id) == (model, item_id):
            msg = f"{item_id}: its cause is known already ({one.labeller}): correct labels by hand"
            raise InputError(msg)
        else:
            others.append(one)
    corrections.pop((model, item_id), None)
    if label is not None:
        corrections[model, item_id] = label
    ordered = sorted(corrections, key=lambda place: (place[0], natural(place[1])))
    lines = [*others, *(corrections[place] for place in ordered)]
    path = content.layout.labels(benchmark)
    if not lines and path.is_file():
        path.unlink()
        return True
    return bool(lines) and write_bytes(path, write_lines(lines))


def _verdict(content: Content, run: RunKey, item_id: str, verdict: Verdict | None) -> bool:
    """Put a verdict in the place of what a person said before; those of others stay."""
    path = content.layout.verdicts(*run)
    kept = [row.judge != PERSON or row.item_id != item_id for row in read_standings(path)]
    said = [] if verdict is None else [verdict]
    return write_bytes(path, resealed_bytes(path, kept, said, read_stamp(path)))


def lost(content: Content, benchmark: str) -> Iterator[tuple[int, Label]]:
    """Yield the corrections that count nowhere, with their place among the labels.

    Their text was changed since, or their verdict was removed.
    """
    labels = read_labels(content.layout, benchmark)
    counting: dict[str, set[tuple[str, str]]] = {}
    for place, label in enumerate(labels, start=1):
        if label.key is None:
            continue
        if label.model not in counting:
            rows = list(read_standings(content.layout.verdicts(benchmark, label.model)))
            now = {row.key for row in rows if row.judge == RULES_NAME}
            spoken = (row for row in rows if row.judge == PERSON and row.key in now)
            counting[label.model] = {(row.item_id, row.key.hex()) for row in spoken}
        if (label.item_id, label.key) not in counting[label.model]:
            yield place, label
