"""What building costs: read when pages are built, checked before."""

from generator.errors import ContentError, Problem
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.speed import read_speed


def check_speed(content: Content, _: Held) -> list[Problem]:
    """Return what is wrong with ``speed.json``."""
    try:
        read_speed(content.layout)
    except ContentError as error:
        return list(error.problems)
    return []
