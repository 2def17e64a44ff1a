"""A failure parsed once: what every rule looks at."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from generator.judging.arithmetic import NUMERAL, numeral
from generator.judging.audit import Step, numbers_of, steps_of
from generator.judging.calls import Calls, calls_in
from generator.judging.context import NO_CONTEXT, Context
from generator.judging.equations import Comparison, Equation, comparisons, equations
from generator.judging.finals import (
    Final,
    Span,
    closing_letter,
    run_on,
    says_none_fits,
    stated_finals,
)
from generator.judging.mismatch import Mismatch, mismatch_of
from generator.judging.repetition import loop_start
from generator.judging.replays.replay import replayed
from generator.judging.replays.slip import Slip
from generator.judging.requirements import Unmet, unmet
from generator.judging.sentences import Sentence, breaks_off, cut_at, in_letters, sentences_of
from generator.judging.speech import speech_of
from generator.judging.task import Task
from generator.records.failure import Failure

HEAD = 16_000
"""Characters at the beginning of an output that are read."""
TAIL = 4_000
"""Characters at the end of a longer output that are read too."""
MIDDLE = 120_000
"""Characters between them in which stated answers are looked for, and nothing else."""
CLOSING = 280
"""Characters at the end of an output that count as its closing words."""

_NUMERAL = re.compile(rf"(?<![\w.])(?:{NUMERAL})(?![\w^])")
_LONG_WORD = re.compile(r"[^\W\d_]{5,30}")
_SHARED = 10
"""Long words of a task from which an output has to repeat two to speak of it, not one."""
_CUT_REASONS = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})


class View:
    """A failure with everything that rules read of it, each part parsed at most once.

    Outputs longer than :data:`HEAD` + :data:`TAIL` characters are read at both ends only, but for
    the answers that they state.
    """

    def __init__(self, failure: Failure, context: Context = NO_CONTEXT) -> None:
        self.failure = failure
        self.context = context
        self.speech = speech_of(failure)
        """What the model itself said; all offsets are of this."""
        self.output = self.speech.text
        """The same as a text."""
        self.task = Task(failure)
        """What was asked and what counts as right."""

    @cached_property
    def long(self) -> bool:
        """Whether the middle of the output is left unread."""
        return len(self.output) > HEAD + TAIL

    @cached_property
    def text(self) -> str:
        """The output from its beginning, as far as it is read; offsets are the output's."""
        return self.output[: HEAD if self.long else HEAD + TAIL]

    @cached_property
    def tail(self) -> str:
        """The last characters of the output."""
        return self.output[-TAIL:]

    @cached_property
    def stop(self) -> int:
        """Offset after the last character of the output that is no space."""
        return len(self.output.rstrip())

    @cached_property
    def blank(self) -> bool:
        """Whether the output holds no letter and no digit, where an answer needs some."""
        parts = (self.text, self.tail)
        return not any(map(in_letters, parts)) and (
            not self.stop or all(map(in_letters, filter(str.strip, self.failure.references)))
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
            behind = len(self.output) - TAIL
            start = max(HEAD, behind - MIDDLE)
            middle = self.output[start:behind]
            # What the edges cut in two is read as if it stood alone, and is no answer there.
            within = stated_finals(middle, start)
            found.extend(final for final in within if _inside(final, start, behind))
            found.extend(stated_finals(self.tail, behind))
        # What was said in earlier turns of a conversation is no final answer to all of it.
        last = self.speech.turn_of(found[-1].start) if found else 0
        return tuple(final for final in found if final.start >= last)

    @cached_property
    def run_on(self) -> int | None:
        """Where the output goes on, after an answer, into questions of its own invention."""
        first = next((final for final in self.finals if self.commits(final)), None)
        found = run_on(self.text, first.end) if first else None
        if first is None or found is None:
            return None
        within = self.speech.turn_of(found) == self.speech.turn_of(first.start)
        return found if within else None

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
        if self.task.multiple_choice:
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
        if self.task.options.place(bare) is not None:
            return bare
        return self.counted.letter if self.counted else None

    @cached_property
    def closing(self) -> str:
        """The last characters of the output's last turn, without the spaces at its end."""
        return self.output[max(self.speech.last, self.stop - CLOSING) : self.stop]

    @cached_property
    def closing_letter(self) -> Span | None:
        """Where the closing words name an option without any cue, if they do."""
        found, shift = closing_letter(self.closing), self.stop - len(self.closing)
        return Span(found.start + shift, found.end + shift) if found else None

    @cached_property
    def closes_with_none(self) -> bool:
        """Whether the closing words say that no option fits or that nothing can be told."""
        return says_none_fits(self.closing)

    @cached_property
    def closing_numbers(self) -> tuple[Fraction, ...]:
        """Numbers in the closing words, in order."""
        read = map(numeral, _NUMERAL.findall(self.closing))
        return tuple(value for value in read if value is not None)

    @cached_property
    def cut_off(self) -> bool:
        """Whether the output ends in mid-sentence or the server says that it was cut."""
        # A server that says why it stopped is believed over the look of the last words.
        return self.cut_by_server or (not self.failure.finish_reason and breaks_off(self.closing))

    @cached_property
    def loop_start(self) -> int | None:
        """Where the output begins to repeat itself up to its end, if it does."""
        # Turns may be alike for a reason: what repeats itself is the end of the last one.
        tail = self.output[max(self.speech.last, len(self.output) - TAIL) :]
        start = loop_start(tail)
        return None if start is None else start + len(self.output) - len(tail)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences and lines of the body, in order, blank ones left out."""
        return sentences_of(self.body)

    def sentences_before(self, offset: int) -> Sequence[Sentence]:
        """Return the sentences that end at or before an offset, cutting one that spans it.

        None for a place behind the part that is left unread.
        """
        return () if self.unread_before(offset) else cut_at(self.sentences, self.body, offset)

    def unread_before(self, offset: int) -> bool:
        """Tell whether a part of the output before an offset is left unread."""
        return self.long and offset > len(self.text)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Equations of the body with pure arithmetic on both sides."""
        return equations(self.body)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Comparisons of two plain numbers in the body."""
        return comparisons(self.body)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Steps of the work up to the final that was scored."""
        return steps_of(self.equations, self.counted.end if self.counted else None)

    @cached_property
    def named(self) -> frozenset[Fraction]:
        """Numbers that stand anywhere in the body."""
        return numbers_of(self.body)

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Requirements of a writing task that are not met; none for tasks with one right answer."""
        if not self.task.writing or len(self.speech.passages) > 1:
            return ()
        models = [text[:HEAD] for text in self.failure.references]
        return unmet(self.failure.input, self.text, models)

    @cached_property
    def strays(self) -> bool:
        """Whether the output speaks of other things than its task."""
        said = {word.lower() for word in _LONG_WORD.findall(self.text[:4_000])}
        asked = {word.lower() for word in _LONG_WORD.findall(self.failure.input[:4_000])}
        return len(said & asked) < (1 if len(asked) < _SHARED else 2)

    @cached_property
    def slip(self) -> Slip | None:
        """First step that does not follow, where the task can be replayed."""
        return replayed(self.failure.input, self.task.options.texts, self.body)

    @cached_property
    def calls(self) -> Calls:
        """Tool calls made, unwrapped."""
        apart = self.speech.called
        if not apart:
            return calls_in(self.text)
        made = tuple(call for calls in apart for call in calls.made)
        return Calls(made, apart[0].start, apart[-1].end, wrapped=False)

    @cached_property
    def mismatch(self) -> Mismatch | None:
        """First difference between the tool calls made and those due."""
        return mismatch_of(self)


def _inside(final: Final, start: int, end: int) -> bool:
    """Tell whether a final does not touch the edges of a part of the output."""
    return start < final.start and final.end < end
