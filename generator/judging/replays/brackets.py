"""Replays the completion of a bracket sequence: symbols read one by one, a stack kept."""

import re

from generator.judging.finals import Span
from generator.judging.replays.slip import Line, Slip, lines_of

CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}
OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
SYMBOLS = frozenset(CLOSERS) | frozenset(OPENERS)
MOST_SYMBOLS = 400

_TASK = re.compile(
    r"parenthes[ei]s are closed|brackets? (?:are|is) closed|closing (?:parenth|brack)"
)
_ONLY_BRACKETS = re.compile(r"[()\[\]{}<>\s]{3,900}")
_STEP = re.compile(
    r"\s{0,4}(?:\d{1,4}\s?[:.]\s?)?(?P<symbol>[()\[\]{}<>])\s?[;:,]\s?stack(?: is)?\s?[:=]?\s?"
    r"(?P<stack>empty|[()\[\]{}<> ]{0,400})\.?"
)
_STACK = re.compile(r"final stack is\s?[:=]?\s?\"?(?P<stack>empty|[()\[\]{}<> ]{1,400})")
_POPPED = re.compile(r"\bpop(?:ped)?(?: out)?(?P<rest>[^.\n]{1,400})")
_NEEDED = re.compile(r"\bwe need(?P<rest>[^.\n]{1,400})")
_ANSWER = re.compile(r"\banswer is:?(?P<rest>[^\n]{0,1200})")


def symbols_due(task: str) -> str | None:
    """Return the brackets of a task that asks to close them, none for any other task."""
    body = task.rpartition("Input:")[2] if _TASK.search(task[:2_000]) else task
    found = body.strip()
    if not _ONLY_BRACKETS.fullmatch(found[:901]):
        return None
    symbols = "".join(found.split())
    return symbols if len(symbols) <= MOST_SYMBOLS else None


def replay(task: str, output: str) -> Slip | None:
    """Return the first step at which an output leaves the sequence or its stack, if any."""
    due = symbols_due(task)
    if due is None:
        return None
    bare = _bare(due, output)
    if bare is not None:
        return bare
    trace = _Trace(due)
    for line in lines_of(output):
        slip = trace.take(line)
        if slip is not None:
            return Slip(slip, Span(line.start, line.end))
        if trace.lost:
            return None
    return None


def _bare(due: str, output: str) -> Slip | None:
    """Check an output that is nothing but brackets: only one cut short shows what went wrong."""
    said = _symbols(output[:1_000])
    if not said or len(said) != len("".join(output[:1_000].split())):
        return None
    stack: list[str] = []
    for symbol in due:
        if symbol in CLOSERS:
            stack.append(symbol)
        elif stack:
            stack.pop()
    closing = [CLOSERS[symbol] for symbol in reversed(stack)]
    if len(said) < len(closing) and said == closing[: len(said)]:
        return Slip("answer-cut-short", Span(0, len(output.rstrip())))
    return None


class _Trace:
    """The stack as it should be after every symbol read so far."""

    def __init__(self, due: str) -> None:
        self.due = due
        self.read = 0
        self.stack: list[str] = []
        self.lost = False

    def take(self, line: Line) -> str | None:
        """Return what is wrong with a line; none where it follows or says nothing."""
        step = _STEP.match(line.text)
        if step is not None:
            return self.step(step)
        if self.read == 0:
            return None
        return self.end(line.text)

    def step(self, step: re.Match[str]) -> str | None:
        symbol = step.group("symbol")
        if self.read >= len(self.due):
            return "symbol-repeated"
        if symbol != self.due[self.read]:
            ahead = self.due[self.read + 1 : self.read + 2] == symbol
            return "symbol-skipped" if ahead else "symbol-repeated"
        self.read += 1
        if symbol in CLOSERS:
            self.stack.append(symbol)
        elif self.stack and self.stack[-1] == OPENERS[symbol]:
            self.stack.pop()
        else:
            self.lost = True
            return None
        return None if _symbols(step.group("stack")) == self.stack else "stack-wrong"

    def end(self, text: str) -> str | None:
        """Check the closing words: the last stack, what is popped, and the answer."""
        stack = _STACK.search(text)
        popped = _POPPED.search(text)
        answer = _ANSWER.search(text)
        if (stack or popped or answer) and self.read < len(self.due):
            return "symbol-skipped"
        if stack and _symbols(stack.group("stack")) != self.stack:
            return "stack-wrong"
        if popped and stack is None:
            wrong = _listed(_symbols(popped.group("rest")), self.stack[::-1])
            if wrong:
                return wrong
        closing = [CLOSERS[symbol] for symbol in reversed(self.stack)]
        needed = _NEEDED.search(text)
        if needed:
            wrong = _listed(_symbols(needed.group("rest")), closing)
            if wrong:
                return wrong
        if answer:
            self.lost = True
            return _listed(_symbols(answer.group("rest")), closing)
        return None


def _symbols(text: str) -> list[str]:
    return [character for character in text if character in SYMBOLS]


def _listed(listed: list[str], due: list[str]) -> str | None:
    """Tell how a list differs from what is due, none where it does not or where it is empty."""
    if not listed or listed == due:
        return None
    if len(listed) < len(due):
        return "closing-skipped"
    return "closing-repeated" if len(listed) > len(due) else "closing-misordered"
