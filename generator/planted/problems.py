"""Items of the two families with worked solutions: word problems and multiple choice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.planted.dice import Dice
from generator.planted.forms import FORMS, FREE, PAIR, STATED_SHARE, extract
from generator.planted.plans import Story, Work, draw_values, solve
from generator.planted.split import Split, part, split_of
from generator.planted.styles import STYLES, expression
from generator.planted.variations import variations
from generator.planted.wordings.people import NAMES
from generator.records.benchmark import Item

LETTERS = "ABCDEFGH"
LEAST_OPTIONS = 5
MOST_OPTIONS = 8
PLAUSIBLE = 20
"""An option is at most this many times larger or smaller than the right answer."""

WorkedFamily = Literal["word-problem", "multiple-choice", "units-time"]


@dataclass(frozen=True)
class Problem:
    """An item with everything that is needed to answer it rightly or wrongly."""

    item: Item
    """The item."""
    unit: str
    """Word after the answer, if any."""
    right: Work
    """The right work."""
    works: dict[str, tuple[Work, ...]]
    """Works with one fault, by kind."""
    form: str
    """Name of the required form, or ``free``."""
    numbers: tuple[int, ...]
    """Numbers that are given or derived."""
    options: tuple[int, ...] = ()
    """Value of each option."""

    @property
    def reference(self) -> str:
        """The answer that counts as right."""
        return self.item.references[0]

    def answer(self, values: Sequence[int]) -> str | None:
        """Return how an answer is given: numbers, or a letter, or none if no option fits."""
        if not self.options:
            return ", ".join(map(str, values))
        return LETTERS[self.options.index(values[0])] if values[0] in self.options else None

    def extracted(self, output: str) -> str | None:
        """Take the answer from an output as the harness does."""
        count = len(self.right.answers)
        return extract(output, self.form, letters=bool(self.options), count=count)


def _named(story: Story, names: dict[str, str]) -> Story:
    """Put the names into labels and remarks."""

    def put(text: str) -> str:
        for slot, name in names.items():
            text = text.replace(f"{{{slot}}}", name)
        return text

    return replace(
        story,
        wordings=tuple(put(text) for text in story.wordings),
        steps=tuple(step._replace(label=put(step.label)) for step in story.steps),
        inventions=tuple(i._replace(remark=put(i.remark)) for i in story.inventions),
    )


def _solution(work: Work) -> str:
    style = STYLES["terse"]
    lines = [f"{line.label}: {expression(line, style)} = {line.result}" for line in work.lines]
    return "\n".join(lines)


def _options(right: int, works: dict[str, tuple[Work, ...]], dice: Dice) -> tuple[int, ...]:
    """Draw options in rounds over the kinds of fault, so that they show different slips."""
    wanted = dice.whole(LEAST_OPTIONS, MOST_OPTIONS)
    results = {
        kind: dice.shuffled(
            [
                work.answers[0]
                for work in found
                if right <= work.answers[0] * PLAUSIBLE and work.answers[0] <= right * PLAUSIBLE
            ]
        )
        for kind, found in works.items()
    }
    options = [right]
    while len(options) < wanted and any(results.values()):
        for kind in dice.shuffled([kind for kind, values in results.items() if values]):
            value = results[kind].pop()
            if value not in options and len(options) < wanted:
                options.append(value)
    return tuple(dice.shuffled(options))


def _form(dice: Dice, split: Split, *, letters: bool) -> tuple[str, str]:
    """Draw the form of the answer and the sentence that states it."""
    if not dice.chance(STATED_SHARE):
        return FREE, ""
    held_out = split == "held-out"
    form = dice.pick([form for form in FORMS.values() if held_out or not form.held_out])
    sentences = form.letters if letters else form.numbers
    return form.id, dice.pick(part(sentences, held_out=held_out))


def _of_split(story: Story, split: Split) -> Story:
    """Keep the false statements that belong to a part of the benchmark."""
    kept = (
        f._replace(statements=tuple(part(f.statements, held_out=split == "held-out")))
        for f in story.falsehoods
    )
    return replace(story, falsehoods=tuple(kept))


def build(
    family: WorkedFamily, story: Story, wording: int, item_id: str, dice: Dice
) -> Problem | None:
    """Build one item; none where too few options come about.

    Args:
        family: task family.
        story: kind of problem.
        wording: index of the wording.
        item_id: identifier of the item.
        dice: choices of this item.
    """
    split = split_of(family, wording)
    story = _of_split(story, split)
    story = _named(story, dict(zip("ABC", dice.shuffled(NAMES)[:3], strict=True)))
    values = draw_values(story, dice)
    right = solve(story.steps, values, story.targets)
    if right is None:
        return None
    works = variations(story, values, right)
    choosing = family == "multiple-choice"
    options = _options(right.answers[0], works, dice) if choosing else ()
    if choosing and len(options) < LEAST_OPTIONS:
        return None
    form, statement = _form(dice, split, letters=choosing)
    parts = [story.wordings[wording].format(**values)]
    parts += [PAIR] if len(right.answers) > 1 else []
    parts += [statement] if statement else []
    problem = Problem(
        item=Item(
            item_id=item_id,
            input="\n".join(parts),
            choices=tuple(map(str, options)),
            references=(
                LETTERS[options.index(right.answers[0])]
                if choosing
                else ", ".join(map(str, right.answers)),
            ),
            solution=_solution(right),
            tags={
                "family": family,
                "form": form,
                "steps": str(len(story.steps)),
                "split": split,
                "wording": f"{story.id}-{wording + 1}",
            },
        ),
        unit=story.unit,
        right=right,
        works=works,
        form=form,
        numbers=(*values.values(), *right.results.values()),
        options=options,
    )
    if not choosing:
        return problem
    reachable = {
        kind: tuple(work for work in found if work.answers[0] in options)
        for kind, found in works.items()
    }
    return replace(problem, works=reachable)
