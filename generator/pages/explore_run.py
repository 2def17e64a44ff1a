"""The file that Explore loads of one run: its verdicts in full."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from generator.charts.labels import listed
from generator.judging.finals import Span
from generator.pages.escaping import visible
from generator.pages.examples import Text, TextsOf
from generator.pages.excerpts import LIMIT
from generator.pages.format import count, counted
from generator.pages.turns import OTHERS_LIMIT, OWN_LIMIT, SPEAKERS, note, place_words, shown_turns
from generator.records.keys import RunKey
from generator.records.taxonomy import Taxonomy
from generator.store.content import Content
from generator.store.verdict_details import Detail, read_details
from generator.taxonomy.retirement import further_now

Said = tuple[str, str]
"""A title with its summary."""
Made = tuple[list[Said | None], bytes]
"""What is said of each failure of a run, and the file of the run."""


class Failed(NamedTuple):
    """What the numbers have of a failure, which need not be read again."""

    item_id: str
    """Item."""
    judge: str
    """Judge that counts."""
    category: str | None
    """Category, as the taxonomy has it now."""
    rule: str | None
    """Rule that settled it."""
    subtype: str | None
    """Finer, for faults of the benchmark or the harness."""


def run_file(content: Content, texts_of: TextsOf, run: RunKey, wanted: Sequence[Failed]) -> Made:
    """Return the file of a run, and what is said of each of its failures.

    Args:
        content: What is committed; of its benchmarks, that of the run is enough.
        texts_of: Gives texts of a run.
        run: The run.
        wanted: Its failures, each with the judge that counts.
    """
    shown = texts_of(*run, {failed.item_id for failed in wanted})
    details = read_details(content.layout.verdicts(*run), criteria=bool(shown))
    verdicts = {(one.item_id, one.judge): one for one in details}
    said: list[Said | None] = []
    described: dict[str, Any] = {}
    for place, failed in enumerate(wanted):
        verdict = verdicts.get((failed.item_id, failed.judge))
        said.append(_said(verdict))
        detail = _detail(content.taxonomy, failed, verdict, shown.get(failed.item_id))
        if detail:
            described[str(place)] = detail
    shared = _taken_out(described.values())
    shard = {
        "items": [failed.item_id for failed in wanted],
        "shared": shared,
        "verdicts": described,
    }
    data = json.dumps(shard, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return said, (data + "\n").encode()


def _said(verdict: Detail | None) -> Said | None:
    if verdict is None:
        return None
    return visible(verdict.title), visible(verdict.summary or "")


def _taken_out(details: Collection[dict[str, Any]]) -> dict[str, Any]:
    """Take out of the verdicts of a run who gave most of them, which is the same all over."""
    told = [tuple(one.get(name, "") for name in _WHO) for one in details]
    if not told:
        return {}
    most = Counter(told).most_common(1)[0][0]
    for one, who in zip(details, told, strict=True):
        if who == most:
            for name in _WHO:
                one.pop(name, None)
    return {name: value for name, value in zip(_WHO, most, strict=True) if value}


_WHO = ("version", "prompt", "taxonomy")
"""Which version of a judge gave a verdict."""


def _detail(
    taxonomy: Taxonomy, failed: Failed, verdict: Detail | None, text: Text | None
) -> dict[str, Any]:
    """Return what a row opens to, besides what the columns say; nothing that is withheld."""
    detail: dict[str, Any] = {}
    if verdict is not None:
        detail = {
            "rule": failed.rule,
            "subtype": failed.subtype,
            "further": list(further_now(taxonomy, failed.category, verdict.secondary)),
            "spans": [list(span) for span in verdict.spans],
            "version": verdict.version,
            "prompt": verdict.prompt[:12],
            "taxonomy": verdict.taxonomy,
        }
    if verdict is not None and text is not None:
        # What a judge says of criteria may repeat the task, so it goes with the text.
        detail["criteria"] = [
            [
                visible(one["criterion"]),
                one["present"],
                one["quality"],
                visible(one["comment"] or ""),
            ]
            for one in verdict.criteria
        ]
    if text is not None:
        # Offsets count code points of the text as it is; what hides is shown by the page.
        detail["asked"] = text.item.input[:LIMIT]
        detail["choices"] = "\n".join(
            f"{chr(ord('A') + place)}. {choice}" for place, choice in enumerate(text.item.choices)
        )
        detail["right"] = list(text.item.references)
        rest = 0 if text.messages else len(text.output) - LIMIT
        detail["output"] = "" if text.messages else text.output[:LIMIT]
        detail["missing"] = f"{counted(rest, 'further character')} not shown." if rest > 0 else ""
        evidence = [Span(*span) for span in (verdict.spans if verdict else ())]
        detail["turns"] = _turns(text, evidence)
        detail["places"] = listed(list(place_words(text.messages, evidence)))
    return {name: value for name, value in detail.items() if value not in (None, [], "")}


def _turns(text: Text, evidence: Sequence[Span]) -> list[list[Any]]:
    """Return the turns of a conversation that are shown, none where there is none.

    Each is role, speaker, the rest of its heading, how many turns before it are not shown, the
    place of what is said (``said`` or ``folded``), and that in parts: label, text and evidence.
    """
    turns = []
    for one in shown_turns(text.messages, evidence):
        role = one.turn.role
        limit = OWN_LIMIT if role == "assistant" else OTHERS_LIMIT
        labels = [f"Call {number}" for number in range(1, len(one.calls) + 1)]
        parts = [*([("", one.said)] if one.said else []), *zip(labels, one.calls, strict=True)]
        said = [
            [_label(label, part.text, limit), part.text[:limit], part.marks]
            for label, part in parts
        ]
        place = "folded" if one.folded else "said"
        turns.append([role, SPEAKERS[role], note(one), one.skipped_words, place, said])
    return turns


def _label(label: str, text: str, limit: int) -> str:
    """Return a label that also says how much of a text is shown, if not all."""
    cut = f"first {count(limit)} of {counted(len(text), 'character')}" if len(text) > limit else ""
    return ", ".join(filter(None, (label, cut)))
