"""The ledger: what each judge has said of a run, in the sealed file and in its journal."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.judging.change import Change
from generator.judging.journal import Journal, journal_folder, journal_path
from generator.judging.judge import RULES_NAME
from generator.readers.runs import text_hash
from generator.records.judges import llm_name
from generator.records.keys import RunKey, canonical_json
from generator.records.verdict import JudgeId
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.ordering import natural
from generator.store.resealed import resealed_bytes
from generator.store.standings import Standing, read_standings
from generator.store.verdicts import read_stamp, read_verdict_table


class Tally(NamedTuple):
    """How the verdicts of one judge stand; every one is counted once."""

    fresh: int = 0
    """Verdicts that the judge would be asked for now."""
    undetermined: int = 0
    """Fresh as well: the judge looked and found too little evidence."""
    failed: int = 0
    """The judge failed; tried again on the next run."""
    stale: int = 0
    """The output, the prompt, the taxonomy or the judge has changed since."""
    missing: int = 0
    """The judge has not been asked, and would be."""

    def plus(self, other: "Tally") -> "Tally":
        """Add up."""
        return Tally(*map(sum, zip(self, other, strict=True)))


class LlmNow(NamedTuple):
    """What a language model would be asked now."""

    prompt_hash: str
    """Hash of the prompt."""
    model: str | None = None
    """The language model; None if it does not matter which."""


class RulesView(NamedTuple):
    """What the rules say of the failures of a run: all of them, by key."""

    failures: frozenset[bytes]
    """Keys of all failures."""
    settled: frozenset[bytes]
    """Keys of those that the rules settled."""


def rules_view(content: Content, key: RunKey) -> RulesView:
    """Return the failures of a run as the rules saw them last."""
    rows = [
        (row.key, row.status)
        for row in read_standings(content.layout.verdicts(*key))
        if row.judge == RULES_NAME
    ]
    settled = frozenset(held for held, status in rows if status == "verdict")
    return RulesView(frozenset(held for held, _ in rows), settled)


def spoken(content: Content, key: RunKey, judge: JudgeId, cache: Path) -> set[bytes]:
    """Return the keys on which a judge has spoken and would be asked the same now."""
    journal = Journal(journal_path(cache, key, judge.name))
    found = {
        row.key
        for row in read_standings(content.layout.verdicts(*key))
        if _is(row, judge) and row.status != "no_verdict"
    }
    for entry in journal.entries():
        verdict = entry.verdict
        if verdict.judge == judge and verdict.status != "no_verdict":
            found.add(bytes.fromhex(verdict.key))
    return found


def seal(content: Content, key: RunKey, judge: JudgeId, cache: Path) -> Change:
    """Bring what the journal of a judge holds into the verdict file of a run.

    Verdicts of other judges stay. Of this judge's, a fresh one in the file stays; one that failed
    or is stale gives way to what the journal holds; one on an output that is no more goes. Only who
    holds the benchmark alone may seal.
    """
    path = content.layout.verdicts(*key)
    failures = rules_view(content, key).failures
    journal = Journal(journal_path(cache, key, judge.name))
    # The journal is read twice, where each verdict stands and then verdict by verdict in the order
    # of the file: memory holds a few numbers a key, and no verdicts.
    places = [place for place in journal.places() if place.judge == judge]
    good = {
        row.key for row in read_standings(path) if _is(row, judge) and row.status != "no_verdict"
    }
    told = ({bytes.fromhex(place.key) for place in places} & failures) - good
    rest = failures - told
    ours, kept = False, []
    for row in read_standings(path):
        kept.append(row.judge != judge.name or row.key in rest)
        ours |= kept[-1] and row.judge == judge.name
    wanted = [place for place in places if bytes.fromhex(place.key) in told]
    wanted.sort(key=lambda place: natural(place.item_id))
    said = (entry.verdict for entry in journal.at(wanted))
    stamps = read_stamp(path)
    if told or ours:
        stamps[judge.name] = stamp(content, key, judge)
    return Change(path, write_bytes(path, resealed_bytes(path, kept, said, stamps)))


def stamp(content: Content, key: RunKey, judge: JudgeId) -> str:
    """Return a hash of all that a judge's verdicts on a run depend on."""
    parts = [judge.model_dump(), text_hash(content, key)]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def standings(content: Content, cache: Path, rules: JudgeId, llm: LlmNow) -> dict[str, Tally]:
    """Return per judge how its verdicts stand, without reading any text.

    The failures are those that the rules saw last; where they are stale, they have to go first. A
    judge that works after the rules does not miss what they settled.

    Args:
        content: The content.
        cache: Folder of the journals.
        rules: Who the rules are now.
        llm: What a language model would be asked now.
    """
    spoken_on: dict[str, Tally] = {}
    reached: dict[str, Counter[bool]] = {}
    due: Counter[bool] = Counter()
    after_rules = set()
    for key in content.runs:
        view = rules_view(content, key)
        # Under False all failures are counted, under True those that the rules left open.
        scopes = {False: view.failures, True: view.failures - view.settled}
        due.update({opened: len(keys) for opened, keys in scopes.items()})
        states: dict[str, dict[bytes, str]] = {}
        for row in _rows(content, key, cache, view.failures):
            if row.judge != RULES_NAME and row.prompt_hash:
                after_rules.add(row.judge)
            by_key = states.setdefault(row.judge, {})
            state = _state(row, view, content.taxonomy.version, rules, llm)
            if _BETTER.index(state) <= _BETTER.index(by_key.get(row.key, "stale")):
                by_key[row.key] = state
        for judge, by_key in states.items():
            tally = Tally(**Counter(by_key.values()))
            spoken_on[judge] = spoken_on.get(judge, Tally()).plus(tally)
            found = {opened: len(keys & by_key.keys()) for opened, keys in scopes.items()}
            reached.setdefault(judge, Counter()).update(found)
    if llm.model is not None:
        name = llm_name(llm.model)
        after_rules.add(name)
        spoken_on.setdefault(name, Tally())
        reached.setdefault(name, Counter())
    totals = {}
    for judge, tally in sorted(spoken_on.items()):
        opened = judge in after_rules
        totals[judge] = tally._replace(missing=due[opened] - reached[judge][opened])
    return totals


def _state(row: Standing, view: RulesView, taxonomy: str, rules: JudgeId, llm: LlmNow) -> str:
    current = row.key in view.failures and row.taxonomy == taxonomy
    asked = _is(row, rules) if row.judge == RULES_NAME else _is_current(row, llm)
    return _STATES[row.status] if current and asked else "stale"


_STATES = {"verdict": "fresh", "undetermined": "undetermined", "no_verdict": "failed"}
_BETTER = ("fresh", "undetermined", "failed", "stale")


def _rows(
    content: Content, key: RunKey, cache: Path, failures: frozenset[bytes]
) -> Iterator[Standing]:
    """Yield what is sealed, then what journals hold of the failures there are now."""
    yield from read_standings(content.layout.verdicts(*key))
    for path in sorted(journal_folder(cache).glob(f"{key[0]}__{key[1]}__*.jsonl")):
        for entry in Journal(path).entries():
            verdict = entry.verdict
            if bytes.fromhex(verdict.key) in failures:
                yield Standing(
                    bytes.fromhex(verdict.key),
                    verdict.item_id,
                    verdict.judge.name,
                    verdict.judge.version,
                    verdict.judge.prompt_hash,
                    verdict.judge.taxonomy,
                    verdict.status,
                )


def _is_current(row: Standing, llm: LlmNow) -> bool:
    """Tell whether a judge would be asked the same now; annotators and persons have no prompt."""
    if not row.prompt_hash:
        return True
    # Only the model that would be asked now can have been another one under the same name.
    other = llm.model is None or row.judge != llm_name(llm.model)
    return row.prompt_hash == llm.prompt_hash and (other or row.version == llm.model)


def _is(row: Standing, judge: JudgeId) -> bool:
    """Tell whether a row is by exactly this judge."""
    return (row.judge, row.version, row.prompt_hash, row.taxonomy) == (
        judge.name,
        judge.version,
        judge.prompt_hash,
        judge.taxonomy,
    )


class Agreement(NamedTuple):
    """How often a judge found the cause that the rules had found."""

    checked: int
    """Failures on which both gave a verdict."""
    agreed: int
    """Those with the same attribution and category."""


def agreement(content: Content, keys: Iterable[RunKey], judge: str) -> Agreement:
    """Compare a judge with the rules where both gave a verdict.

    Args:
        content: The content.
        keys: Runs.
        judge: Name of the judge.
    """
    checked = agreed = 0
    for key in keys:
        table = read_verdict_table(content.layout.verdicts(*key))
        table = table[table["status"] == "verdict"]
        ours, theirs = table[table["judge"] == RULES_NAME], table[table["judge"] == judge]
        both = ours.merge(theirs, on="item_id", suffixes=("", "_judge"))
        checked += len(both)
        same_category = both["category"].fillna("") == both["category_judge"].fillna("")
        agreed += int((same_category & (both["attribution"] == both["attribution_judge"])).sum())
    return Agreement(checked, agreed)
