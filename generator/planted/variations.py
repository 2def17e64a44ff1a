"""Faults in the work itself: every wrong way through a plan that one slip can lead to.

Each function lists all works that one fault of its kind gives; the caller keeps those whose
answer differs from the right one. What makes a kind true is said at its function.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from generator.planted.plans import Line, Step, Story, Work, evaluate, parts_of, solve

Values = Mapping[str, int]
Maker = Callable[[Story, Values, Work], Iterator[Work | None]]
"""Lists works; those of a false statement come once for each way to state it."""

OTHER_FACTOR: dict[str, tuple[str, ...]] = {
    "60": ("100",),
    "24": ("12", "20"),
    "7": ("5", "6"),
    "12": ("10", "20", "24"),
    "1000": ("100", "10"),
    "100": ("10", "1000"),
}
"""Constants of conversions, and what they are mistaken for."""

SLIPS = (1, -1, 2, -2, 3, -3, 10, -10, 20, -20, 100, -100)
"""How far an arithmetic result may be off."""

INVENTED = tuple(range(2, 30))
"""Values that may be invented."""


def _with(steps: tuple[Step, ...], index: int, step: Step) -> tuple[Step, ...]:
    return (*steps[:index], step, *steps[index + 1 :])


def _without(steps: tuple[Step, ...], index: int, stand_in: str) -> tuple[Step, ...]:
    """Drop a step; later ones use ``stand_in`` in its place."""
    gone = steps[index].name
    rest = [
        step._replace(
            expression=" ".join(stand_in if t == gone else t for t in step.expression.split())
        )
        for step in steps[index + 1 :]
    ]
    return (*steps[:index], *rest)


def _uses(steps: tuple[Step, ...], name: str) -> int:
    return sum(parts_of(step.expression)[0].count(name) for step in steps)


def _fresh(story: Story, index: int) -> bool:
    """Whether the steps from ``index`` on are the only ones to use some given quantity."""
    used = {n for step in story.steps[:index] for n in parts_of(step.expression)[0]}
    later = {n for step in story.steps[index:] for n in parts_of(step.expression)[0]}
    return any(name in story.quantities for name in later - used)


def wrong_quantity(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """A given quantity is used where another one is meant; both stand in the text."""
    for index, step in enumerate(story.steps):
        tokens = step.expression.split()
        for place, token in enumerate(tokens):
            if token not in values:
                continue
            for other in values:
                if other in tokens:
                    continue
                changed = [*tokens[:place], other, *tokens[place + 1 :]]
                wrong = step._replace(expression=" ".join(changed))
                yield solve(_with(story.steps, index, wrong), values, story.targets)


def ignored_condition(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """A step in the middle is left out, and with it a stated quantity that nothing else uses."""
    for index, step in enumerate(story.steps[:-1]):
        names, operators = parts_of(step.expression)
        if len(operators) != 1 or step.conversion or step.counts or step.name in story.targets:
            continue
        earlier = [name for name in names if name not in values and not name.isdigit()]
        given = [name for name in names if name in values]
        if len(earlier) == 1 and len(given) == 1 and _uses(story.steps, given[0]) == 1:
            yield solve(_without(story.steps, index, earlier[0]), values, story.targets)


def wrong_target(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """An intermediate result is said to be what is asked for, and given."""
    if len(story.targets) > 1:
        return
    for index in range(len(story.steps) - 1):
        if not any(step.conversion for step in story.steps[index + 1 :]):
            target = (story.steps[index].name,)
            yield solve(story.steps[: index + 1], values, target)


def invented_quantity(story: Story, values: Values, right: Work) -> Iterator[Work | None]:
    """A step with a quantity that is neither given nor derived is put in."""
    taken = {number for line in right.lines for number in (*line.operands, line.result)}
    taken |= set(values.values())
    for invention in story.inventions:
        index = next(i for i, step in enumerate(story.steps) if step.name == invention.after)
        origin = story.steps[index]
        before = origin._replace(name=f"{origin.name}_before")
        for value in INVENTED:
            if value in taken:
                continue
            extra = Step(
                name=origin.name,
                expression=f"{before.name} {invention.operation} {value}",
                label=f"{origin.label} then",
                remark=invention.remark.format(v=value),
            )
            steps = (*story.steps[:index], before, extra, *story.steps[index + 1 :])
            yield solve(steps, values, story.targets)


def _false(kind: str) -> Maker:
    """Return a maker for steps that follow a false statement, which is made before them."""

    def make(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
        for falsehood in story.falsehoods:
            index = next(i for i, step in enumerate(story.steps) if step.name == falsehood.step)
            for statement in falsehood.statements if falsehood.kind == kind else ():
                wrong = story.steps[index]._replace(
                    expression=falsehood.expression, remark=statement
                )
                yield solve(_with(story.steps, index, wrong), values, story.targets)

    return make


def wrong_operation(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """The operands of a step are right, its operation is not; the arithmetic shown is true."""
    swaps = {"+": "-*", "-": "+", "*": "+", "/": "*-"}
    for index, step in enumerate(story.steps):
        names, operators = parts_of(step.expression)
        if len(operators) != 1 or step.conversion or step.counts:
            continue
        for operator in swaps[operators[0]]:
            wrong = step._replace(expression=f"{names[0]} {operator} {names[1]}")
            yield solve(_with(story.steps, index, wrong), values, story.targets)


def stops_short(story: Story, values: Values, right: Work) -> Iterator[Work | None]:
    """The last steps are missing although all given quantities were used; the rest is right."""
    if len(story.targets) > 1:
        return
    for index in range(1, len(story.steps)):
        rest = story.steps[index:]
        if not _fresh(story, index) and not any(step.conversion for step in rest):
            short = solve(story.steps[:index], values, (story.steps[index - 1].name,))
            yield short and replace(short, goals=right.goals)


def _slipped(line: Line) -> Iterator[int]:
    """Yield wrong results of a step that no other operation on its operands would give."""
    others = set()
    for operator in "+-*/":
        other = evaluate(line.operands, (operator,) * len(line.operators))
        if other is not None:
            others.add(other)
    digits = str(line.result)
    swapped = [
        int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
        for i in range(len(digits) - 1)
        if digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")
    ]
    wrong = [line.result + slip for slip in SLIPS] + swapped
    if line.operators == ("*",):
        wrong += [line.result + operand for operand in line.operands]
        wrong += [line.result - operand for operand in line.operands]
    for value in wrong:
        low, high = sorted((value, line.result))
        shifted = low > 0 and high in (low * 10, low * 100, low * 1000)
        if value > 0 and value not in others and not shifted:
            yield value


def arithmetic(story: Story, values: Values, right: Work) -> Iterator[Work | None]:
    """Operands and operation of a step are right, the stated result is not; the rest carries it."""
    for step, line in zip(story.steps, right.lines, strict=True):
        if not step.conversion and not step.counts:
            for value in _slipped(line):
                if value != line.result:
                    yield solve(story.steps, values, story.targets, slips={step.name: value})


def off_by_one(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """Places are counted with one end left out."""
    for index, step in enumerate(story.steps):
        if step.counts:
            wrong = step._replace(expression=step.expression.removesuffix(" + 1"))
            yield solve(_with(story.steps, index, wrong), values, story.targets)


def _sums(story: Story) -> Iterator[tuple[int, Step, tuple[str, ...]]]:
    for index, step in enumerate(story.steps):
        names, operators = parts_of(step.expression)
        if len(names) > 2 and all(operator == "+" for operator in operators):  # noqa: PLR2004
            yield index, step, names


def skipped(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """A derived term is left out of a sum."""
    for index, step, names in _sums(story):
        for place, name in enumerate(names):
            if name not in values:
                rest = " + ".join(names[:place] + names[place + 1 :])
                yield solve(
                    _with(story.steps, index, step._replace(expression=rest)),
                    values,
                    story.targets,
                )


def repeated(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
    """A term of a sum is added twice."""
    for index, step, names in _sums(story):
        for place, name in enumerate(names):
            more = " + ".join((*names[: place + 1], name, *names[place + 1 :]))
            yield solve(
                _with(story.steps, index, step._replace(expression=more)), values, story.targets
            )


def _conversions(conversion: str, *, missing: bool, tens: bool | None) -> Maker:
    """Return a maker for conversions that are missing or use a wrong factor.

    Args:
        conversion: which conversions.
        missing: whether they may be missing.
        tens: whether factors that are powers of ten are mistaken, or the others; none for all.
    """

    def make(story: Story, values: Values, _right: Work) -> Iterator[Work | None]:
        for index, step in enumerate(story.steps):
            if step.conversion != conversion:
                continue
            names, _ = parts_of(step.expression)
            is_last = index == len(story.steps) - 1
            if missing and not is_last:
                # The unconverted quantity: of "price * pct / 100" the percentage.
                yield solve(_without(story.steps, index, names[-2]), values, story.targets)
            is_ten = set(names[-1]) == {"1", "0"}
            for other in OTHER_FACTOR[names[-1]] if tens in (None, is_ten) else ():
                expression = " ".join([*step.expression.split()[:-1], other])
                wrong = step._replace(expression=expression)
                yield solve(_with(story.steps, index, wrong), values, story.targets)

    return make


VARIATIONS: dict[str, Maker] = {
    "wrong-quantity": wrong_quantity,
    "ignored-condition": ignored_condition,
    "wrong-target": wrong_target,
    "invented-quantity": invented_quantity,
    "wrong-definition": _false("wrong-definition"),
    "wrong-formula": _false("wrong-formula"),
    "wrong-operation": wrong_operation,
    "stops-short": stops_short,
    "arithmetic": arithmetic,
    "off-by-one": off_by_one,
    "skipped": skipped,
    "repeated": repeated,
    "unit": _conversions("unit", missing=True, tens=False),
    "factor-of-ten": _conversions("unit", missing=False, tens=True),
    "percentage": _conversions("percentage", missing=True, tens=None),
    "time-base": _conversions("time-base", missing=True, tens=None),
}
"""Kind to the function that lists its works."""


def variations(story: Story, values: Values, right: Work) -> dict[str, tuple[Work, ...]]:
    """Return, for every kind, the works whose answer is wrong in at least one part."""
    found = {}
    for kind, make in VARIATIONS.items():
        works = (work for work in make(story, values, right) if work is not None)
        found[kind] = tuple(work for work in works if work.answers != right.answers)
    return found
