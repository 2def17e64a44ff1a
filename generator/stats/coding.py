"""Failures as arrays of small numbers: texts are compared once, however often they are counted."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import pandas as pd


class Codes(NamedTuple):
    """One text for each failure, as a place in a list."""

    places: np.ndarray
    """Place of each; -1 where there is none."""
    names: np.ndarray
    """Texts, sorted."""

    @property
    def told(self) -> np.ndarray:
        """Tell where there is one."""
        given: np.ndarray = self.places >= 0
        return given

    def among(self, wanted: Sequence[str]) -> np.ndarray:
        """Return the place of each in another list, -1 where it is not there."""
        place = {name: at for at, name in enumerate(wanted)}
        # The last one is found by those that have none.
        listed = np.array([*(place.get(name, -1) for name in self.names), -1])
        found: np.ndarray = listed[self.places]
        return found


def codes_of(values: pd.Series | np.ndarray) -> Codes:
    """Return texts as places in the list of them."""
    return Codes(*pd.factorize(np.asarray(values, dtype=object), sort=True))


@dataclass(frozen=True)
class Coded:
    """Failures, an entry each in every array; see ``tables.settled``."""

    item: np.ndarray
    """Number of the item that was failed; see ``items_of``."""
    run: np.ndarray
    """Number of the run."""
    judge: Codes
    """Who looked."""
    outcome: Codes
    """What came of it; ``model`` means that it has a category."""
    category: Codes
    """Its category."""
    subcategory: Codes
    """Its subcategory."""
    cell: Codes
    """Its category, or what came of it where it has none."""
    weight: np.ndarray
    """How many failures it stands for; not a number where it is in no sample."""

    def part(self, chosen: np.ndarray) -> "Coded":
        """Return some of the failures.

        Args:
            chosen: Whether each is one of them.
        """
        made: dict[str, Any] = {}
        for one in fields(self):
            values = getattr(self, one.name)
            made[one.name] = (
                Codes(values.places[chosen], values.names)
                if isinstance(values, Codes)
                else values[chosen]
            )
        return Coded(**made)


def coded(failures: pd.DataFrame) -> Coded:
    """Return failures as numbers.

    Args:
        failures: Rows with benchmark, model, item_id, status, attribution, category, subcategory,
            judge, weight.
    """
    status, attribution, category = (
        failures[name].to_numpy(object) for name in ("status", "attribution", "category")
    )
    outcome = np.where(status == "verdict", attribution, status)
    return Coded(
        item=items_of(failures),
        run=_pairs(failures["benchmark"], failures["model"]),
        judge=codes_of(failures["judge"]),
        outcome=codes_of(outcome),
        category=codes_of(category),
        subcategory=codes_of(failures["subcategory"]),
        cell=codes_of(np.where(pd.notna(category), category, outcome)),
        weight=failures["weight"].to_numpy(float),
    )


def items_of(failures: pd.DataFrame) -> np.ndarray:
    """Return the number of each failure's item, counted from 0 in the order of their names.

    On two benchmarks the same id is not the same item.

    Args:
        failures: Rows with benchmark, item_id.
    """
    return _pairs(failures["benchmark"], failures["item_id"])


def _pairs(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Return the number of each pair of texts, counted from 0 in their order."""
    first, second = codes_of(one), codes_of(other)
    pair = first.places * (len(second.names) or 1) + second.places
    numbers: np.ndarray = np.unique(pair, return_inverse=True)[1]
    return numbers
