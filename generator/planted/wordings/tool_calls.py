"""Requests of the tool-call family, and how their form is stated."""

from generator.planted.requests import Request
from generator.planted.wordings import errands, household
from generator.planted.wordings.held_out import HELD_OUT

REQUESTS: tuple[Request, ...] = tuple(
    request._replace(wordings=(*request.wordings, HELD_OUT[request.id]))
    for request in (*errands.REQUESTS, *household.REQUESTS)
)
"""Requests, each with the functions offered for it."""

STATED = (
    "Reply with the JSON alone: no other text and no code fence.",
    "The reply has to be bare JSON that a parser can read as it stands.",
    "Whatever reads the reply takes JSON and nothing around it.",
)
"""Sentences that state the required form; items without one are free in form."""

SINGLE = 'Make one call, as a JSON object {"name": ..., "arguments": {...}}.'
SEVERAL = 'Make the calls in order, as a JSON list of objects {"name": ..., "arguments": {...}}.'
