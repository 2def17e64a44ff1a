"""A language model as a judge: asks, checks, asks again at most twice, and never guesses."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.judging.answer import schema, verdict_of
from generator.judging.exchange import NO_USAGE, Asker, AskError, Reply, Usage
from generator.judging.prompt import Prompt
from generator.judging.reading import Refusal
from generator.records.failure import Failure
from generator.records.judges import llm_name
from generator.records.taxonomy import Taxonomy
from generator.records.verdict import JudgeId, Verdict

MOST_REQUESTS = 3
"""For one failure: the first, and two that name what was wrong with the answer before."""
_UNASKED = {
    "transport": "the endpoint gave no whole answer",
    "refused": "the endpoint would not answer",
    "bad_request": "the endpoint could not take the request",
    "rate_limit": "the endpoint takes no more requests",
}


def llm_judge(model: str, prompt_hash: str, taxonomy: str) -> JudgeId:
    """Return the identity of a language model as a judge.

    Args:
        model: Name of the language model, as the endpoint knows it.
        prompt_hash: Hash of the prompt.
        taxonomy: Version of the taxonomy.
    """
    return JudgeId(name=llm_name(model), version=model, prompt_hash=prompt_hash, taxonomy=taxonomy)


class Judgement(NamedTuple):
    """What came of asking about one failure."""

    verdict: Verdict
    """The verdict; ``no_verdict`` with the reason as summary where none was to be had."""
    usage: Usage
    """What all answers took, those refused included."""
    requests: int
    """Answers that were paid for."""


class _Course(NamedTuple):
    """How far the asking about one failure has come."""

    messages: list[dict[str, str]]
    usage: Usage = NO_USAGE
    requests: int = 0


class LlmJudge:
    """Judges failures one at a time; any number may be under way at once."""

    def __init__(self, client: Asker, prompt: Prompt, taxonomy: Taxonomy) -> None:
        self._client = client
        self._prompt = prompt
        self._taxonomy = taxonomy
        self._schema = schema(taxonomy)
        self._held: dict[str, _Course] = {}
        self.judge_id = llm_judge(client.endpoint.model, prompt.hash, taxonomy.version)

    async def judge(
        self, failure: Failure, peers: Sequence[str], *, display_full: bool
    ) -> Judgement:
        """Judge one failure.

        Args:
            failure: The failure.
            peers: Correct outputs of other models on the same item.
            display_full: Whether texts of item and output may be kept in the verdict.

        Returns:
            The verdict and what it took. Nothing is raised for what concerns this failure alone.

        Raises:
            AskError: The endpoint's rate limit was met (``rate_limit``). Calling again goes on
                where it stopped: no answer is paid for twice. See :meth:`give_up`.
            OutsideError: No request can go through.
        """
        course = self._held.pop(failure.key, None) or self._begin(failure, peers)
        while True:
            try:
                reply = await self._client.ask(course.messages, self._schema)
            except AskError as error:
                if error.kind == "rate_limit":
                    self._held[failure.key] = course
                    raise
                return self._none(failure, _UNASKED[error.kind], course)
            usage, requests = course.usage.plus(reply.usage), course.requests + 1
            course = course._replace(usage=usage, requests=requests)
            answer = self._read(reply, failure, display_full=display_full)
            if isinstance(answer, Verdict):
                return self._judgement(answer, course)
            if requests == MOST_REQUESTS:
                return self._none(failure, answer.reason, course)
            # From the first messages on: earlier refusals would only make the request longer.
            again = self._prompt.again(course.messages[:2], reply.text, answer.problem)
            course = course._replace(messages=again)

    def give_up(self, failure: Failure) -> Judgement:
        """Return that there is no verdict on a failure that met the rate limit, and its cost."""
        course = self._held.pop(failure.key, None) or _Course([])
        return self._none(failure, _UNASKED["rate_limit"], course)

    def _begin(self, failure: Failure, peers: Sequence[str]) -> _Course:
        mark = self._prompt.marker(failure, peers)
        return _Course(self._prompt.messages(failure, peers, marker=mark))

    def _read(self, reply: Reply, failure: Failure, *, display_full: bool) -> Verdict | Refusal:
        answer = verdict_of(
            reply.text, failure, self.judge_id, self._taxonomy, display_full=display_full
        )
        if isinstance(answer, Refusal) and reply.finish_reason == "length":
            problem = "it was cut off at the limit of its length. Be shorter."
            return Refusal("the answer was cut off", problem)
        return answer

    def _none(self, failure: Failure, reason: str, course: _Course) -> Judgement:
        verdict = Verdict(
            key=failure.key,
            item_id=failure.item_id,
            judge=self.judge_id,
            status="no_verdict",
            summary=reason,
        )
        return self._judgement(verdict, course)

    @staticmethod
    def _judgement(verdict: Verdict, course: _Course) -> Judgement:
        spent = course.usage.input_tokens + course.usage.output_tokens
        counted = verdict.model_copy(update={"tokens": spent})
        return Judgement(counted, course.usage, course.requests)
