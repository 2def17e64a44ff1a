"""What the cells of the heat map hold: the share of each category and outcome in each row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.charts.heat_orders import HeatRow
from generator.charts.labels import exact, wrapped
from generator.charts.told import outcome_rows, share_rows
from generator.records.taxonomy import Taxonomy
from generator.stats.designs import FAULTLESS
from generator.stats.intervals import Share

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
    found: dict[tuple[str, ...], tuple[Share, int]] = {
        (share["category"],): (
            Share(share["share_of_all"], share["low_of_all"], share["high_of_all"]),
            share["count"],
        )
        for share in share_rows(own)
    }
    (together,) = own.faultless_part.rows()
    beside = [((row["outcome"],), row) for row in outcome_rows(own)]
    found |= {
        members: (Share(row["share"], row["low"], row["high"]), row["count"])
        for members, row in [*beside, (FAULTLESS, together)]
    }
    for column in columns:
        share, count = found[column.members]
        yield Cell(*share, count, own.looked_at)
