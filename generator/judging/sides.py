"""The sides of an equation in free text: the arithmetic nearest to an equals sign."""

from typing import NamedTuple

from generator.judging.arithmetic import Token

_ARITHMETIC = frozenset({"number", "operator", "fraction", "open", "close", "percent", "root"})
_ENDS_A_NUMBER = frozenset({"number", "close", "percent"})
_BINDS_LEFT = "^_\\√!|'<>≤≥≠[@#&"
_FUNCTION_WORDS = "log ln lg sin cos tan cot sec exp sqrt root mod max min gcd lcm det choose"
_CONNECTIVE_WORDS = (
    "and so is then of for to the a an we he she they it are was were equals gives or but "
    "because since which that this in on at by from with into than as not no has have had "
    "get gets if left times plus minus"
)
_SCALE_WORDS = "million billion trillion thousand hundred dozen remainder r k m bn percent pi e i"
_UNIT_WORDS = (
    "kg g mg km m cm mm nm s ms min h hr hrs lb lbs ft in mi yd mph j kj n w kw v a c f l "
    "ml mol pa kpa atm hz oz cal kcal ev psi"
)
_FUNCTIONS = frozenset(_FUNCTION_WORDS.split())
_CONNECTIVES = frozenset(_CONNECTIVE_WORDS.split())
_SCALES = frozenset(_SCALE_WORDS.split())
_UNITS = frozenset(_UNIT_WORDS.split())


class Side(NamedTuple):
    """One side of an equation."""

    taken: tuple[Token, ...]
    """Its arithmetic; empty where there is none, or where it is part of something larger."""
    units: bool
    """Whether unit words were passed over."""


def left_side(read: list[Token]) -> Side:
    """Take the longest arithmetic that ends at the equals sign, skipping unit words."""
    taken: list[Token] = []
    units = False
    index = len(read) - 1
    while index >= 0:
        token = read[index]
        if token.kind in _ARITHMETIC:
            taken.append(token)
        elif _times(read, index):
            taken.append(Token("operator", "*", token.start, token.end))
        elif _unit(read, index):
            units = True
        else:
            break
        index -= 1
    taken.reverse()
    while taken and taken[0].kind == "close":
        taken.pop(0)
    if not taken or taken[-1].kind == "operator":
        return Side((), units)
    taken = _balanced(taken, from_left=True)
    if not taken or _bound_on_the_left(read, index, taken[0]):
        return Side((), units)
    return Side(tuple(taken), units)


def right_side(read: list[Token]) -> Side:
    """Take the longest arithmetic that begins at the equals sign, skipping unit words."""
    taken: list[Token] = []
    units = False
    following: Token | None = None
    for index, token in enumerate(read):
        if token.kind in _ARITHMETIC:
            taken.append(token)
        elif _times(read, index):
            taken.append(Token("operator", "*", token.start, token.end))
        elif taken and _unit(read, index):
            units = True
        else:
            following = token
            break
    while taken and taken[-1].kind == "open":
        taken.pop()
    taken = _balanced(taken, from_left=False)
    # A slash that leads to a unit ("= 5 / day") ends the number and is no division.
    if taken and taken[-1].text == "/" and following is not None and following.kind == "word":
        taken.pop()
    if not taken or taken[-1].kind == "operator" or taken[0].text in {"*", "/", "^"}:
        return Side((), units)
    if following is not None and _bound_on_the_right(taken[-1], following):
        return Side((), units)
    return Side(tuple(taken), units)


def _balanced(taken: list[Token], *, from_left: bool) -> list[Token]:
    """Drop brackets that were opened or closed outside of what was taken."""
    depth = sum((token.kind == "open") - (token.kind == "close") for token in taken)
    if from_left:
        while depth > 0 and taken and taken[0].kind == "open":
            taken, depth = taken[1:], depth - 1
    else:
        while depth < 0 and taken and taken[-1].kind == "close":
            taken, depth = taken[:-1], depth + 1
    return taken if depth == 0 else []


def _times(read: list[Token], index: int) -> bool:
    token = read[index]
    return (
        token.text in {"x", "X"}
        and 0 < index < len(read) - 1
        and (read[index - 1].kind in _ENDS_A_NUMBER or _unit(read, index - 1))
        and read[index + 1].kind in {"number", "open", "fraction", "root"}
    )


def _unit(read: list[Token], index: int) -> bool:
    """Tell whether a word or a LaTeX unit after a number can be passed over."""
    token = read[index]
    if token.kind == "unit":
        return True
    if token.kind != "word" or index == 0:
        return False
    word = token.text.lower()
    before = read[index - 1]
    if word in _CONNECTIVES or word in _FUNCTIONS or word in _SCALES or word.startswith("\\"):
        return False
    if before.end == token.start and before.kind != "operator":
        return word in _UNITS and before.kind == "number" and len(word) > 1
    if before.text == "/":
        return False
    return len(word) > 1 and (before.kind in _ENDS_A_NUMBER or before.kind == "word")


def _bound_on_the_left(read: list[Token], index: int, first: Token) -> bool:
    """Tell whether what stands before the left side makes it part of something larger."""
    if first.text in {"*", "/", "^"}:
        return True
    if index < 0:
        return False
    before = read[index]
    touching = before.end == first.start
    if before.kind == "word":
        word = before.text.lower()
        single = len(word) == 1 and word not in {"a", "i"}
        return touching or single or word in _FUNCTIONS or first.kind == "operator"
    if before.kind == "other":
        return before.text in _BINDS_LEFT or (touching and before.text in ",.:%")
    return first.kind == "operator" and before.kind != "open"


def _bound_on_the_right(last: Token, following: Token) -> bool:
    """Tell whether what stands after the right side makes it part of something larger."""
    touching = last.end == following.start
    word = following.text.lower()
    if following.kind == "word":
        if word in _SCALES or word in _FUNCTIONS:
            return True
        if touching:
            return word not in _UNITS
        return len(word) == 1 and word not in _UNITS
    if following.text == "!":
        return True
    return following.kind == "other" and touching and following.text in "^_√∞'\\:"
