"""What a language model is asked of a failure: the codebook, then the item, then the output.

Providers keep the computation of a prefix that they have seen. The codebook is the same for all
requests and the item, with the correct outputs of others, the same for all its failures; so the
item has a marker of its own, made from the item, and all that differs between two failures of an
item stands after it. The name of the model, the benchmark and the item are never part of a
request: they could tell more than the output does.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.judging import conversation, fence
from generator.judging.answer import SHORTEST_QUOTE, schema
from generator.judging.speech import speech_of
from generator.judging.wording import FOLDER, fill, fill_from, sources
from generator.records.failure import Failure
from generator.records.keys import canonical_json
from generator.records.taxonomy import Taxonomy

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


_TURNS = FOLDER / "turns"
_FIRST_TURNS_WORDING = "371459d2aa7d2654aa0307d23051fbf457527e5ff31b78d2bf8fa64dca8fd591"
"""How conversations were shown when texts alone had been judged: with this, the hash is the one
that their verdicts have. Any other way makes another prompt."""


def turns_wording() -> str:
    """Return the SHA-256 over the way in which conversations are shown, in hexadecimal."""
    shown = [sources(_TURNS), conversation.MOST_TURNS, conversation.FIRST_TURNS]
    return hashlib.sha256(canonical_json(shown)).hexdigest()


class Budgets(NamedTuple):
    """Most tokens of each part of a request, estimated; longer ones are cut in the middle."""

    output: int = 6000
    """The failed output."""
    task: int = 6000
    """The task; its options, the accepted answers and the solution, each."""
    peer: int = 1500
    """Each correct output of another model."""
    short: int = 300
    """Extracted answer and finish reason, each."""


class Prompt:
    """Lays out requests for one edition of the codebook."""

    hash: str
    """SHA-256 over templates, schema, the codebook's text and the budgets, in hexadecimal."""

    def __init__(self, taxonomy: Taxonomy, budgets: Budgets | None = None) -> None:
        self._budgets = budgets or Budgets()
        self._system = fill("system", taxonomy=taxonomy, shortest_quote=SHORTEST_QUOTE)
        parts = [sources(), schema(taxonomy), self._system, list(self._budgets)]
        wording = turns_wording()
        if wording != _FIRST_TURNS_WORDING:
            parts.append(wording)
        self.hash = hashlib.sha256(canonical_json(parts)).hexdigest()

    def marker(self, failure: Failure, peers: Sequence[str]) -> str:
        """Return the marker of a failure: the same on every run, and not within its material.

        It is seeded with all that it fences: who writes any of that cannot know it.
        """
        own = [*_own_texts(failure)]
        texts = [*_item_texts(failure, peers), *own]
        return fence.marker(["failure", failure.key, *own], texts)

    def messages(
        self, failure: Failure, peers: Sequence[str], *, marker: str
    ) -> list[dict[str, str]]:
        """Return the messages of a request: static first, the item next, the output last.

        Args:
            failure: The failure to be judged.
            peers: Correct outputs of other models on the same item.
            marker: Marker of the output's fence, from :meth:`marker`.

        Raises:
            ValueError: The marker occurs in what it has to fence.
        """
        item_texts, own_texts = [*_item_texts(failure, peers)], [*_own_texts(failure)]
        if any(fence.holds(text, marker) for text in [*item_texts, *own_texts]):
            msg = "the marker occurs in the material: take another"
            raise ValueError(msg)
        # Who writes an output can know the marker of its item: held there, it gives way to another.
        item_marker = fence.marker(["item", *item_texts], [*item_texts, *own_texts, marker])
        user = "\n\n".join(
            [self._item(failure, peers, item_marker).rstrip(), self._output(failure, marker)]
        )
        return [{"role": "system", "content": self._system}, {"role": "user", "content": user}]

    def again(
        self, messages: Sequence[dict[str, str]], reply: str, problem: str
    ) -> list[dict[str, str]]:
        """Return a request with the answer that was refused and the reason put at its end."""
        shown = self._shown(reply, self._budgets.peer, "answer") or "(nothing)"
        return [
            *messages,
            {"role": "assistant", "content": shown},
            {"role": "user", "content": fill("again", problem=fence.plain(problem))},
        ]

    def _item(self, failure: Failure, peers: Sequence[str], mark: str) -> str:
        budget = self._budgets.task
        solution = failure.solution
        options = "\n".join(
            f"{LETTERS[place] if place < len(LETTERS) else place + 1}. {choice}"
            for place, choice in enumerate(failure.choices)
        )
        return fill(
            "item",
            marker=mark,
            task=self._shown(failure.input, budget, mark),
            options=self._shown(options, budget, mark),
            accepted=self._shown("\n".join(failure.references), budget, mark),
            solution=None if solution is None else self._shown(solution, budget, mark),
            peers=[self._shown(peer, self._budgets.peer, mark) for peer in peers],
        )

    def _output(self, failure: Failure, mark: str) -> str:
        short = self._budgets.short
        extracted, reason = failure.extracted, failure.finish_reason
        values = {
            "marker": mark,
            "finish_reason": None if reason is None else self._shown(reason, short, mark),
            "extracted": None if extracted is None else self._shown(extracted, short, mark),
            "blank": not speech_of(failure).text.strip(),
        }
        if not failure.messages:
            output = self._shown(failure.output, self._budgets.output, mark)
            return fill("output", **values, output=output)
        parts = conversation.parts_of(
            failure,
            self._budgets.output,
            self._budgets.task,
            lambda text, budget: self._shown(text, budget, mark),
        )
        return fill_from(_TURNS, "turns", **values, parts=parts)

    @staticmethod
    def _shown(text: str, budget: int, mark: str) -> str:
        return fence.harmless(fence.cut(fence.plain(text), budget, mark).text)


def _item_texts(failure: Failure, peers: Sequence[str]) -> Iterator[str]:
    """Yield what all failures of an item have in common."""
    yield failure.input
    yield from failure.choices
    yield from failure.references
    yield failure.solution or ""
    yield from peers


def _own_texts(failure: Failure) -> Iterator[str]:
    """Yield what is the failure's own."""
    yield failure.output
    yield failure.extracted or ""
    yield failure.finish_reason or ""
