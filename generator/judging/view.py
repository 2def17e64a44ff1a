"""A failure parsed once: what every rule looks at."""

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from generator.judging.arithmetic import NUMERAL, numeral
from generator.judging.calls import Calls, calls_in
from generator.judging.equations import Comparison, Equation, comparisons, equations
from generator.judging.finals import (
    Final,
    Span,
    closing_letter,
    run_on,
    says_none_fits,
    stated_finals,
)
from generator.judging.options import Options, options_of
from generator.judging.references import CallsDue, amount_due, calls_due
from generator.judging.repetition import loop_start
from generator.records.failure import Failure

HEAD = 16_000
"""Characters at the beginning of an output that are read."""
TAIL = 4_000
"""Characters at the end of a longer output that are read too."""
CLOSING = 280
"""Characters at the end of an output that count as its closing words."""

_CLOSERS = ")]}\"'”’»*_`$\\ \n"  # noqa: RUF001
_STOPS = ".!?。"
_CUT_BEHIND_STOP = re.compile(r"(?:\d\.|\b(?:e\.g|i\.e|vs|Fig|Eq|Mr|Dr|approx)\.)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\\$0-9\"“])|\n+")
_NUMERAL = re.compile(rf"(?<![\w.])(?:{NUMERAL})(?![\w^])")
_CUT_REASONS = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})


class Sentence(NamedTuple):
    """A sentence or line of the output."""

    start: int
    end: int
    text: str


class View:
    """A failure with everything that rules read of it, each part parsed at most once.

    Outputs longer than :data:`HEAD` + :data:`TAIL` characters are read at both ends only, so
    that the time per failure is bounded.
    """

    def __init__(self, failure: Failure) -> None:
        self.failure = failure

    @cached_property
    def long(self) -> bool:
        """Whether the middle of the output is left unread."""
        return len(self.failure.output) > HEAD + TAIL

    @cached_property
    def text(self) -> str:
        """The output from its beginning, as far as it is read; offsets are the output's."""
        return self.failure.output[: HEAD if self.long else HEAD + TAIL]

    @cached_property
    def tail(self) -> str:
        """The last characters of the output."""
        return self.failure.output[-TAIL:]

    @cached_property
    def stop(self) -> int:
        """Offset after the last character of the output that is no space."""
        return len(self.failure.output.rstrip())

    @cached_property
    def blank(self) -> bool:
        """Whether the output holds no letter and no digit."""
        return not any(map(str.isalnum, self.text)) and not any(map(str.isalnum, self.tail))

    @cached_property
    def options(self) -> Options:
        """Options of the item."""
        return options_of(self.failure)

    @cached_property
    def multiple_choice(self) -> bool:
        """Whether the answer due is the letter of an option."""
        return self.reference_letter is not None

    @cached_property
    def reference_letter(self) -> str | None:
        """Letter of the right option, where references are letters of options."""
        for reference in self.failure.references:
            letter = reference.strip().strip("().")
            if self.options.place(letter) is not None:
                return letter
        return None

    @cached_property
    def reference_number(self) -> Fraction | None:
        """The right answer as a number: the reference, or the option that it names."""
        place = self.options.place(self.reference_letter)
        if place is not None:
            known = self.options.amounts[place]
        else:
            known = amount_due(self.failure.references)
        return known.value if known else None

    @cached_property
    def tool_use(self) -> bool:
        """Whether a tool call is due, in a benchmark of tool use or a mixed one."""
        task = self.failure.task_type
        return task == "tool-use" or (
            task == "mixed" and (bool(self.calls_due.calls) or self.calls_due.none_due)
        )

    @cached_property
    def cut_by_server(self) -> bool:
        """Whether the server says that the output was cut."""
        return self.failure.finish_reason in _CUT_REASONS

    @cached_property
    def finals(self) -> tuple[Final, ...]:
        """Final answers stated anywhere, in order."""
        found = list(stated_finals(self.text))
        if self.long:
            found.extend(stated_finals(self.tail, len(self.failure.output) - TAIL))
        return tuple(found)

    @cached_property
    def run_on(self) -> int | None:
        """Where the output goes on, after an answer, into questions of its own invention."""
        first = next((final for final in self.finals if self.commits(final)), None)
        return run_on(self.text, first.end) if first else None

    @cached_property
    def own_finals(self) -> tuple[Final, ...]:
        """Final answers that commit to something, up to where the output runs on."""
        limit = self.run_on
        return tuple(
            final
            for final in self.finals
            if self.commits(final) and (limit is None or final.start < limit)
        )

    def commits(self, final: Final) -> bool:
        """Tell whether a stated final is an answer of the kind that is due."""
        if self.multiple_choice:
            return final.letter is not None
        return bool(final.text)

    @cached_property
    def body(self) -> str:
        """The output up to where it runs on."""
        return self.text if self.run_on is None else self.text[: self.run_on]

    @cached_property
    def counted(self) -> Final | None:
        """The final that was scored: what the harness took, else the first before running on."""
        taken = self.failure.extracted
        if taken is not None:
            bare = taken.strip().strip("().")
            for final in self.own_finals:
                if bare in {final.letter, final.text.strip("(). ")}:
                    return final
        if not self.own_finals:
            return None
        return self.own_finals[0 if self.run_on is not None else -1]

    @cached_property
    def chosen_letter(self) -> str | None:
        """Letter that counts as chosen."""
        taken = self.failure.extracted
        bare = taken.strip().strip("().") if taken is not None else None
        if self.options.place(bare) is not None:
            return bare
        return self.counted.letter if self.counted else None

    @cached_property
    def closing(self) -> str:
        """The last characters of the output, without the spaces at its end."""
        return self.failure.output[max(0, self.stop - CLOSING) : self.stop]

    @cached_property
    def closing_letter(self) -> Span | None:
        """Where the closing words name an option without any cue, if they do."""
        found = closing_letter(self.closing)
        if found is None:
            return None
        shift = self.stop - len(self.closing)
        return Span(found.start + shift, found.end + shift)

    @cached_property
    def closes_with_none(self) -> bool:
        """Whether the closing words say that no option fits or that nothing can be told."""
        return says_none_fits(self.closing)

    @cached_property
    def closing_numbers(self) -> tuple[Fraction, ...]:
        """Numbers in the closing words, in order."""
        read = (numeral(found) for found in _NUMERAL.findall(self.closing))
        return tuple(value for value in read if value is not None)

    @cached_property
    def cut_off(self) -> bool:
        """Whether the output ends in mid-sentence or the server says that it was cut."""
        if self.cut_by_server:
            return True
        closing = self.closing[-16:].rstrip(_CLOSERS)
        return closing[-1:] not in _STOPS or bool(_CUT_BEHIND_STOP.search(closing))

    @cached_property
    def loop_start(self) -> int | None:
        """Where the output begins to repeat itself up to its end, if it does."""
        start = loop_start(self.tail)
        return None if start is None else start + len(self.failure.output) - len(self.tail)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences and lines of the body, in order, blank ones left out."""
        cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(self.body)), len(self.body)]
        pieces = (
            Sentence(start, end, self.body[start:end]) for start, end in itertools.pairwise(cuts)
        )
        return tuple(piece for piece in pieces if piece.text.strip())

    def sentences_before(self, offset: int) -> Sequence[Sentence]:
        """Return the sentences that end at or before an offset, cutting one that spans it."""
        before = []
        for sentence in self.sentences:
            if sentence.start >= offset:
                break
            end = min(sentence.end, offset)
            piece = self.body[sentence.start : end]
            if piece.strip():
                before.append(Sentence(sentence.start, end, piece))
        return before

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Equations of the body with pure arithmetic on both sides."""
        return equations(self.body)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Comparisons of two plain numbers in the body."""
        return comparisons(self.body)

    @cached_property
    def calls(self) -> Calls:
        """Tool calls made, unwrapped."""
        return calls_in(self.text)

    @cached_property
    def calls_due(self) -> CallsDue:
        """Tool calls due, by the reference."""
        return calls_due(self.failure.references)
