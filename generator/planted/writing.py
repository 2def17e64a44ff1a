"""The family of constrained writing: a brief whose every requirement a program can check."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.split import part, split_of
from generator.planted.styles import Style, style_of
from generator.planted.wordings.deliveries import (
    LOOPS,
    OFF_TOPIC,
    QUESTIONS,
    REFUSALS,
    RUN_ONS,
    UNANSWERABLE_CASE,
)
from generator.planted.wordings.notes import (
    EXTRA_SECTIONS,
    FENCES,
    FORBIDDEN,
    INVENTED,
    KEYWORDS,
    NEUTRAL,
    RULES,
    SUBJECTS,
    Occasion,
)
from generator.planted.wordings.people import NAMES
from generator.records.benchmark import Item

SENTENCE = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True)
class Brief:
    """What a note has to be."""

    title: str
    sender: str
    facts: tuple[str, ...]
    """What is to be told in each section."""
    old: tuple[str, ...]
    """The same of last year, which is not to be told."""
    count: int
    """Sentences in all."""
    words: tuple[str, str]
    """Words to be used."""
    forbidden: str
    """Word not to be used."""

    def met(self, output: str) -> bool:
        """Check every requirement."""
        head, *rest = output.strip().split("\n")
        if head != f"# {self.title}" or not rest or rest[-1] != f"Yours, {self.sender}":
            return False
        body = rest[:-1]
        prose = " ".join(line for line in body if not line.startswith("#"))
        sections = "\n".join(body).split("## ")
        told = all(
            section.startswith(f"{subject.head}\n") and fact in section
            for subject, fact, section in zip(SUBJECTS, self.facts, sections[1:], strict=False)
        )
        figures = set(re.findall(r"[0-9]+", " ".join(self.facts)))
        return (
            not sections[0].strip()
            and len(sections) == len(SUBJECTS) + 1
            and told
            and len(SENTENCE.findall(prose)) == self.count
            and all(word in prose for word in self.words)
            and not re.search(rf"\b{self.forbidden}\b", prose)
            and set(re.findall(r"[0-9]+", prose)) <= figures
        )


@dataclass(frozen=True)
class Note:
    """A note in its parts."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Heads with their sentences."""
    closing: str
    lead: str = "## "
    """What marks a heading of a section."""

    @property
    def text(self) -> str:
        """The note as it is put out."""
        parts = [self.title]
        for head, sentences in self.sections:
            parts += [f"{self.lead}{head}", " ".join(sentences)]
        return "\n".join([*parts, self.closing]).strip()

    def with_section(self, place: int, sentences: tuple[str, ...]) -> "Note":
        """Return the note with other sentences in a section."""
        changed = (self.sections[place][0], sentences)
        return replace(
            self, sections=(*self.sections[:place], changed, *self.sections[place + 1 :])
        )


def _note(brief: Brief, style: Style, dice: Dice) -> Note:
    """Write a note that meets its brief; words to be used stand second in their sections."""
    sections = []
    fillers = [style.say(KEYWORDS[word], dice) for word in brief.words]
    spare = brief.count - len(SUBJECTS) - len(fillers)
    neutral = dice.shuffled(part(NEUTRAL, held_out=style.held_out))[:spare]
    for place, (subject, fact) in enumerate(zip(SUBJECTS, brief.facts, strict=True)):
        own = [style.say(subject.sentences, dice).format(value=fact)]
        own += fillers[place : place + 1]
        if place == len(SUBJECTS) - 1:
            own += neutral
        sections.append((subject.head, tuple(own)))
    return Note(f"# {brief.title}", tuple(sections), f"Yours, {brief.sender}")


Fault = Callable[[Brief, Note, Style, Dice], Note | str | None]


def _missing_part(_brief: Brief, note: Note, _style: Style, dice: Dice) -> Note:
    """Leave out a section."""
    gone = dice.whole(0, len(note.sections) - 1)
    return replace(note, sections=note.sections[:gone] + note.sections[gone + 1 :])


def _missing_item(brief: Brief, note: Note, style: Style, dice: Dice) -> Note:
    """Put another sentence in the place of one with a word that has to be used."""
    place = dice.whole(0, len(brief.words) - 1)
    used = {sentence for _, sentences in note.sections for sentence in sentences}
    fresh = [text for text in part(NEUTRAL, held_out=style.held_out) if text not in used]
    return note.with_section(place, (note.sections[place][1][0], dice.pick(fresh)))


def _unmet(brief: Brief, note: Note, style: Style, dice: Dice) -> Note:
    """Use the forbidden word, miss the length by one, or leave out the last line."""
    place = len(note.sections) - 1
    sentences = note.sections[place][1]
    match dice.whole(0, 2):
        case 0:
            wrong = style.say(FORBIDDEN[brief.forbidden], dice)
            return note.with_section(place, (*sentences[:-1], wrong))
        case 1:
            return note.with_section(place, sentences[:-1])
        case _:
            return replace(note, closing="")


def _invented(_brief: Brief, note: Note, style: Style, dice: Dice) -> Note:
    """Put a made-up fact in the place of a sentence without content."""
    place = len(note.sections) - 1
    made_up = style.say(INVENTED, dice).format(n=dice.whole(60, 99))
    return note.with_section(place, (*note.sections[place][1][:-1], made_up))


def _wrong_quantity(brief: Brief, note: Note, _style: Style, dice: Dice) -> Note:
    """Tell a fact of last year in the place of one of this year."""
    place = dice.whole(0, len(note.sections) - 1)
    first, *rest = note.sections[place][1]
    return note.with_section(place, (first.replace(brief.facts[place], brief.old[place]), *rest))


def _misordered(_brief: Brief, note: Note, _style: Style, dice: Dice) -> Note:
    """Exchange two sections."""
    place = dice.whole(0, len(note.sections) - 2)
    one, two = note.sections[place : place + 2]
    swapped = (*note.sections[:place], two, one, *note.sections[place + 2 :])
    return replace(note, sections=swapped)


def _repeated(_brief: Brief, note: Note, _style: Style, dice: Dice) -> Note:
    """Write a section twice."""
    place = dice.whole(0, len(note.sections) - 1)
    again = note.sections[place]
    return replace(note, sections=(*note.sections[: place + 1], again, *note.sections[place + 1 :]))


def _extra_item(_brief: Brief, note: Note, style: Style, dice: Dice) -> str:
    """Add a section that is not asked for."""
    return note.text.replace(note.closing, f"{style.say(EXTRA_SECTIONS, dice)}\n{note.closing}")


def _runs_on(_brief: Brief, note: Note, style: Style, dice: Dice) -> str:
    """Go on to a question that nobody asked."""
    a, b = dice.whole(3, 40), dice.whole(3, 40)
    more = style.say(RUN_ONS, dice).format(a=a, b=b)
    return f"{note.text}\n\n{more}{a} + {b} = {a + b}"


def _wrong_marker(_brief: Brief, note: Note, _style: Style, dice: Dice) -> Note:
    """Mark the headings in another way."""
    if dice.chance(0.5):
        return replace(note, title=f"**{note.title.removeprefix('# ')}**")
    return replace(note, lead=dice.pick(("=== ", "* ", "> ")))


def _wrapped(_brief: Brief, note: Note, style: Style, dice: Dice) -> str:
    """Put a fence or words around the note."""
    return style.say(FENCES, dice).format(text=note.text)


FAULTS: dict[str, Fault] = {
    "missing-part": _missing_part,
    "missing-item": _missing_item,
    "unmet-constraint": _unmet,
    "invented-premise": _invented,
    "wrong-quantity": _wrong_quantity,
    "misordered": _misordered,
    "repeated": _repeated,
    "extra-item": _extra_item,
    "runs-on": _runs_on,
    "wrong-marker": _wrong_marker,
    "wrapped": _wrapped,
    "refusal": lambda _brief, _note, style, dice: style.say(REFUSALS, dice),
    "asks-back": lambda _brief, _note, style, dice: style.say(QUESTIONS, dice),
    "declares-unanswerable": lambda _brief, _note, style, dice: style.say(UNANSWERABLE_CASE, dice),
    "off-topic": lambda _brief, _note, style, dice: style.say(OFF_TOPIC, dice),
    "empty": lambda _brief, _note, _style, dice: dice.pick(("", "\n", "  ")),
}
"""Kind to the function that makes a note or a text with it."""


def _cut(note: Note, kind: str, style: Style, dice: Dice) -> Attempt:
    """Stop within a right note, or repeat its beginning until the room is used up."""
    text = note.text.removesuffix(note.closing)
    if kind == "truncated":
        return Attempt(text[: dice.whole(len(text) // 3, len(text) * 4 // 5)].rstrip(), "length")
    turn = f"\n{style.say(LOOPS, dice)}\n{text[: len(text) // 2].rstrip()}"
    return Attempt((text + turn * dice.whole(5, 9))[: -dice.whole(3, 9)].rstrip(), "length")


def _with_fault(brief: Brief, kind: str, style: Style, dice: Dice) -> Attempt | None:
    note = _note(brief, style, dice)
    if kind in {"truncated", "loop"}:
        return _cut(note, kind, style, dice)
    if kind not in FAULTS:
        return None
    made = FAULTS[kind](brief, note, style, dice)
    if made is None:
        return None
    return Attempt(made if isinstance(made, str) else made.text)


def build(occasion: Occasion, wording: int, item_id: str, dice: Dice) -> Job:
    """Build one item."""
    split = split_of("writing", wording)
    held_out = split == "held-out"
    drawn = [dice.shuffled(subject.values)[:2] for subject in SUBJECTS]
    words = dice.shuffled(list(KEYWORDS))[:2]
    brief = Brief(
        title=occasion.title,
        sender=dice.pick(NAMES),
        facts=tuple(new for new, _ in drawn),
        old=tuple(old for _, old in drawn),
        count=dice.whole(6, 8) if not held_out else 6,
        words=(words[0], words[1]),
        forbidden=dice.pick(list(FORBIDDEN)),
    )
    slots = {
        "title": brief.title,
        "heads": ", ".join(f'"## {subject.head}"' for subject in SUBJECTS),
        "count": brief.count,
        "first": words[0],
        "second": words[1],
        "word": brief.forbidden,
        "sender": brief.sender,
    }
    facts = [
        f"- {subject.note.format(value=new, old=old)}"
        for subject, (new, old) in zip(SUBJECTS, drawn, strict=True)
    ]
    rules = [
        f"{n}. {dice.pick(part(table, held_out=held_out)).format(**slots)}"
        for n, table in enumerate(RULES.values(), start=1)
    ]
    first = occasion.wordings[wording].format(sender=brief.sender)
    model = _note(brief, style_of("terse", split), dice.fork("reference"))
    item = Item(
        item_id=item_id,
        input="\n".join([first, *facts, "Requirements:", *rules]),
        references=(model.text,),
        tags={
            "family": "writing",
            "form": "note",
            "steps": str(len(SUBJECTS)),
            "split": split,
            "wording": f"{occasion.id}-{wording + 1}",
        },
    )
    return Job(
        item=item,
        extracted=lambda _output: None,
        is_right=brief.met,
        correct=lambda style, dice: Attempt(_note(brief, style, dice).text),
        with_fault=partial(_with_fault, brief),
    )
