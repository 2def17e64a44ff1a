"""What a judge says of failures whose cause is known: one row per cause, one column per answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.heat_layers import across, cell_box, cell_layers, down, frame_layers
from generator.charts.labels import exact, number, percent, plural, visible, wrapped
from generator.charts.responsive import specification
from generator.charts.rows import group_ids
from generator.charts.theme import INK_TURNS_AT
from generator.charts.told import texts
from generator.records.taxonomy import Taxonomy
from generator.stats.agreement import Scores
from generator.stats.tables import records

STEP = 25
"""Height of a row in CSS pixels."""

_NARROW_STEP = 37
_LABEL = 26
"""Characters of a label beside its row, so that the count at its end is never cut off."""
_LABEL_ABOVE = 44
"""The same on a phone, where it stands above."""
_GAP = "|"
_BESIDE = {
    "benchmark": ("bench", "The benchmark's fault"),
    "harness": ("harn", "The harness's fault"),
    "undetermined": ("undet", "Undetermined"),
    "no_verdict": ("none", "No verdict"),
}
"""Answers that are no category, with a short and a full name."""
_TOLD_BY = {"known": "Known", "said": "Judge", "says": "Failures"}


def confusion(
    scores: Scores, taxonomy: Taxonomy, *, judge: str, against: str, chart_id: str = "confusion"
) -> Chart:
    """Draw what is known against what a judge says.

    Args:
        scores: Of the judge; at least one failure compared.
        taxonomy: Names, order and groups of the categories.
        judge: Who is held against it, in words that begin a sentence, such as "The judge".
        against: What is known, in words that follow "as", such as "the annotator".
        chart_id: Slug, unique on the page.
    """
    grid = _grid(scores, taxonomy)
    title = _finding(scores, judge, against)
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            "A row is what is known, a column what the judge says; per cent of the row, outlined "
            f"where both are the same. n = {plural(scores.failures, 'failure')}, of which the "
            f"judge spoke on {number(scores.precision.of)}."
        ),
        description=(
            f"Heat map with {plural(len(grid.rows), 'row')}, one per known cause, and one column "
            f"per answer of the judge; darker is more frequent, and right answers lie on the "
            f"diagonal. {title}."
        ),
        spec=_spec(grid, taxonomy),
        table=_table(grid),
    )


@dataclass(frozen=True)
class _Grid:
    """Rows, columns and counts of the chart."""

    rows: tuple[str, ...]
    """Answers that are known of a failure, in the order shown."""
    shown: tuple[str, ...]
    """Answers that are known or said, in the order shown."""
    names: Mapping[str, str]
    """Names of all answers."""
    totals: Mapping[str, int]
    """Failures of each row."""
    counts: Mapping[tuple[str, str], int]
    """Failures by what is known and what is said."""

    def column(self, answer: str) -> str:
        """Return the key of a column, which is its label."""
        short = _BESIDE[answer][0] if answer in _BESIDE else answer
        return f"{short}|{wrapped(self.names[answer], 20)}"

    def label(self, answer: str, limit: int) -> str:
        """Return the label of a row: its name, shortened, and how many failures it holds."""
        n = f" ({self.totals[answer]:,})"
        return visible(self.names[answer], limit - len(n)) + n

    def count(self, known: str, said: str) -> int:
        """Return the failures of a cell."""
        return self.counts.get((known, said), 0)


def _grid(scores: Scores, taxonomy: Taxonomy) -> _Grid:
    names = {entry.id: f"{entry.id} {visible(entry.name)}" for entry in taxonomy.categories}
    names |= {answer: full for answer, (_, full) in _BESIDE.items()}
    totals = {row["answer"]: int(row["known"]) for row in records(scores.answers)}
    # A category that the taxonomy has no more goes last, by its id.
    names |= {answer: visible(answer) for answer in totals if answer not in names}
    shown = tuple(answer for answer in names if answer in totals)
    counted = records(scores.confusion)
    return _Grid(
        rows=tuple(answer for answer in shown if totals[answer]),
        shown=shown,
        names=names,
        totals=totals,
        counts={(row["known"], row["said"]): int(row["count"]) for row in counted},
    )


def _finding(scores: Scores, judge: str, against: str) -> str:
    spoke = scores.precision.of
    if not spoke:
        return f"{visible(judge)} spoke on none of {plural(scores.failures, 'failure')}"
    return (
        f"{visible(judge)} speaks on {percent(scores.coverage.share)} of the failures, and says "
        f"the same as {visible(against)} on {percent(scores.precision.share)} of these"
    )


def _spec(grid: _Grid, taxonomy: Taxonomy) -> dict[str, Any]:
    keys = {
        answer: f"{place:03d}|{grid.label(answer, _LABEL)}"
        for place, answer in enumerate(grid.rows)
    }
    cells = [
        {"row": keys[known], "column": grid.column(said), **_cell(grid, known, said)}
        for known in grid.rows
        for said in grid.shown
    ]
    columns = [grid.column(answer) for answer in grid.shown if answer not in _BESIDE]
    columns += [_GAP, *(grid.column(answer) for answer in grid.shown if answer in _BESIDE)]
    strip = [
        {"column": grid.column(entry.id), "strip": entry.group}
        for entry in taxonomy.categories
        if entry.id in grid.shown
    ]
    above = [
        {"row": key, "name_above": grid.label(answer, _LABEL_ABOVE)} for answer, key in keys.items()
    ]
    order = list(keys.values())
    layers = [
        *cell_layers(order, columns, 1.0, _TOLD_BY),
        _outline(order, columns),
        *frame_layers(order, columns, group_ids(taxonomy)),
    ]
    return specification(
        layers,
        [*cells, *strip, *above],
        height=len(order) * STEP,
        narrow_height=len(order) * _NARROW_STEP,
        independent_colours=True,
    )


def _cell(grid: _Grid, known: str, said: str) -> dict[str, Any]:
    count, total = grid.count(known, said), grid.totals[known]
    share, beside = count / total, said in _BESIDE
    return {
        "known": grid.names[known],
        "said": grid.names[said],
        "says": f"{count:,} of {total:,} ({exact(share)})",
        "share": round(share, 5),
        "label": f"{share * 100:.0f}" if count else "",
        "ink": "high" if not beside and share > INK_TURNS_AT else "low",
        **({"beside": True} if beside else {}),
        **({"same": True} if known == said else {}),
    }


def _outline(keys: list[str], columns: list[str]) -> alt.Chart:
    """Return the outlines of the cells where the judge says what is known."""
    drawn: alt.Chart = (
        alt.Chart()
        .transform_filter("isValid(datum.same)")
        .mark_rect(style="ea-same", filled=False, **cell_box())
        .encode(x=across(columns), y=down(keys))
    )
    return drawn


def _table(grid: _Grid) -> pd.DataFrame:
    return texts(
        {
            "Known": grid.names[known],
            "n": number(grid.totals[known]),
            **{grid.names[said]: number(grid.count(known, said)) for said in grid.shown},
        }
        for known in grid.rows
    )
