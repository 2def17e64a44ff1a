"""Prices of language models, where there is a file of them."""

from generator.errors import Problem
from generator.records.prices import Prices
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.documents import read_document


def check_prices(content: Content, held: Held) -> list[Problem]:
    """Return what is wrong with ``prices.yml``."""
    del held
    path = content.root / "prices.yml"
    return read_document(path, Prices, content.layout.name(path))[1] if path.is_file() else []
