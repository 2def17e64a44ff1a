"""Pairs of models one step apart: what a reader asks about first, chosen by their names alone."""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Literal, NamedTuple

StepKind = Literal["version", "size", "variant"]
"""What sets two models of one family apart."""

STEPS: dict[StepKind, str] = {
    "version": "another version",
    "size": "another size",
    "variant": "another variant",
}
"""The kinds in words, those that are compared first before the others."""

MOST = 12
"""Pairs that are compared, at most."""

_SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[mbt]")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*")


class Step(NamedTuple):
    """Two models of one developer whose names differ in one part."""

    first: str
    """Model."""
    second: str
    """Model."""
    kind: StepKind
    """What sets them apart."""


def step_between(first: str, second: str) -> Step | None:
    """Return the step between two models; None where they are not one step apart.

    They are if they have the same developer and the parts of their names, which hyphens set
    apart, differ in one: it is another one, or only one of the two has it. Something must be left
    that they share.

    Args:
        first: Identifier, ``developer__name``.
        second: Identifier.
    """
    (one_maker, _, one), (other_maker, _, other) = (
        name.partition("__") for name in (first, second)
    )
    short, long = sorted((one.split("-"), other.split("-")), key=len)
    if one_maker != other_maker or one == other:
        return None
    if len(short) == len(long):
        apart = [pair for pair in zip(short, long, strict=True) if pair[0] != pair[1]]
        return Step(first, second, _kind(*apart[0])) if len(apart) == 1 < len(short) else None
    # Taking one part out of the longer name must give the shorter one.
    left_out = (long[:place] + long[place + 1 :] for place in range(len(long)))
    return Step(first, second, "variant") if short in left_out else None


def _kind(one: str, other: str) -> StepKind:
    for kind, form in (("size", _SIZE), ("version", _VERSION)):
        if form.fullmatch(one) and form.fullmatch(other):
            return kind  # type: ignore[return-value]
    return "variant"


def one_step_apart(models: Iterable[str], most: int = MOST) -> tuple[Step, ...]:
    """Return pairs of models one step apart, ``most`` at most.

    Versions come first, then sizes, then variants; among these, pairs that bring in the most
    models not in a pair yet, then in the order of their identifiers.

    Args:
        models: Identifiers.
        most: Pairs to keep.
    """
    found = [step for pair in combinations(sorted(models), 2) if (step := step_between(*pair))]
    kinds = list(STEPS)
    chosen: list[Step] = []
    met: set[str] = set()
    while found and len(chosen) < most:
        best = min(
            found,
            key=lambda step: (kinds.index(step.kind), len(met & {step.first, step.second}), step),
        )
        found.remove(best)
        chosen.append(best)
        met |= {best.first, best.second}
    return tuple(chosen)
