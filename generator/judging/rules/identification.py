"""The wrong class of those that the task defines (E10)."""

import re
from collections.abc import Iterator

from generator.judging.finals import Span
from generator.judging.options import plain
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "identification"
_FEWEST_CLASSES = 3
_REASON = re.compile(r"\b(?:because|since|as)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,30}")
_LONGEST_DEFINITION = 300
_SHARED = 0.6
"""Share of the words of a definition that a sentence must repeat to apply it."""


def _definitions(view: View) -> dict[int, frozenset[str]]:
    """Return the words that define each option in the task, as far as the task defines them."""
    task = view.failure.input[:6_000].lower()
    found: dict[int, frozenset[str]] = {}
    names = [text.strip(" .:").lower() for text in view.task.options.texts]
    starts = {place: task.find(f"{name}:") for place, name in enumerate(names) if name}
    bounds = sorted(start for start in starts.values() if start >= 0)
    for place, start in starts.items():
        if start < 0:
            continue
        begin = start + len(names[place])
        end = next((bound for bound in bounds if bound > start), begin + _LONGEST_DEFINITION)
        found[place] = frozenset(_WORD.findall(task[begin : min(end, begin + _LONGEST_DEFINITION)]))
    return found


def _wrong_class(view: View) -> Iterator[Span]:
    right = view.task.options.place(view.task.reference_letter)
    chosen = view.task.options.place(view.chosen_letter)
    final = view.counted
    if right is None or chosen is None or right == chosen or final is None or view.long:
        return
    definitions = _definitions(view)
    if len(definitions) < max(_FEWEST_CLASSES, len(view.task.options.texts) - 1):
        return
    words = definitions.get(chosen, frozenset())
    if right not in definitions or len(words) < _FEWEST_CLASSES:
        return
    name = plain(view.task.options.texts[chosen])
    for sentence in reversed(list(view.sentences_before(final.start))[-3:]):
        said = plain(sentence.text)
        if not _REASON.search(said) or name not in said:
            continue
        own = frozenset(_WORD.findall(said.replace(name, " ")))
        if len(words & own) >= _SHARED * len(words):
            yield Span(sentence.start, sentence.end)
        return


RULES: tuple[Rule, ...] = (
    Rule(
        name="class-of-another-definition",
        family=FAMILY,
        look=_wrong_class,
        prior=0.86,
        category="E10",
        subcategory="wrong-class",
        title="Put into another of the classes that the task defines",
        reason="The case is put into a class by its definition, and it belongs to another class.",
        description=(
            "Speaks where the options are classes that the task defines and the closing reason "
            "repeats the definition of the class that is chosen."
        ),
    ),
)
