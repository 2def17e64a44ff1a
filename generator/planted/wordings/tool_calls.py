"""Requests of the tool-call family, and how their form is stated."""

from generator.planted.requests import Request
from generator.planted.wordings import errands, household

REQUESTS: tuple[Request, ...] = (*errands.REQUESTS, *household.REQUESTS)
"""Requests, each with the functions offered for it."""

STATED = (
    "Reply with the JSON alone: no other text and no code fence.",
    "The reply has to be bare JSON that a parser can read as it stands.",
)
"""Sentences that state the required form; items without one are free in form."""

SINGLE = 'Make one call, as a JSON object {"name": ..., "arguments": {...}}.'
SEVERAL = 'Make the calls in order, as a JSON list of objects {"name": ..., "arguments": {...}}.'
