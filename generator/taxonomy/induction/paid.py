"""One run of a build that has to be paid: client, pace, budget and journal around it."""

import asyncio
import math
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.judging.budget import CHARACTERS_PER_TOKEN, OUTPUT_TOKENS, Budget, StoppedError
from generator.judging.client import Client
from generator.judging.gate import Gate
from generator.judging.interruption import interruptible
from generator.judging.journal import journal_folder
from generator.judging.pace import Pace
from generator.judging.pricing import Spent
from generator.records.proposal import Settings
from generator.store.lock import alone
from generator.taxonomy.induction.anchors import sampled
from generator.taxonomy.induction.asking import Inquiry, StepJournal
from generator.taxonomy.induction.failures import Corpus
from generator.taxonomy.induction.steps import Material, messages

Made = TypeVar("Made")
_NAME = "taxonomy-build"


class Outcome(NamedTuple):
    """What a run came to."""

    stopped: str | None
    """Why it ended early; None where it did not."""
    asked: int
    """Requests that were answered and paid for."""
    recalled: int
    """Requests that the journal answered."""
    refused: int
    """Steps that were left without a usable answer."""


def run_paid(
    client: Client,
    budget: Budget,
    cache: Path,
    work: Callable[[Inquiry], Coroutine[Any, Any, Made]],
    *,
    concurrency: int,
    on_interrupt: Callable[[int], None],
) -> tuple[Made | None, Outcome]:
    """Do some work that asks a language model; what was answered before is not asked again.

    Args:
        client: The client; opened and closed here.
        budget: What may be spent.
        cache: Folder of journals.
        work: The work; None comes back where it was stopped.
        concurrency: Most requests at a time.
        on_interrupt: Called with the number of requests under way when the user interrupts.

    Raises:
        InputError: Another build is at work, or the journal cannot be written.
        OutsideError: The endpoint does not answer; what was said before is kept.
    """
    folder = journal_folder(cache)
    with alone(folder / f"{_NAME}.lock", "building a taxonomy"):
        journal = StepJournal(folder / f"{_NAME}.jsonl")
        return asyncio.run(_run(client, Pace(concurrency), budget, journal, (work, on_interrupt)))


async def _run(
    client: Client,
    pace: Pace,
    budget: Budget,
    journal: StepJournal,
    calls: tuple[Callable[[Inquiry], Coroutine[Any, Any, Made]], Callable[[int], None]],
) -> tuple[Made | None, Outcome]:
    made: Made | None = None
    work, on_interrupt = calls
    async with client:
        gate = Gate(client, pace, budget)
        inquiry = Inquiry(gate, journal)
        with interruptible(gate, pace, on_interrupt):
            try:
                made = await work(inquiry)
            except StoppedError as end:
                gate.stop(str(end))
    stopped = gate.stopped if made is None else None
    return made, Outcome(stopped, inquiry.asked, inquiry.recalled, inquiry.refused)


def estimate(corpus: Corpus, settings: Settings) -> tuple[int, Spent]:
    """Return the requests and tokens that one build takes at most, if every answer can be used.

    What stands below the first division is not known before it is made; every further level is
    taken to read and place all texts once more.

    Args:
        corpus: The failures.
        settings: Depth, batches and sample.
    """
    batch = settings.batch
    read = math.ceil(len(sampled(corpus, settings)) / batch)
    placed = math.ceil(len(corpus.entries) / batch)
    shown = messages("classify", Material(drafts=(), entries=corpus.entries[:batch]), settings.most)
    characters = sum(len(message["content"]) for message in shown)
    requests = settings.depth * (read + 1 + placed)
    tokens = round(requests * characters / CHARACTERS_PER_TOKEN)
    return requests, Spent(tokens, 0, requests * OUTPUT_TOKENS)
