"""The asking about a failure, played through from answers that came by file.

The judge that asks an endpoint is the same one: it gets the answers that are there, and where it
wants a further one, that is the next request. So requests, checks, further tries and their end are
those of :class:`LlmJudge`, whichever way the answers come.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from generator.judging.answer import schema
from generator.judging.batch_results import Result
from generator.judging.docket import Case
from generator.judging.exchange import (
    NO_SECRET,
    NO_USAGE,
    AskError,
    Concealer,
    Dialect,
    Endpoint,
    Reply,
    Usage,
    body_of,
    reply_of,
)
from generator.judging.llm import Judgement, LlmJudge
from generator.judging.prompt import Prompt
from generator.records.taxonomy import Taxonomy


class _UnansweredError(Exception):
    """Carries the next request to where it is written down."""

    def __init__(self, messages: Sequence[Mapping[str, str]]) -> None:
        super().__init__("no answer is there yet")
        self.messages = messages


class Hearing:
    """Judges from answers that are there."""

    def __init__(
        self,
        endpoint: Endpoint,
        prompt: Prompt,
        taxonomy: Taxonomy,
        conceal: Concealer = NO_SECRET,
    ) -> None:
        """Prepare.

        Args:
            endpoint: Which language model answers.
            prompt: The prompt.
            taxonomy: The codebook.
            conceal: Strikes secrets out of answers.
        """
        self.endpoint = endpoint
        self._conceal = conceal
        self._schema = schema(taxonomy)
        self._judge = LlmJudge(self, prompt, taxonomy)
        self._replies: deque[Reply | Result] = deque()
        self._last: Reply | None = None

    async def request(
        self, case: Case, course: Sequence[Reply], dialect: Dialect
    ) -> dict[str, Any] | None:
        """Return the next request on a failure as it goes over the wire.

        Args:
            case: The failure.
            course: Answers that were refused so far.
            dialect: What the endpoint understands.

        Returns:
            The request; none where the answers suffice.
        """
        self._replies = deque(course)
        try:
            await self._judge.judge(case.failure, case.peers, display_full=False)
        except _UnansweredError as unanswered:
            return body_of(self.endpoint, unanswered.messages, self._schema, dialect)
        return None

    async def hear(
        self, case: Case, course: Sequence[Reply], result: Result, *, display_full: bool
    ) -> Judgement | Reply:
        """Return what came of a result: a judgement, or the answer that is refused.

        Args:
            case: The failure.
            course: Answers that were refused before.
            result: What came back.
            display_full: Whether texts of item and output may be kept in the verdict.
        """
        self._replies = deque([*course, result])
        self._last = None
        try:
            return await self._judge.judge(case.failure, case.peers, display_full=display_full)
        except _UnansweredError:
            return self._last or Reply("", None, NO_USAGE)

    @property
    def usage(self) -> Usage:
        """What the result heard last took by itself."""
        return NO_USAGE if self._last is None else self._last.usage

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Return the next answer, as a client would.

        Raises:
            AskError: The request failed.
        """
        del schema
        if not self._replies:
            raise _UnansweredError(messages)
        reply = self._replies.popleft()
        if isinstance(reply, Reply):
            return reply
        if reply.fault is not None:
            # The engine has met the limit and gave up: nothing is left to wait for.
            kind = "transport" if reply.fault == "rate_limit" else reply.fault
            raise AskError(kind, "the request failed")
        self._last = reply_of(reply.value, {"messages": messages}, self._conceal)
        return self._last
