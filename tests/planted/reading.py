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
LINK = (
    r"(?: =| ->|, which is|,? so| gives| makes| is|, and that equals| results in|, a total of"
    r"| leaves me with| I land on)"
)
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
    "box": lambda length, width, depth, spilt, **_: (length * width * depth - spilt,),
    "sail": lambda base, height, count, **_: (base * height * count // 2,),
    "heater": lambda power, hours, days, **_: (power * hours * days,),
    "shipping": lambda volume, density, tare, **_: (volume * density + tare,),
    "pump": lambda rate, minutes, **_: (rate * minutes * 60 // 1000,),
    "shift": lambda hours, extra, days, each, **_: ((hours * 60 + extra) * days // each,),
    "rope": lambda coils, metres, used, **_: (coils * metres * 100 - used,),
    "medicine": lambda grams, dose, daily, **_: (grams * 1000 // dose // daily,),
    "voyage": lambda days, speed, rest, **_: (days * 24 * speed + rest,),
    "calendar-days": lambda first, last, lengths, pool, **_: (
        (last - first + 1) * lengths * pool // 1000,
    ),
    "watch": lambda first, last, hours, pay, **_: ((last - first + 1) * hours * pay,),
}
"""Story to its answer, worked out here anew from the text of the story."""

LAST_LINES = {
    "hashes": "#### {}",
    "sentence": "The answer is {}.",
    "boxed": "\\boxed{{{}}}",
    "result": "RESULT: {}",
    "element": "<answer>{}</answer>",
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


def is_right_text(output: str, reference: str, form: str) -> bool:
    """Whether an output told in sentences gives the reference in an acceptable form."""
    line = answer_line(output)
    if form != "free":
        return line == LAST_LINES[form].format(reference)
    if not re.search(r"answer|####|boxed", line, re.IGNORECASE):
        return False
    tail = re.split(r"answer|####|boxed", line, flags=re.IGNORECASE)[-1]
    words = " ".join(re.sub(r"[^A-Za-z, ]+", " ", tail).split())
    return words.endswith(reference) and words.count(",") == reference.count(",")


class Requirements(NamedTuple):
    """What a brief asks for, read from its text."""

    title: str
    heads: list[str]
    count: int
    words: list[str]
    forbidden: str
    closing: str
    facts: list[str]
    old: list[str]


def requirements(text: str) -> Requirements:
    """Read a brief."""
    rules = re.findall(r"(?m)^[0-9]\. (.*)$", text)
    quoted = [re.findall(r'"([^"]+)"', rule) for rule in rules]
    facts = re.findall(r"(?m)^- [^:]+: (.*) \(last year: (.*)\)$", text)
    return Requirements(
        title=quoted[0][0],
        heads=quoted[1],
        count=int(re.findall(r"[0-9]+", rules[2])[0]),
        words=quoted[3],
        forbidden=quoted[4][0],
        closing=quoted[6][0],
        facts=[new for new, _ in facts],
        old=[old for _, old in facts],
    )


def broken(output: str, asked: Requirements) -> set[str]:
    """Name the requirements of a brief that an output breaks."""
    lines = output.strip().splitlines() or [""]
    heads = [line for line in lines[1:] if line.startswith("#")]
    prose = " ".join(line for line in lines[1:-1] if not line.startswith("#"))
    found = {
        "title": lines[0] != asked.title,
        "heads": heads != asked.heads,
        "count": len(re.findall(r"[.!?](?: |$)", prose + " ")) != asked.count,
        "words": any(word not in prose for word in asked.words),
        "forbidden": asked.forbidden in re.findall(r"[a-z]+", prose.lower()),
        "closing": lines[-1] != asked.closing,
        "facts": any(fact not in prose for fact in asked.facts),
        "figures": bool(
            set(re.findall("[0-9]+", prose)) - set(re.findall("[0-9]+", " ".join(asked.facts)))
        ),
    }
    return {name for name, wrong in found.items() if wrong}
