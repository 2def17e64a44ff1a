"""What asking will take, before anything is sent."""

from collections.abc import Callable
from typing import NamedTuple

from generator.judging.budget import CHARACTERS_PER_TOKEN, OUTPUT_TOKENS
from generator.judging.docket import Case, Docket
from generator.judging.pricing import Spent, cost
from generator.records.prices import Price

MEASURED = 500
"""Requests of a benchmark that are laid out to measure their length; the others are inferred."""


class Estimate(NamedTuple):
    """What asking about a benchmark will take, if every first answer can be used."""

    failures: int
    """Failures that the judge could be asked about."""
    requests: int
    """Failures that it will be asked about."""
    audits: int
    """Those among them that the rules settled."""
    usage: Spent
    """Tokens; none is counted as kept by the provider."""
    cost: float | None
    """Money, None where the price is not known."""


def estimate(docket: Docket, characters: Callable[[Case], int], price: Price | None) -> Estimate:
    """Return what asking about the pending cases of a docket will take.

    Args:
        docket: The cases.
        characters: Gives the characters that are sent for a case.
        price: Price of the model.
    """
    rest, audits = docket.counts(audit=False), docket.counts(audit=True)
    pending = rest.pending + audits.pending
    every = max(1, pending // MEASURED)
    lengths = [characters(case) for case in docket.cases(every=every)]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    usage = Spent(round(pending * mean / CHARACTERS_PER_TOKEN), 0, pending * OUTPUT_TOKENS)
    return Estimate(
        failures=rest.failures + audits.failures,
        requests=pending,
        audits=audits.pending,
        usage=usage,
        cost=None if price is None else cost(price, usage),
    )
