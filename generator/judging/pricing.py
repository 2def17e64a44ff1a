"""What asking a language model costs."""

import re
from typing import NamedTuple, Protocol

from generator.errors import ContentError
from generator.records.prices import Price, Prices
from generator.store.content import Content
from generator.store.documents import read_document

MILLION = 1_000_000
_DATED = re.compile(r"-[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class Tokens(Protocol):
    """Tokens that requests took."""

    @property
    def input_tokens(self) -> int:
        """Tokens sent, those that the provider had kept among them."""

    @property
    def cached_tokens(self) -> int:
        """Tokens sent that the provider had kept."""

    @property
    def output_tokens(self) -> int:
        """Tokens put out."""


class Spent(NamedTuple):
    """Tokens, counted up."""

    input_tokens: int = 0
    """Tokens sent, those that the provider had kept among them."""
    cached_tokens: int = 0
    """Tokens sent that the provider had kept."""
    output_tokens: int = 0
    """Tokens put out."""

    def plus(self, tokens: Tokens) -> "Spent":
        """Return the sum with further tokens."""
        return Spent(
            self.input_tokens + tokens.input_tokens,
            self.cached_tokens + tokens.cached_tokens,
            self.output_tokens + tokens.output_tokens,
        )

    @property
    def total(self) -> int:
        """Tokens sent and put out."""
        return self.input_tokens + self.output_tokens


def price_of(content: Content, model: str) -> Price | None:
    """Return the price of a model, none where it is not known.

    A dated name (``<model>-2026-01-31``) has the price of its model.

    Raises:
        ContentError: The file of prices is at fault.
    """
    path = content.root / "prices.yml"
    if not path.is_file():
        return None
    prices, problems = read_document(path, Prices, content.layout.name(path))
    if prices is None:
        raise ContentError(problems)
    return prices.models.get(model) or prices.models.get(_DATED.sub("", model))


def batch_price(price: Price | None) -> Price | None:
    """Return the price of requests in a batch, none where it is not known.

    Not every provider gives both discounts at once, so tokens that it had kept count in full.
    """
    if price is None or price.batch is None:
        return None
    return Price(input=price.input * price.batch, output=price.output * price.batch)


def cost(price: Price, tokens: Tokens) -> float:
    """Return what tokens cost, in the currency of the price."""
    cached = min(tokens.cached_tokens, tokens.input_tokens)
    kept = price.input if price.cached is None else price.cached
    return (
        (tokens.input_tokens - cached) * price.input
        + cached * kept
        + tokens.output_tokens * price.output
    ) / MILLION
