"""Seeded choices that do not depend on order: each thing draws its own number."""

import hashlib

_BITS = 63


def draw(seed: int, purpose: str, *names: str) -> int:
    """Return a number in [0, 2**63) for a thing, the same on every machine.

    Args:
        seed: Seed of the Atlas.
        purpose: What is chosen; choices for different purposes are independent.
        names: What the thing is called.
    """
    text = "\x00".join((str(seed), purpose, *names))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _BITS)


def chosen(share: float, seed: int, purpose: str, *names: str) -> bool:
    """Tell whether a thing is among a share of all things, each chosen independently."""
    return draw(seed, purpose, *names) < share * (1 << _BITS)
