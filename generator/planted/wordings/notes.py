"""What the briefs of constrained writing say, and the sentences that notes are made of.

Every third phrase of a table is held out.
"""

from typing import NamedTuple


class Occasion(NamedTuple):
    """Something that a note is about."""

    id: str
    title: str
    wordings: tuple[str, ...]
    """Beginnings of a brief; the third is held out."""


class Subject(NamedTuple):
    """A section of a note: what it has to tell."""

    head: str
    note: str
    """How the brief gives it."""
    values: tuple[str, ...]
    sentences: tuple[str, ...]


def _occasion(name: str, title: str, what: str) -> Occasion:
    return Occasion(
        name,
        title,
        (
            f"{{sender}} needs a note about {what}. Write it from these facts.",
            f"Write a short note that announces {what} in the name of {{sender}}. The facts:",
            f"Task: the text of a note by {{sender}} on {what}. Material:",
        ),
    )


OCCASIONS: tuple[Occasion, ...] = (
    _occasion("fair", "Summer fair", "the summer fair"),
    _occasion("workshop", "Pottery workshop", "a workshop on pottery"),
    _occasion("tour", "Harbour tour", "a tour of the harbour"),
    _occasion("rehearsal", "Choir rehearsal", "the next rehearsal of the choir"),
    _occasion("cleaning", "Cleaning day", "the cleaning day in the park"),
)

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "When",
        "Time: {value} (last year: {old})",
        ("Friday at 10:30", "Sunday at 14:15", "Monday at 17:45", "Tuesday at 9:20",
         "Saturday at 11:05"),
        ("We meet on {value}.", "It begins on {value}.", "The hour to remember: {value}.",
         "Be there on {value}.", "The start is on {value}.", "Come on {value}."),
    ),
    Subject(
        "Where",
        "Place: {value} (last year: {old})",
        ("the old mill", "the town hall", "pier 7", "the yard of the school", "room 12"),
        ("The place is {value}.", "It happens at {value}.", "You will find us at {value}.",
         "Please go to {value}.", "Our meeting point is {value}.", "Head for {value}."),
    ),
    Subject(
        "Bring",
        "To bring along: {value} (last year: {old})",
        ("two candles", "a warm coat", "three jars", "a pair of gloves", "one blanket"),
        ("Please bring {value}.", "Everybody should pack {value}.",
         "What you need is {value}.", "Do not forget {value}.", "You are asked for {value}.",
         "Have {value} with you."),
    ),
)  # fmt: skip

KEYWORDS: dict[str, tuple[str, ...]] = {
    "lantern": ("A lantern shows the way.", "Look for the lantern.", "There hangs a lantern."),
    "neighbour": ("Tell a neighbour.", "Each neighbour is welcome.", "Take a neighbour along."),
    "music": ("There will be music.", "We also have music.", "Some music is planned."),
    "ladder": ("Mind the ladder.", "A ladder stands ready.", "Nobody has to climb a ladder."),
    "umbrella": (
        "In rain an umbrella helps.",
        "Think of an umbrella.",
        "An umbrella does no harm.",
    ),
    "kettle": ("The kettle is on.", "We put on a kettle.", "There is tea from the kettle."),
}
"""Words that a note has to use, with sentences that do."""

NEUTRAL = (
    "We look forward to it.", "All are welcome.", "It will be a pleasure.", "Thank you for coming.",
    "Pass this on to others.", "Until then, stay well.", "See you there.", "It will not take long.",
    "Your help counts.",
)  # fmt: skip

FORBIDDEN: dict[str, tuple[str, ...]] = {
    "very": ("It will be very nice.", "We are very glad.", "This matters very much."),
    "really": ("It is really good.", "We really mean it.", "That would really help."),
    "just": ("It is just perfect.", "You just have to come.", "That is just right."),
}
"""Words that a note may not use, with sentences that do."""

INVENTED = (
    "Entry costs {n} euros.", "There are {n} seats.", "Children under {n} come free.",
    "The bus of line {n} stops there.", "Last time {n} people came.", "Ring us on extension {n}.",
)  # fmt: skip
"""Sentences that say more than the facts."""

EXTRA_SECTIONS = (
    "## Weather\nSun is hoped for.",
    "## History\nThe custom is an old one.",
    "## Parking\nSpace is scarce, as always.",
)

RULES: dict[str, tuple[str, ...]] = {
    "title": (
        'The first line is "# {title}", with nothing before it and no code fence.',
        'Start at once with the line "# {title}"; no fence, no words ahead of it.',
        '"# {title}" is line one; neither a fence nor anything else precedes it.',
    ),
    "sections": (
        "Then come exactly these sections in this order, each with its own heading: {heads}.",
        "After it, have the headings {heads}, in this order, and no other section.",
        "Its sections, no more and no fewer, and in the order given: {heads}.",
    ),
    "length": (
        "The sections have exactly {count} sentences in all, the headings not counted.",
        "Headings aside, write exactly {count} sentences in the sections.",
        "Sentences in the sections taken together: {count}, neither more nor fewer.",
    ),
    "words": (
        'Use the words "{first}" and "{second}".',
        'The words "{first}" and "{second}" have to occur.',
        'Somewhere in it stand the words "{first}" and "{second}".',
    ),
    "forbidden": (
        'Do not use the word "{word}".',
        'The word "{word}" must not occur.',
        'Avoid "{word}" altogether.',
    ),
    "facts": (
        "Tell each fact of this year, word for word, and add no other facts or figures.",
        "Every fact of this year goes in as it is worded here; no further facts or figures.",
        "This year's facts are all told in the words above, and none is made up.",
    ),
    "closing": (
        'The last line is "Yours, {sender}" and nothing follows it.',
        'End with the line "Yours, {sender}", without anything after it.',
        'Nothing comes after the final line "Yours, {sender}".',
    ),
}
"""Requirements by name."""

FENCES = (
    "```markdown\n{text}\n```",
    "Here is the note:\n\n{text}",
    "```\n{text}\n```",
    "Sure! A note like this should do:\n\n{text}",
    "```text\n{text}\n```",
    "Text of the note ->\n{text}",
)
