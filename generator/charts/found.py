"""The tree of a proposal: categories found in failures, and what is below each.

Source:
    As :mod:`generator.charts.icicle`.
"""

from collections.abc import Iterator, Sequence

import altair as alt
import pandas as pd

from generator.charts.boxes import Cell, Columns, drawn
from generator.charts.chart import Chart
from generator.charts.labels import exact, percent, visible
from generator.charts.responsive import either
from generator.charts.told import texts
from generator.records.proposal import Branch, Proposal

COLUMNS = Columns(wide=(0.0, 0.45, 1.0), narrow=(0.0, 0.5, 1.0), headings=1)
"""Categories, and what is below them."""
FLAT = Columns(wide=(0.0, 1.0), narrow=(0.0, 1.0), headings=0)
"""A tree of one level."""
STANDINGS = ("in the Atlas", "mostly in the Atlas", "proposed", "no category")
"""What the Atlas has of a branch, in the order of the colours."""


def standing_of(branch: Branch) -> str:
    """Return what the Atlas has of a branch, in words."""
    if branch.kind != "category":
        return "no category"
    if branch.atlas:
        return "in the Atlas"
    return "proposed" if branch.proposed else "mostly in the Atlas"


def found_tree(proposal: Proposal, *, chart_id: str = "tree") -> Chart:
    """Draw a proposal, each branch as high as its share of the failures with a cause.

    Args:
        proposal: What was found.
        chart_id: Slug, unique on the page.
    """
    branches = [branch for branch in proposal.branches if branch.failures]
    whole = sum(branch.failures for branch in branches)
    deep = any(branch.branches for branch in branches)
    named = [branch for branch in branches if branch.kind == "category"]
    title = "No category was found"
    if named:
        largest = max(named, key=lambda branch: branch.failures)
        share = percent(largest.failures / whole)
        title = f"Largest of {len(named)} categories at the top: {visible(largest.name)}, {share}"
    cells = [*_cells(branches, whole, deep=deep)]
    there = {cell.group for cell in cells}
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=either(2, len(STANDINGS)),
        values=[name for name in STANDINGS if name in there],
    )
    colour = alt.Color("group:N", scale=alt.Scale(domain=list(STANDINGS)), legend=legend)
    levels = "Categories found, and what is below them" if deep else "Categories found"
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            f"{levels}; height is the share of the failures with a cause; n = {whole:,}. "
            "Not in force."
        ),
        description=(
            f"{'Two columns' if deep else 'One column'} of boxes, each as high as its share of the "
            f"failures with a cause, coloured by what the Atlas has of it. {title}."
        ),
        spec=drawn(cells, colour, COLUMNS if deep else FLAT),
        table=_table(branches, whole),
    )


def _cells(branches: Sequence[Branch], whole: int, *, deep: bool) -> Iterator[Cell]:
    top = 0.0
    for branch in branches:
        share = branch.failures / whole
        yield _cell(0, branch, share, top)
        low = top
        for part in branch.branches if deep else ():
            if part.failures:
                yield _cell(1, part, part.failures / whole, low)
                low += part.failures / whole
        top += share


def _cell(depth: int, branch: Branch, share: float, low: float) -> Cell:
    short = f"{branch.name} {percent(share)}"
    return Cell(depth, standing_of(branch), branch.name, short, branch.failures, share, low)


def _table(branches: Sequence[Branch], whole: int) -> pd.DataFrame:
    rows = [
        (name, branch)
        for above in branches
        for name, branch in (
            (above.name, above),
            *((f"{above.name}: {part.name}", part) for part in above.branches if part.failures),
        )
    ]
    return texts(
        [
            {
                "Category": visible(name),
                "Failures": f"{branch.failures:,}",
                "Share": exact(branch.failures / whole),
                "What the Atlas has": standing_of(branch),
            }
            for name, branch in rows
        ],
        columns=["Category", "Failures", "Share", "What the Atlas has"],
    )
