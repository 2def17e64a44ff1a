"""What the model itself said: all of an output, or its own turns of a conversation.

Rules read this text alone, so that no word of a user or a tool is taken for the model's. Places in
it are those of the output only where the output is one text; :meth:`Speech.place` gives them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from generator.judging.calls import Calls, read_calls
from generator.judging.finals import Span
from generator.records.failure import Failure
from generator.records.keys import calls_text, output_text
from generator.records.messages import Message
from generator.records.prediction import Prediction
from generator.records.turns import is_conversation, told

BETWEEN = "\n\n"
"""Stands between two turns of the model."""


class Passage(NamedTuple):
    """A part of the output that the model wrote, without anything of others in it."""

    start: int
    """Offset of its first character in the output."""
    end: int
    """Offset after its last character in the output."""
    at: int
    """Offset of its first character in what the model said."""


class Speech(NamedTuple):
    """What the model said."""

    text: str
    """All of it, the turns of a conversation one after another."""
    passages: tuple[Passage, ...]
    """Where it stands in the output, in order; at least one."""
    called: tuple[Calls, ...] = ()
    """Calls that a server gave apart from the text, by turn."""

    @property
    def comparable(self) -> bool:
        """Whether the calls made can be held against those due.

        An agent that calls in several turns may have taken another way.
        """
        return len(self.called) == 1 or (not self.called and len(self.passages) == 1)

    @property
    def last(self) -> int:
        """Offset at which the model's last turn begins; 0 where the output is one text."""
        return self.passages[-1].at

    def turn_of(self, offset: int) -> int:
        """Return the offset at which the turn begins in which an offset lies."""
        return self._passage(offset).at

    def place(self, span: Span) -> Span:
        """Return where a span of what the model said stands in the output.

        A span over several turns ends with the first: what stands between is not the model's.
        """
        passage = self._passage(span.start)
        start = passage.start + min(max(span.start - passage.at, 0), passage.end - passage.start)
        end = passage.start + min(max(span.end - passage.at, 0), passage.end - passage.start)
        return Span(start, max(start, end))

    def _passage(self, offset: int) -> Passage:
        """Return the passage in which an offset lies, or the first one behind it."""
        for passage in self.passages:
            if offset < passage.at + passage.end - passage.start:
                return passage
        return self.passages[-1]


def speech_of(failure: Failure) -> Speech:
    """Return what the model said in a failure."""
    return speech(failure.output, failure.messages)


def own_text(prediction: Prediction) -> str:
    """Return what the model said in a prediction."""
    output, text = prediction.output, output_text(prediction)
    return speech(text, output).text if is_conversation(output) else text


def speech(output: str, messages: Sequence[Message]) -> Speech:
    """Return what the model said.

    Args:
        output: The output as one text.
        messages: Its turns, where it is a conversation.
    """
    if not messages:
        return Speech(output, (Passage(0, len(output), 0),))
    parts: list[str] = []
    passages: list[Passage] = []
    called: list[Calls] = []
    at = 0
    for message, turn in zip(messages, told(messages).turns, strict=True):
        if turn.role != "assistant":
            continue
        # A turn of nothing but calls begins with them, not with the empty line before.
        start = turn.start if turn.said > turn.start or not turn.calls else turn.calls[0].start
        text = output[start : turn.end]
        if passages and not text.strip():
            continue
        passages.append(Passage(start, turn.end, at))
        parts.append(text)
        if turn.calls:
            first, last = turn.calls[0].start - start + at, turn.end - start + at
            made = read_calls(calls_text(message.tool_calls))
            called.append(Calls(made, first, last, wrapped=False))
        at += len(text) + len(BETWEEN)
    return Speech(BETWEEN.join(parts), tuple(passages), tuple(called))
