"""Asks the steps of a build, each answer journalled before it is used and never paid for twice."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.errors import InputError
from generator.judging import fence
from generator.judging.exchange import Asker, AskError, Reply, Usage
from generator.judging.llm import MOST_REQUESTS
from generator.judging.reading import RefusedError
from generator.judging.wording import fill
from generator.records.keys import canonical_json

Said = TypeVar("Said")
_ANSWER_TOKENS = 1_500
"""Of an answer that was refused, shown again."""


class Refused(NamedTuple):
    """A step without a usable answer."""

    text: str
    """The last answer; empty where there was none."""


class StepJournal:
    """Answers by the request that they were given to; one line each, appended and never changed."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a line that a kill tore is passed over."""
        self.path = path
        self._answers: dict[str, Reply] = {}
        self._torn = False
        if not path.is_file():
            return
        data = path.read_bytes()
        self._torn = bool(data) and not data.endswith(b"\n")
        for line in data.split(b"\n"):
            with suppress(ValueError, KeyError, TypeError):
                row = json.loads(line)
                usage = Usage(*map(int, row["usage"]))
                self._answers[row["key"]] = Reply(str(row["text"]), row["finish_reason"], usage)

    def __len__(self) -> int:
        return len(self._answers)

    def answer(self, key: str) -> Reply | None:
        """Return the answer to a request, none where it was not asked yet."""
        return self._answers.get(key)

    def append(self, key: str, reply: Reply) -> None:
        """Keep an answer.

        Raises:
            InputError: It cannot be written.
        """
        row = {"key": key, **reply._asdict(), "usage": list(reply.usage)}
        line = json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab", buffering=0) as file:
                size = file.seek(0, os.SEEK_END)
                # A line that a kill tore gets its end first, and is passed over from then on.
                whole = b"\n" + line if self._torn else line
                try:
                    while whole:
                        whole = whole[file.write(whole) :]
                except OSError:
                    file.truncate(size)
                    raise
        except OSError as error:
            msg = f"{self.path}: the journal cannot be written: {error.strerror}: make room"
            raise InputError(msg) from error
        self._torn = False
        self._answers[key] = reply


class Inquiry:
    """Asks, checks, and asks again at most twice."""

    def __init__(self, asker: Asker, journal: StepJournal) -> None:
        self._asker = asker
        self._journal = journal
        self.asked = 0
        """Requests that were sent and answered."""
        self.recalled = 0
        """Requests that the journal answered."""
        self.refused = 0
        """Steps that were left without a usable answer."""

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        read: Callable[[str], Said],
    ) -> Said | Refused:
        """Return what a step says, or that it says nothing of use.

        Args:
            messages: The request.
            schema: JSON schema of its answer.
            read: Reads an answer; raises ``RefusedError`` where it cannot be used.

        Raises:
            StoppedError: The budget is used up, or somebody ended the run.
            OutsideError: No request can go through.
            InputError: The journal cannot be written.
        """
        first, text = [dict(message) for message in messages], ""
        request = first
        for attempt in range(MOST_REQUESTS):
            try:
                reply = await self._reply(request, schema, attempt)
            except AskError:
                break  # Not kept: the next run asks again.
            text = reply.text
            try:
                return read(text)
            except RefusedError as error:
                problem = error.refusal.problem
            if reply.finish_reason == "length":
                problem = "it was cut off at the limit of its length. Be shorter."
            request = [*first, *_again(text, problem)]
        self.refused += 1
        return Refused(text)

    async def _reply(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], attempt: int
    ) -> Reply:
        endpoint = self._asker.endpoint
        # The same request may be made twice where the same fault came twice.
        parts = [endpoint.model, endpoint.temperature, endpoint.max_output_tokens, attempt]
        key = hashlib.sha256(canonical_json([*parts, list(messages), schema])).hexdigest()
        kept = self._journal.answer(key)
        if kept is not None:
            self.recalled += 1
            return kept
        reply = await self._asker.ask(messages, schema)
        self._journal.append(key, reply)
        self.asked += 1
        return reply


def _again(text: str, problem: str) -> list[dict[str, str]]:
    """Return what is said about an answer that was refused."""
    shown = fence.harmless(fence.cut(fence.plain(text), _ANSWER_TOKENS, "answer").text)
    return [
        {"role": "assistant", "content": shown or "(nothing)"},
        {"role": "user", "content": fill("again", problem=fence.plain(problem))},
    ]
