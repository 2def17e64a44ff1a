"""What the cells of the heat map hold: the share of each category and outcome in each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.charts.heat_orders import HeatRow
from generator.charts.labels import exact, wrapped
from generator.charts.told import outcome_rows, share_rows
from generator.records.taxonomy import Taxonomy
from generator.stats.designs import FAULTLESS

_OUTCOMES = (
    ("undet.", "Undetermined", ("undetermined",)),
    ("not its", "Not the model's fault", FAULTLESS),
    ("none", "No verdict", ("no_verdict",)),
)


@dataclass(frozen=True)
class Column:
    """A column of cells."""

    key: str
    """Short label and whole one, as the scale takes them."""
    name: str
    """What it is called in a tooltip."""
    members: tuple[str, ...]
    """The category, or the outcomes that are taken together."""
    beside: bool
    """Whether it holds outcomes without a category."""


def columns_of(rows: Sequence[HeatRow], taxonomy: Taxonomy) -> list[Column]:
    """Return the columns: one per category, then what has none."""
    named = [
        Column(
            f"{category.id}|{wrapped(f'{category.id} {category.name}', 20)}",
            f"{category.id} {category.name}",
            (category.id,),
            beside=False,
        )
        for category in taxonomy.categories
    ]
    failed = any(
        outcome["outcome"] == "no_verdict" and outcome["count"]
        for row in rows
        for outcome in outcome_rows(row.composition)
    )
    # A judge that never failed needs no column that says so.
    beside = [
        Column(f"{short}|{name}", name, outcomes, beside=True)
        for short, name, outcomes in _OUTCOMES
        if failed or outcomes != ("no_verdict",)
    ]
    return [*named, *beside]


class Cell(NamedTuple):
    """A share with what it rests on."""

    share: float
    """Of the failures looked at, in [0, 1]."""
    low: float
    """Lower end of its interval."""
    high: float
    """Upper end of its interval."""
    failures: int
    """Failures of it."""
    looked_at: int
    """Failures that it is a share of."""

    def told(self) -> str:
        """Return the share with its interval."""
        return f"{exact(self.share)} ({self.low * 100:.1f} to {self.high * 100:.1f})"


def cells_of(row: HeatRow, columns: Sequence[Column]) -> Iterator[Cell]:
    """Yield one cell per column of a row."""
    own = row.composition
    (together,) = own.faultless_part.rows()
    found: dict[tuple[str, ...], Cell] = {}
    found |= {(one["category"],): _cell(one, own.looked_at, "_of_all") for one in share_rows(own)}
    found |= {(one["outcome"],): _cell(one, own.looked_at) for one in outcome_rows(own)}
    found[FAULTLESS] = _cell(together, own.looked_at)
    for column in columns:
        yield found[column.members]


def _cell(row: Mapping[str, Any], looked_at: int, of: str = "") -> Cell:
    """Return a cell of a share; ``of`` ends the names of those of all failures looked at."""
    share, low, high = (row[f"{name}{of}"] for name in ("share", "low", "high"))
    return Cell(share, low, high, row["count"], looked_at)
