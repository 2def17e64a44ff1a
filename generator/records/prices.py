"""``content/prices.yml``: what language models cost, for estimates and budgets."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.records.base import Line, Prose, Record, Url

Amount = Annotated[float, Field(ge=0.0, le=10_000.0)]
"""An amount of money per million tokens."""


class Price(Record):
    """What one language model costs."""

    input: Amount
    """Price of a million tokens sent."""
    cached: Amount | None = None
    """Price of a million tokens sent that the provider had kept; null where it is no other."""
    output: Amount
    """Price of a million tokens put out."""
    batch: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    """Share of these prices that a request in a batch costs; null where it is not known."""


class Prices(Record):
    """What language models cost, as known on one day."""

    currency: Literal["USD"]
    """Currency of all prices."""
    checked: date
    """Day on which the prices were looked up."""
    url: Url
    """Where the prices that count are published."""
    note: Prose | None = None
    """Where the figures are from, and what they leave out."""
    models: dict[Line, Price]
    """Price by the name under which a model is asked."""
