"""The slices of a benchmark, such as subjects or tasks: how many predictions fail, and how."""

from dataclasses import dataclass
from typing import Any

from generator.charts.heat_orders import HeatRow
from generator.pages.edition import Edition
from generator.pages.figures import Drawn, Figure
from generator.pages.format import count, estimate, percent, sized
from generator.pages.heat_maps import draw_heat_map
from generator.pages.links import Link, explore_href
from generator.pages.models import leading
from generator.pages.tables import Table, columns, plain
from generator.stats.benchmarks import DIFFICULTY, Anatomy
from generator.stats.designs import Basis
from generator.stats.tables import records

SLICES = ("subject", "task", "test category")
"""Tags of an item that Explore can filter by; the first that an item has counts."""

_BASES: dict[Basis, str] = {"sample": "annotated sample", "all": "all failures"}
"""What the failures of a slice are, in few words."""


@dataclass(frozen=True)
class Slice:
    """How the items differ by one tag."""

    slug: str
    """End of the section's identifier."""
    heading: str
    """Heading."""
    table: Table
    """One row per value."""
    drawn: Drawn | None = None
    """What the failures of each value are made of; None for slices by difficulty, and where no
    more than one value has failures that were looked at."""

    @property
    def figure(self) -> Figure | None:
        """The drawing as the template shows it."""
        return self.drawn.figure if self.drawn else None


def slices_of(page: str, edition: Edition, found: Anatomy, slug: str) -> tuple[Slice, ...]:
    """Return the slices of a benchmark, by each tag and by difficulty.

    Args:
        page: Path of the page that they stand on.
        edition: Content and numbers.
        found: What the benchmark measures.
        slug: The benchmark.
    """
    taxonomy, made = edition.content.taxonomy, list[Slice]()
    name = edition.content.benchmarks[slug].name
    tags = set(found.slices["tag"])
    filtered = next((tag for tag in SLICES if tag in tags), None)
    for tag, part in found.slices.groupby("tag", sort=False):
        hard = tag == DIFFICULTY
        rows = []
        for row in records(part):
            own = found.compositions.get((row["tag"], row["value"]))
            failed = (
                f"{percent(row['rate'])}, {sized(row['attempted'])}"
                if hard
                else f"{estimate(row['rate'], row['low'], row['high'], row['attempted'])}, "
                f"{sized(row['attempted'])}"
            )
            first, share = leading(page, taxonomy, own)
            value = Link(row["value"], "")
            if tag == filtered and own is not None:
                address = explore_href(page, benchmark=slug, subject=row["value"])
                value = Link(row["value"], address)
            cells = (value, plain(count(row["items"])), plain(failed))
            rows.append((*cells, first, plain(share)))
        heading = "By how many models fail an item" if hard else f"By {tag}"
        about = "Items" if hard else f"Items by {tag}"
        names = columns(
            "Failed by" if hard else str(tag).capitalize(), "Items#", "Predictions failed#",
            "Category with the largest share", "That share of classified#",
        )  # fmt: skip
        place = "difficulty" if hard else f"tag-{len(made)}"
        caption = f"{about} of {name}: how many predictions fail, and how"
        drawn = None if hard else _composed(page, edition, found, str(tag), place)
        made.append(Slice(place, heading, Table(caption, names, tuple(rows)), drawn))
    return tuple(made)


@dataclass(frozen=True)
class RunSlice:
    """How often a model fails in each slice of a benchmark by one tag."""

    slug: str
    """End of the section's identifier."""
    heading: str
    """Heading."""
    says: str
    """Where it fails most and least often, or that this is not known."""
    beside: bool
    """Whether other models stand beside it."""
    table: Table
    """One row per value, the most often failed first."""


def run_slices_of(page: str, edition: Edition, benchmark: str, model: str) -> tuple[RunSlice, ...]:
    """Return how often a model fails in each slice of a benchmark.

    Args:
        page: Path of the page that they stand on.
        edition: Content and numbers.
        benchmark: The benchmark.
        model: The model.
    """
    found = edition.numbers.anatomies.get(benchmark)
    if found is None:
        return ()
    own = found.by_model[found.by_model["model"] == model]
    filtered = next((tag for tag in SLICES if tag in set(own["tag"])), None)
    name, items = edition.content.models[model].name, edition.content.benchmarks[benchmark].name
    made = list[RunSlice]()
    for tag, part in own.groupby("tag", sort=False):
        if len(part) < 2:  # noqa: PLR2004 - one row is no comparison
            continue
        ordered = records(part.sort_values(["rate", "value"], ascending=[False, True]))
        beside = any(row["others"] for row in ordered)
        rows = []
        for row in ordered:
            there = explore_href(page, benchmark=benchmark, model=model, subject=row["value"])
            linked = tag == filtered and row["failed"] > 0
            cells = (
                Link(row["value"], there if linked else ""),
                plain(count(row["attempted"])),
                plain(estimate(row["rate"], row["low"], row["high"], row["attempted"])),
            )
            others = estimate(
                row["others_rate"], row["others_low"], row["others_high"], row["others"]
            )
            rows.append((*cells, plain(others)) if beside else cells)
        names = (str(tag).capitalize(), "Predictions#", "Failed#")
        table = Table(
            f"{name} on {items}, by {tag}: how many predictions fail",
            columns(*names, "All others failed#") if beside else columns(*names),
            tuple(rows),
        )
        made.append(RunSlice(f"tag-{len(made)}", f"By {tag}", _says(ordered), beside, table))
    return tuple(made)


def _says(ordered: list[dict[str, Any]]) -> str:
    """Return where a model fails most and least often, if chance does not say so alone."""
    most, least = ordered[0], ordered[-1]
    if most["low"] <= least["high"]:
        return "No two of these are surely apart: all intervals overlap."
    return f"It fails most often in {most['value']} and least often in {least['value']}."


def _composed(page: str, edition: Edition, found: Anatomy, tag: str, slug: str) -> Drawn | None:
    """Return what the failures of each value of a tag are made of, a row each."""
    values = records(found.slices[found.slices["tag"] == tag])
    rows = [
        HeatRow(row["value"], f"By {tag}, {_BASES[own.basis]}", own, accuracy=1 - row["rate"])
        for row in values
        if (own := found.compositions.get((tag, row["value"]))) is not None
    ]
    if len(rows) < 2:  # noqa: PLR2004 - one row is no comparison
        return None
    level = edition.content.atlas.confidence_level
    return draw_heat_map(
        page,
        rows,
        edition.content.taxonomy,
        chart_id=slug,
        level=level,
        each=tag,
        kind=tag.capitalize(),
    )
