"""The family of lists and ordering, first kind: things to be listed by a measure."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.sheets import Sheet, SheetTask, Teller, draw_form
from generator.planted.split import part, split_of
from generator.planted.styles import Style
from generator.planted.wordings.lists import (
    COMPARISONS,
    DROPPED,
    FILTERS,
    FIRSTS,
    GONE,
    NEXTS,
    Collection,
)
from generator.records.benchmark import Item

FEWEST, MOST = 5, 7
"""Things in a list, those to be left out included."""
WHAT = "the names in order, with a comma and a space between them"


class Thing(NamedTuple):
    """A member of a list."""

    name: str
    asked: int
    """Its value in the measure asked for."""
    other: int
    """Its value in another measure."""


class Listing(NamedTuple):
    """How a list is worked out, rightly or wrongly."""

    goal: str
    """What is said to be asked for."""
    before: tuple[tuple[Sequence[str], Mapping[str, object]], ...]
    """Tables of sentences said before the list is made, with what goes into their slots."""
    order: tuple[tuple[str, str], ...]
    """Names in the order of the work, with the values that are read."""
    compared: tuple[str, ...]
    """What a comparison says: two names, the word between, two values; empty for none."""
    answer: tuple[str, ...]
    """Names in the order of the answer."""


def _tell(listing: Listing, style: Style, dice: Dice) -> Sheet:
    """Tell how the list was made."""
    steps = [style.say(table, dice).format(**slots) for table, slots in listing.before]
    for place, (name, value) in enumerate(listing.order):
        table = NEXTS if place else FIRSTS
        steps.append(style.say(table, dice).format(name=name, value=value))
        if listing.compared and name == listing.compared[0]:
            a, word, b, x, y = listing.compared
            steps.append(style.say(COMPARISONS, dice).format(a=a, word=word, b=b, x=x, y=y))
    return Sheet(listing.goal, tuple(steps), ", ".join(listing.answer))


def read_names(names: Sequence[str], text: str) -> str | None:
    """Read a list in the notation that is asked for."""
    return text if all(name in names for name in text.split(", ")) else None


def find_names(names: Sequence[str], text: str) -> str | None:
    """Find names in the order in which they stand."""
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    found = re.findall(rf"\b(?:{pattern})\b", text)
    return ", ".join(found) or None


def _swapped(order: Sequence[tuple[str, str]], place: int) -> tuple[tuple[str, str], ...]:
    """Exchange a member and the next one."""
    one, two = order[place : place + 2]
    return (*order[:place], two, one, *order[place + 2 :])


def _names(order: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(name for name, _ in order)


def _listings(
    kind: Collection, things: Sequence[Thing], limit: int | None, *, rising: bool
) -> tuple[Listing, dict[str, list[Listing]]]:
    """Return the right listing and the wrong ones by kind of fault."""

    def of(
        kept: Sequence[Thing], *, up: bool, by_other: bool = False
    ) -> tuple[tuple[str, str], ...]:
        place, unit = (2, kind.other_unit) if by_other else (1, kind.unit)
        ranked = sorted(kept, key=lambda thing: int(thing[place]), reverse=not up)
        return tuple((thing.name, f"{thing[place]} {unit}") for thing in ranked)

    def goal(*, up: bool, by_other: bool = False, whole: bool = False) -> str:
        low, high = kind.other_ends if by_other else kind.ends
        ends = f"{low} to the {high}" if up else f"{high} to the {low}"
        rest = (
            ""
            if limit is None or whole
            else f" whose {kind.other} is not above {limit} {kind.other_unit}"
        )
        return f"list of {kind.things}{rest}, from the {ends}"

    kept = [thing for thing in things if limit is None or thing.other <= limit]
    dropped = " and ".join(thing.name for thing in things if thing not in kept)
    slots = {"names": dropped, "measure": kind.other, "limit": limit, "unit": kind.other_unit}
    before: tuple[tuple[Sequence[str], Mapping[str, object]], ...] = ()
    if dropped:
        before = ((DROPPED, slots),)
    order = of(kept, up=rising)
    values = dict(order)
    ahead = kind.comparatives[0 if rising else 1]
    a, b = order[1][0], order[2][0]
    right = Listing(
        goal(up=rising), before, order, (a, ahead, b, values[a], values[b]), _names(order)
    )

    def made(wrong: Sequence[tuple[str, str]]) -> Listing:
        """Work out another order to its end, without a comparison."""
        return right._replace(order=tuple(wrong), compared=(), answer=_names(wrong))

    wrong: dict[str, list[Listing]] = {}
    places = range(len(order) - 1)
    wrong["misordered"] = [made(_swapped(order, place)) for place in places]
    wrong["skipped"] = [made((*order[:i], *order[i + 1 :])) for i in range(1, len(order) - 1)]
    wrong["repeated"] = [made((*order[:i], order[0], *order[i:])) for i in range(2, len(order))]
    wrong["missing-item"] = [
        right._replace(answer=(*right.answer[:i], *right.answer[i + 1 :]))
        for i in range(len(order))
    ]
    wrong["extra-item"] = [
        right._replace(answer=(*right.answer[:i], name, *right.answer[i:]))
        for name in kind.strangers
        for i in range(1, len(order))
    ]
    wrong["ignores-own-result"] = [
        right._replace(answer=_names(_swapped(order, place))) for place in places
    ]
    turned, other = of(kept, up=not rising), of(kept, up=rising, by_other=True)
    wrong["wrong-target"] = [
        made(turned)._replace(goal=goal(up=not rising)),
        made(other)._replace(goal=goal(up=rising, by_other=True)),
    ]
    if dropped:
        whole = made(of(things, up=rising))
        wrong["ignored-condition"] = [whole._replace(goal=goal(up=rising, whole=True), before=())]
    # The comparison is false, and what it says is then done.
    wrong["comparison"] = [
        made(_swapped(order, i))._replace(
            compared=(
                order[i + 1][0],
                ahead,
                order[i][0],
                order[i + 1][1],
                order[i][1],
            )
        )
        for i in places
    ]
    wrong["invented-premise"] = [
        made(tuple(pair for pair in order if pair[0] != name))._replace(
            before=(*before, (GONE, {"name": name}))
        )
        for name in right.answer
    ]
    misread = []
    for thing in kept:
        read = [t._replace(asked=t.other) if t == thing else t for t in kept]
        if len({t.asked for t in read}) == len(read):
            misread.append(made(of(read, up=rising)))
    wrong["wrong-quantity"] = misread
    return right, {
        name: [listing for listing in found if listing.answer != right.answer]
        for name, found in wrong.items()
    }


def build(kind: Collection, wording: int, item_id: str, dice: Dice) -> Job | None:
    """Build one item; none where the values drawn are not all different."""
    split = split_of("ordering", wording)
    names = dice.shuffled(kind.members)[: dice.whole(FEWEST, MOST)]
    things = [Thing(name, dice.whole(*kind.range), dice.whole(*kind.other_range)) for name in names]
    values = [value for thing in things for value in thing[1:]]
    if len(set(values)) < len(values):
        return None
    ranked = sorted(thing.other for thing in things)
    limit = ranked[-2] if dice.chance(0.6) else None
    rising = dice.chance(0.5)
    form, statement = draw_form(dice, split, WHAT)
    ends = kind.ends if rising else kind.ends[::-1]
    condition = dice.pick(part(FILTERS, held_out=split == "held-out")).format(
        measure=kind.other, limit=limit, unit=kind.other_unit
    )
    rows = [f"- {t.name}: {t.asked} {kind.unit}, {t.other} {kind.other_unit}" for t in things]
    parts = [
        kind.wordings[wording].format(things=kind.things, first=ends[0], last=ends[1]),
        *([condition] if limit is not None else []),
        *rows,
        *([statement] if statement else []),
    ]
    right, wrong = _listings(kind, things, limit, rising=rising)
    known = (*names, *kind.strangers)
    faults: dict[str, list[Teller]] = {
        name: [partial(_tell, listing) for listing in found] for name, found in wrong.items()
    }
    tags = {
        "family": "ordering",
        "form": form,
        "steps": str(len(right.order)),
        "split": split,
        "wording": f"{kind.id}-{wording + 1}",
    }
    answer = ", ".join(right.answer)
    item = Item(item_id=item_id, input="\n".join(parts), references=(answer,), tags=tags)
    literals = (" / ".join(right.answer), "; ".join(right.answer), str(list(right.answer)))
    return SheetTask(
        item=item,
        form=form,
        read=partial(read_names, known),
        find=partial(find_names, known),
        right=partial(_tell, right),
        faults=faults,
        literals=literals,
    ).job()
