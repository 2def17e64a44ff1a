"""Final answers as an output states them, in the forms that models use."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import NUMERAL, numeral

MOST_FINALS = 60
LONGEST_ANSWER = 160
"""Characters after a cue that are read as the answer."""

_CUE = re.compile(
    r"(?P<marker>(?:^|\n)[ \t]{0,8}(?:####|A:)|####)"
    r"|\\boxed[ ]?\{"
    r"|\b(?:answers?|(?:option|choice|match|response))\b[*_ ]{0,3}"
    r"(?:(?:to|for|from) (?:the|this|that) [a-z ]{1,30})?"
    r"(?:\bis\b|\bare\b|:|\bwould be\b|\bmust be\b|\bshould be\b)[*_ ]{0,3}:?"
    r"|\b(?:answer|option|choice)[ ]?(?=\(?[A-P]\b)"
    r"|\bis[ ](?=\([A-P]\)\.?\s*(?:\n|$))",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"[\s*_`$:>]{0,8}(?:\\\(|\\\[)?\s{0,2}(?:\\boxed\{)?(?:\\text(?:bf)?\{)?"
    r"(?:[Oo]ption |[Cc]hoice )?"
    r"[*_]{0,3}(?P<open>[(\[{]?)[*_]{0,3}(?P<letter>[A-P])(?![\w'’])"  # noqa: RUF001
)
_BARE = re.compile(r"[\s*_`\"'$]{0,6}[(\[]?(?P<letter>[A-P])[)\]]?[.:]?[\s*_`\"'$]{0,6}")
_LABELLED = re.compile(
    r"[*_>#\- ]{0,6}(?:(?P<label>[^\W\d_][\w ]{0,24}[:=][*_ \t]{0,4})(?P<named>[^\n]{1,60})"
    r"|(?P<alone>[*_(\[]{0,3}[A-P][*_)\]]{0,3}\.?))"
)
_NUMBER = re.compile(
    rf"[\s*_`$£€:(\[{{\\]{{0,8}}(?P<number>-?\s?[$£€]?\s?(?:{NUMERAL})(?:/\d{{1,9}})?)(?![\w^]|\s?[-+*/×^=]|\.\d)"  # noqa: RUF001
)
_OPTION_LINE = re.compile(r"(?:^|\n)[ \t*_]{0,6}\(?(?P<letter>[A-P])[).:][ *_]{1,3}(?=\S)")
_RUN_ON = re.compile(
    r"\n[\s*#]{0,6}(?:Question|Q|Problem|Human|User|Instruction|Exercise|Example)"
    r"(?:[ ]?\d{1,4})?[ ]?[:.]",
    re.IGNORECASE,
)
_NONE_FITS = re.compile(
    r"\b(?:none of (?:the|these|those|them)\b|not (?:an option|listed|given|provided|among|in the"
    r" (?:options|choices))|no (?:correct|right|suitable|matching|valid) (?:answer|option|choice)"
    r"|can(?:not|'t| not) (?:be )?(?:determined?|answer(?:ed)?|provide|choose|select|calculated?)"
    r"|not answerable|indeterminate|not (?:enough|sufficient) information|insufficient)",
    re.IGNORECASE,
)

_FORM_ASKED = re.compile(
    r"####|\\?boxed|\banswer is\b|\bin the (?:form|format)\b|\bformat\b|\bformatted\b"
    r"|\b(?:end|finish|conclude|close|reply|respond|answer) (?:your \w{1,12} )?(?:with|by|as|in|on)"
    r"\b|\b(?:last|final|closing) line\b|\bonly (?:the|with|a)\b|\bJSON\b",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A part of a text, in code points."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


class Final(NamedTuple):
    """An answer that the output states as its final one."""

    form: str
    """``marker``, ``boxed``, ``sentence``, ``line`` or ``bare``."""
    start: int
    """Offset of the cue, in code points."""
    end: int
    """Offset after the letter or the number, else after the answer's line."""
    letter: str | None
    """Option letter, if it is one."""
    number: Fraction | None
    """Number, if it begins with one."""
    text: str
    """What stands after the cue, on its line, at most :data:`LONGEST_ANSWER` characters."""


def stated_finals(text: str, shift: int = 0) -> Iterator[Final]:
    """Yield the final answers stated in a text, in order; ``shift`` is added to offsets.

    The time is linear: every cue reads a bounded piece. At most :data:`MOST_FINALS` are yielded.
    """
    bare = _bare(text, shift)
    if bare is not None:
        yield bare
        return
    last = _last_line(text, shift)
    past = -1
    count = 0
    for cue in _CUE.finditer(text):
        if cue.start() < past:
            continue
        final = _after(text, cue, shift)
        if final is None:
            continue
        past = final.end - shift
        if last is not None and final.end > last.start:
            last = None
        yield final
        count += 1
        if count == MOST_FINALS:
            return
    if last is not None:
        yield last


def run_on(text: str, after: int) -> int | None:
    """Return where a base model went on into an invented question after its answer, if it did."""
    match = _RUN_ON.search(text, after)
    return match.start() if match else None


def closing_letter(closing: str) -> Span | None:
    """Return where closing words name an option without any cue, if they do.

    It shows that the output did commit; it is no form that a scorer reads.
    """
    found: Span | None = None
    for match in re.finditer(r"\(([A-Pa-p])\)", closing):
        found = Span(match.start(), match.end())
    for match in _OPTION_LINE.finditer(closing):
        found = Span(match.start("letter"), match.end("letter"))
    return found


def asks_for_form(task: str) -> bool:
    """Tell whether a task states the form that the answer is to have."""
    return bool(_FORM_ASKED.search(task))


def says_none_fits(text: str) -> bool:
    """Tell whether a closing passage says that no option fits or that nothing can be told."""
    return bool(_NONE_FITS.search(text))


def _bare(text: str, shift: int) -> Final | None:
    """Read an output that is nothing but an answer."""
    if len(text) > LONGEST_ANSWER:
        return None
    stripped = text.strip()
    if not stripped or "\n" in stripped:
        return None
    start = text.index(stripped)
    letter = _BARE.fullmatch(stripped)
    number = _number(stripped)
    if letter is None and (number is None or len(stripped) > 30):  # noqa: PLR2004
        return None
    end = start + len(stripped)
    chosen = letter.group("letter") if letter else None
    return Final("bare", start + shift, end + shift, chosen, number, stripped)


def _last_line(text: str, shift: int) -> Final | None:
    """Read a last line that is a label with an answer, or an option letter alone."""
    stripped = text.rstrip()
    start = stripped.rfind("\n", -LONGEST_ANSWER) + 1
    if start == 0:
        return None
    match = _LABELLED.fullmatch(stripped[start:])
    if match is None:
        return None
    said = (match.group("named") or match.group("alone")).strip(" *_")
    letter = _BARE.fullmatch(said)
    chosen = letter.group("letter") if letter else None
    number = None if letter else _number(said)
    return Final("line", start + shift, len(stripped) + shift, chosen, number, said)


def _after(text: str, cue: re.Match[str], shift: int) -> Final | None:
    start = cue.start() + (cue.group().startswith("\n"))
    form = "marker" if cue.group("marker") else "sentence"
    if cue.group().startswith("\\boxed"):
        form = "boxed"
    window = text[cue.end() : cue.end() + LONGEST_ANSWER]
    answer = _first_line(window)
    if not answer.strip(" *_$\\[({:.\t"):
        return None
    letter = _letter(answer)
    if letter is not None:
        closed = answer[letter.end("letter") :][:1] in {")", "]", "}"}
        return Final(
            form,
            start + shift,
            cue.end() + letter.end("letter") + closed + shift,
            letter.group("letter"),
            None,
            answer.strip(),
        )
    end = cue.end() + len(answer.rstrip())
    return Final(form, start + shift, end + shift, None, _number(answer), answer.strip())


def _first_line(window: str) -> str:
    """Return the first line that holds anything, with the blank ones before it."""
    filled = len(window) - len(window.lstrip())
    # An answer on its own line stands right below the cue, at most past a formula's opening.
    stop = window.find("\n", filled)
    if stop != -1 and window[filled:stop].strip() in {"\\[", "$$", "\\("}:
        stop = window.find("\n", stop + 1)
    return window if stop == -1 else window[:stop]


def _letter(answer: str) -> re.Match[str] | None:
    match = _LETTER.match(answer)
    if match is None:
        return None
    rest = answer[match.end() :]
    if match.group("open"):
        closed = rest[:1] in ")]}*"
        return match if closed else None
    # "The answer is a cylinder" names no option, and neither does "A man" or "B + C".
    if re.match(r"\s+[a-z]", rest) and not re.match(r"\s+(?:because|since|as|and|or)\b", rest):
        return None
    if re.match(r"\s?(?:[-+/^=<>≤≥_]|\*(?!\*))|\s+[A-Z]\w", rest) and not re.match(r"\s?-\s", rest):
        return None
    return match


def _number(answer: str) -> Fraction | None:
    match = _NUMBER.match(answer)
    if match is None:
        return None
    written = re.sub(r"[\s$£€]", "", match.group("number"))
    whole, _, below = written.lstrip("-").partition("/")
    value = numeral(whole)
    if value is None:
        return None
    if below:
        divisor = numeral(below)
        if not divisor:
            return None
        value /= divisor
    return -value if written.startswith("-") else value
