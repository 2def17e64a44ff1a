"""The final answer contradicts the work (E04): the work is right, the answer is not its result."""

import re
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.arithmetic import NUMERAL, numeral
from generator.judging.finals import Final, Span
from generator.judging.options import Amount, plain
from generator.judging.rounding import written_step
from generator.judging.rule import Rule
from generator.judging.sentences import Sentence
from generator.judging.view import View

FAMILY = "contradiction"
CATEGORY = "E04"
_SHORT = 25
"""A sentence of fewer characters says too little by itself: the one before it is read too."""
_RESULT = re.compile(
    r"(?:=|≈|\\approx|\bis(?: about| approximately| equal to)?|\bare|\bgets?|\bequals?|\bwas)"
    r"\s{0,2}"
    rf"[$£€\\(\[{{ ]{{0,6}}(?:boxed\{{)?[$£€ ]{{0,2}}(?P<number>-?(?:{NUMERAL}))"
)
_MORE_ARITHMETIC = re.compile(
    r"\s{0,2}(?:[-+*/×^=!:]|\\times|\\cdot|\\frac|[xX]\s?\d|%?\s?of\b"  # noqa: RUF001
    r"|\w{0,12} ?(?:times|more|less)\b)"
)
_NUMERAL = re.compile(NUMERAL)
_LEAD_IN = re.compile(
    r"(?:(?<![a-z])(?:and|so|thus|hence|therefore|then|which means|that means|the|my|our|this is"
    r"|final|correct|right|best|closest|nearest|most|likely|suitable|appropriate|option|is)\b"
    r"|[\s,;:*#-]){1,12}$",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|n't|never|rather than|unlike|instead|incorrect|wrong|false|except|other than|but"
    r"|however|neither|nor|no|without|exclud\w{1,5}|contrary|while|whereas|although|than)\b|n't\b",
    re.IGNORECASE,
)
_ASKS_FOR_THE_ODD = re.compile(
    r"\b(?:not|except|least|false|incorrect|untrue|unlikely|never)\b", re.IGNORECASE
)
_STATEMENT = re.compile(
    r"\bStatement (?P<number>1|2|I|II|one|two)\b[^.\n]{0,40}?\bis (?P<verdict>true|false)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*(true|false)\s*,\s*(true|false)\s*\.?\s*", re.IGNORECASE)


def _chosen(view: View) -> tuple[Final, int, int] | None:
    """Return the scored final and the places of the right and the chosen option, if two."""
    final = view.counted
    right = view.task.options.place(view.task.reference_letter)
    chosen = view.task.options.place(view.chosen_letter)
    if final is None or right is None or chosen is None or right == chosen:
        return None
    if view.unread_before(final.start):
        return None
    if len({other.letter for other in view.own_finals}) > 1 or final.letter != view.chosen_letter:
        return None
    return final, right, chosen


def _last_words(view: View, final: Final) -> Sentence | None:
    """Return what is said right before the final: a sentence, two where the last is short.

    The beginning of the final's own sentence ("So the ...") is left out.
    """
    before = list(view.sentences_before(final.start))
    while before:
        last = before[-1]
        said = _LEAD_IN.sub("", last.text)
        if any(map(str.isalnum, said)):
            before[-1] = Sentence(last.start, last.start + len(said), said)
            break
        before.pop()
    if not before:
        return None
    last = before[-1]
    if len(last.text.strip()) < _SHORT and len(before) > 1:
        start = before[-2].start
        return Sentence(start, last.end, view.body[start : last.end])
    return last


def _is(value: Fraction, literal: str, known: Amount) -> bool:
    """Tell whether a value as written is an option's number within the rounding of either."""
    step = max(written_step(literal), written_step(known.literal))
    return value == known.value or (
        abs(value - known.value) * 2 <= step and abs(value - known.value) * 50 <= abs(known.value)
    )


def _value(view: View) -> Iterator[Span]:
    if not view.task.options.mostly_numbers:
        return
    found = _chosen(view)
    if found is None or view.task.options.amounts[found[1]] is None:
        return
    final, right, _ = found
    words = _last_words(view, final)
    if words is None:
        return
    matches = list(_RESULT.finditer(words.text))
    if not matches:
        return
    last = matches[-1]
    after = words.text[last.end() :]
    if any(map(str.isdigit, after)) or _MORE_ARITHMETIC.match(after):
        return
    literal = last.group("number")
    value = numeral(literal.lstrip("-"))
    if value is None:
        return
    value = -value if literal.startswith("-") else value
    fitting = [
        place
        for place, known in enumerate(view.task.options.amounts)
        if known and _is(value, literal, known)
    ]
    if fitting == [right]:
        yield Span(words.start + last.start(), final.end)


def _beside(view: View) -> Iterator[Span]:
    found = _chosen(view)
    if found is None:
        return
    final, right, chosen = found
    line = view.text.find("\n", final.end)
    said = plain(view.text[final.end : line if line != -1 else final.end + 300].lstrip(" ).:*-}$,"))
    due, taken = plain(view.task.options.texts[right]), plain(view.task.options.texts[chosen])
    if len(due) > 1 and said == due and not said.startswith(taken):
        yield Span(final.start, min(final.end + 2 + len(view.task.options.texts[right]), view.stop))


def _text(view: View) -> Iterator[Span]:
    found = _chosen(view)
    if found is None:
        return
    final, right, chosen = found
    due, taken = plain(view.task.options.texts[right]), plain(view.task.options.texts[chosen])
    words = _last_words(view, final)
    if words is None or len(due) < 4 or view.task.options.amounts[right] is not None:  # noqa: PLR2004
        return
    if _ASKS_FOR_THE_ODD.search(view.failure.input[-300:]):
        return
    said = plain(words.text)
    at = said.rfind(due)
    if at < 8 or said[at + len(due) :].strip(" .)$,") or said[at - 1].isalnum():  # noqa: PLR2004
        return
    lead = said[:at]
    if re.search(r"(?:\band|\bor|,|/)\s*(?:the |an? )?$", lead) or _DENIES.search(lead[-80:]):
        return
    if taken in plain(view.body[: final.start]):
        return
    rivals = (
        text
        for place, text in enumerate(map(plain, view.task.options.texts))
        if place not in {right, chosen} and len(text) > 3 and text not in due  # noqa: PLR2004
    )
    if not any(text in said for text in rivals):
        yield Span(words.start, final.end)


def _truth_values(view: View) -> Iterator[Span]:
    found = _chosen(view)
    if found is None:
        return
    final, right, chosen = found
    due, taken = (_PAIR.fullmatch(view.task.options.texts[place]) for place in (right, chosen))
    if due is None or taken is None:
        return
    said: dict[bool, set[str]] = {True: set(), False: set()}
    first: int | None = None
    for match in _STATEMENT.finditer(view.body, 0, final.start):
        first = match.start() if first is None else first
        is_first = match.group("number").lower() in {"1", "i", "one"}
        said[is_first].add(match.group("verdict").lower())
    if (said[True], said[False]) == ({due.group(1).lower()}, {due.group(2).lower()}):
        yield Span(first or 0, final.end)


def _ignored_result(view: View) -> Iterator[Span]:
    """Point at a numeric final that is not the work's last result, which is the reference."""
    if view.task.options.texts or view.task.tool_use:
        return
    final, due = view.counted, view.task.reference_number
    if final is None or due is None or final.number is None or final.number == due:
        return
    if view.unread_before(final.start):
        return
    worked = [equation for equation in view.equations if equation.end <= final.start]
    if not worked or worked[-1].right.exact != due or worked[-1].holds is False:
        return
    # A further step in words may lead from the right result to another number.
    between = _NUMERAL.findall(view.body[worked[-1].end : final.start])
    if any(numeral(literal) != due for literal in between):
        return
    yield Span(worked[-1].start, final.end)


RULES: tuple[Rule, ...] = (
    Rule(
        name="option-text-beside-letter",
        family=FAMILY,
        look=_beside,
        prior=0.92,
        category=CATEGORY,
        subcategory="wrong-option-for-value",
        title="Right text beside a wrong letter",
        reason="The final answer writes the text of the right option beside the letter of another.",
        description="Speaks where the words after the chosen letter are the right option's text.",
    ),
    Rule(
        name="value-of-another-option",
        family=FAMILY,
        look=_value,
        prior=0.9,
        category=CATEGORY,
        subcategory="wrong-option-for-value",
        title="Right value, letter of another option",
        reason="The last value of the work is the right option's, and another letter is given.",
        description=(
            "Speaks where options are numbers and the last result before the final is the right "
            "option's number and no other's."
        ),
    ),
    Rule(
        name="text-of-another-option",
        family=FAMILY,
        look=_text,
        prior=0.88,
        category=CATEGORY,
        subcategory="wrong-option-for-value",
        title="Right conclusion, letter of another option",
        reason="The last sentence states the right option's text, and another letter is given.",
        description=(
            "Speaks where the last sentence before the final ends on the right option's text, "
            "names no other option and denies nothing."
        ),
    ),
    Rule(
        name="truth-values-of-another-option",
        family=FAMILY,
        look=_truth_values,
        prior=0.9,
        category=CATEGORY,
        subcategory="wrong-option-for-value",
        title="Right truth values, letter of another option",
        reason="Both statements are judged rightly, and the letter of another pair is given.",
        description="Speaks where both statements are judged as in the right option.",
    ),
    Rule(
        name="result-not-given",
        family=FAMILY,
        look=_ignored_result,
        prior=0.9,
        category=CATEGORY,
        subcategory="copies-wrong-line",
        title="Right result, another number given",
        reason="The last result of the work is right, and another number is given as final.",
        description=(
            "Speaks where the last equation before the final comes to the reference and the final "
            "is another number, a number cut at its comma included."
        ),
    ),
)
