"""The failures as byte columns: small enough to load whole, quick enough to count at every key.

A column is a row of codes, little-endian, one, two or four bytes each. A code is a place in the
list of values that the index has for the column; 0 stands for *none* wherever a value may be
missing. The columns of a table lie one after the other in one file.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

WIDTHS = (1, 2, 4)
"""Bytes that a code may take."""
KEPT = ("run", "population", "status", "attribution", "category", "subcategory")
"""Columns of the cube; the others need the failures themselves."""
NO_CONFIDENCE = 255
"""Code of a confidence that no judge gave; others are in per cent."""


class Packed(NamedTuple):
    """A table as bytes."""

    rows: int
    """Number of rows."""
    columns: list[dict[str, Any]]
    """Name, width in bytes and offset in the file, in the order of the file."""
    data: bytes
    """The file."""


def width_for(most: int) -> int:
    """Return how many bytes a code takes that is at most ``most``."""
    return next(width for width in WIDTHS if most < 1 << (8 * width))


def coded(values: pd.Series, known: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """Return a code for each value: its place in ``known``, counted from 1; 0 where it is missing.

    Raises:
        ValueError: A value is not among those known.
    """
    places = {name: place for place, name in enumerate(known, start=1)}
    # Few values stand in many rows: each is looked up once.
    which, kinds = values.astype(object).factorize()
    if unknown := [kind for kind in kinds if kind not in places]:
        msg = f"a value that the index does not list: {unknown[0]}"
        raise ValueError(msg)
    codes = np.array([0, *(places[kind] for kind in kinds)], dtype=np.uint32)
    found: np.ndarray[Any, np.dtype[np.uint32]] = codes[which + 1]
    return found


def percent(confidence: pd.Series) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """Return confidences in whole per cent."""
    shares = pd.to_numeric(confidence, errors="coerce").astype(float) * 100
    return shares.round().fillna(NO_CONFIDENCE).to_numpy().astype(np.uint32)


def pack(table: Mapping[str, "np.ndarray[Any, np.dtype[np.uint32]]"]) -> Packed:
    """Put columns of codes into one file, each as narrow as its largest code allows.

    Wide columns come first, so that a browser can view each of them where it lies.
    """
    found = [(name, codes, width_for(int(codes.max(initial=0)))) for name, codes in table.items()]
    parts, columns, offset = [], [], 0
    for name, codes, width in sorted(found, key=lambda one: -one[2]):
        data = codes.astype(f"<u{width}").tobytes()
        columns.append({"name": name, "width": width, "offset": offset})
        parts.append(data)
        offset += len(data)
    return Packed(len(next(iter(table.values()), ())), columns, b"".join(parts))


def cube(
    table: Mapping[str, "np.ndarray[Any, np.dtype[np.uint32]]"],
) -> dict[str, "np.ndarray[Any, np.dtype[np.uint32]]"]:
    """Count the failures that agree in every column of ``KEPT``."""
    frame = pd.DataFrame({name: table[name] for name in KEPT})
    counted = frame.groupby(list(KEPT), sort=True).size().reset_index(name="count")
    return {str(name): counted[name].to_numpy().astype(np.uint32) for name in counted.columns}
