"""The rows of a composition, read from its tables once for all that a page says of it.

Titles, cells, tables and lists ask for the same rows one after the other, and to read a small table
takes longer than what is done with it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from generator.stats.compositions import Composition

_KEPT = 256
"""Compositions whose rows are kept: all models in one place, and the benchmarks of a page."""


def texts(rows: Iterable[Mapping[str, str]], columns: list[str] | None = None) -> pd.DataFrame:
    """Return the table of a chart; as Python's own texts, which are read one by one right away.

    Args:
        rows: From top to bottom, all with the same columns.
        columns: Names of the columns, where there may be no row.
    """
    return pd.DataFrame(list(rows), columns=columns, dtype=object)


@lru_cache(maxsize=_KEPT)
def share_rows(own: Composition) -> tuple[dict[str, Any], ...]:
    """Return the rows of ``shares``, which are not to be changed."""
    return tuple(own.share_part.rows())


@lru_cache(maxsize=_KEPT)
def subshare_rows(own: Composition) -> tuple[dict[str, Any], ...]:
    """Return the rows of ``subshares``, which are not to be changed."""
    return tuple(own.subshare_part.rows())


@lru_cache(maxsize=_KEPT)
def outcome_rows(own: Composition) -> tuple[dict[str, Any], ...]:
    """Return the rows of ``outcomes``, which are not to be changed."""
    return tuple(own.outcome_part.rows())
