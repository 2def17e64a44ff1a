"""An independent reader of items and outputs: shares nothing with the generator but its texts."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

OPERATORS = {
    "plus": "+",
    "minus": "-",
    "times": "*",
    "divided by": "/",
    "\\times": "*",
    "\\div": "/",
    "\u2212": "-",
    "\u00d7": "*",
    "\u00f7": "/",
    "x": "*",
}
NUMBER = r"[0-9]+"
CHAIN = rf"{NUMBER}(?: [-+*/] {NUMBER})+"
LINK = r"(?: =|, which is|,? so| gives| makes| is|, and that equals)"
EQUATION = re.compile(rf"({CHAIN}){LINK} ({NUMBER})")


class Equation(NamedTuple):
    operands: tuple[int, ...]
    operators: tuple[str, ...]
    result: int

    @property
    def holds(self) -> bool:
        return value_of(self.operands, self.operators) == self.result


def value_of(operands: tuple[int, ...], operators: tuple[str, ...]) -> Fraction:
    """Products and quotients first, then sums, as in school."""
    terms = [Fraction(operands[0])]
    for operator, operand in zip(operators, operands[1:], strict=True):
        match operator:
            case "*":
                terms[-1] *= operand
            case "/":
                terms[-1] /= operand
            case "+":
                terms.append(Fraction(operand))
            case _:
                terms.append(Fraction(-operand))
    return sum(terms, Fraction(0))


def equations(text: str) -> list[Equation]:
    """Every equation in a text, whatever its style."""
    text = text.replace("**", "").replace("$", "")
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    for word, sign in OPERATORS.items():
        text = re.sub(rf"(?<=[0-9]) {re.escape(word)} (?=[0-9])", f" {sign} ", text)
    found = []
    for chain, result in EQUATION.findall(text):
        tokens = chain.split()
        found.append(Equation(tuple(map(int, tokens[0::2])), tuple(tokens[1::2]), int(result)))
    return found


def quantities(text: str, wording: str) -> dict[str, int]:
    """Read the quantities of an item's text with the help of its wording."""
    seen: set[str] = set()

    def slot(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return rf"(?P<{name}>[0-9]+)" if name not in "ABC" else rf"(?P<{name}>[A-Z][a-z]+)"

    pattern = re.sub(r"\\\{(\w+)\\\}", slot, re.escape(wording))
    match = re.match(pattern, text)
    assert match, text
    return {name: int(value) for name, value in match.groupdict().items() if value.isdigit()}


ANSWERS: dict[str, Callable[..., tuple[int, ...]]] = {
    "bakery": lambda trays, per, burnt, bag, **_: ((trays * per - burnt) // bag,),
    "outing": lambda buses, seats, pupils, adults, **_: (buses * seats - pupils - adults,),
    "library": lambda na, pa, nb, pb, nc, pc, **_: (na * pa + nb * pb + nc * pc,),
    "stall": lambda na, pa, nb, pb, nc, pc, rent, **_: (na * pa + nb * pb + nc * pc - rent,),
    "stamps": lambda x, n, m, **_: (x + 2 * x * n - m,),
    "orchard": lambda x, p, y, q, **_: (x * p - y * q,),
    "pool": lambda tap, leak, time, **_: ((tap - leak) * time,),
    "laps": lambda laps, days, minutes, **_: (laps * days * minutes // 60,),
    "juice": lambda bottles, litres, glass, **_: (bottles * litres * 1000 // glass,),
    "ribbon": lambda rolls, metres, piece, sold, **_: (rolls * metres * 100 // piece - sold,),
    "eggs": lambda hens, each, weeks, **_: (hens * each * weeks // 12,),
    "hotline": lambda hours, each, days, **_: (hours * 60 // each * days,),
    "fence": lambda length, gap, price, wire, **_: ((length // gap + 1) * price + wire,),
    "novel": lambda first, last, pace, minutes, **_: ((last - first + 1) // pace * minutes,),
    "coat": lambda price, pct, money, **_: (
        price * (100 - pct) // 100,
        money - price * (100 - pct) // 100,
    ),
    "tickets": lambda adults, pa, children, pc, money, **_: (
        adults * pa + children * pc,
        money - adults * pa - children * pc,
    ),
    "warehouse": lambda crates, size, sold, shops, **_: (
        crates * size - sold,
        (crates * size - sold) // shops,
    ),
    "savings": lambda x, y, weeks, gift, **_: (
        (x + y) * weeks * 7 - gift,
        (x + y) * weeks * 7,
    ),
    "meadow": lambda length, width, **_: (length * width, 2 * length + 2 * width),
    "dinner": lambda friends, dishes, pd, drinks, pw, **_: (
        dishes * pd + drinks * pw,
        (dishes * pd + drinks * pw) // friends,
    ),
    "mean": lambda a, b, c, d, **_: ((a + b + c + d) // 4,),
    "town": lambda base, pct, gone, **_: (base * (100 + pct) // 100 - gone,),
    "hall": lambda first, last, per, sold, **_: ((last - first + 1) * per - sold,),
    "parcels": lambda na, wa, nb, wb, nc, wc, **_: (na * wa + nb * wb + nc * wc,),
    "pasture": lambda sheep, n, sold, **_: (sheep + sheep * n - sold,),
    "tiles": lambda length, width, side, price, **_: (length * width // side**2 * price,),
    "journey": lambda ha, va, hb, vb, **_: ((ha * va + hb * vb) // (ha + hb),),
    "lamps": lambda length, gap, watt, **_: ((length // gap + 1) * watt,),
    "flour": lambda kilos, bag, per, **_: (kilos * 1000 // bag // per,),
    "presses": lambda machines, rate, hours, bad, **_: (machines * rate * hours * 60 - bad,),
    "watch": lambda first, last, hours, pay, **_: ((last - first + 1) * hours * pay,),
}
"""Story to its answer, worked out here anew from the text of the story."""

LAST_LINES = {
    "hashes": "#### {}",
    "sentence": "The answer is {}.",
    "boxed": "\\boxed{{{}}}",
    "result": "RESULT: {}",
}


def answer_line(output: str) -> str:
    """The last line that says something."""
    return ([""] + [line for line in output.split("\n") if line.strip()])[-1]


def is_right(output: str, reference: str, form: str) -> bool:
    """Whether a worked output gives the reference in an acceptable form."""
    line = answer_line(output)
    if form != "free":
        return line == LAST_LINES[form].format(reference)
    if not re.search(r"answer|####|boxed", line, re.IGNORECASE):
        return False
    tail = re.split(r"answer|####|boxed", line, flags=re.IGNORECASE)[-1]
    found = re.findall(r"[0-9]+|\b[A-H]\b", tail)
    return ", ".join(found) == reference
