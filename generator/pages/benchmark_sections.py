"""What a benchmark measures, as its page shows it: slices, strong and weak models, suspects."""

from dataclasses import dataclass

from generator.charts.labels import listed
from generator.charts.told import share_rows
from generator.pages.edition import Edition
from generator.pages.format import count, counted, estimate, points
from generator.pages.links import Link, href
from generator.pages.slices import Slice, slices_of
from generator.pages.suspects import Suspects, suspect_items
from generator.pages.tables import Table, category_cell, columns, plain
from generator.records.taxonomy import Taxonomy
from generator.stats.benchmarks import Anatomy
from generator.stats.tables import records

IDS_SHOWN = 40
"""Items failed by all that are named on the page; all are in the file."""

CAUSE_NAMES = {
    "delivery": "What came out: refusal, no answer, form",
    "harness": "The harness's fault",
    "benchmark": "The benchmark's fault",
    "together": "Together",
}
"""Causes that say nothing of what a model knows or can work out, in words."""


@dataclass(frozen=True)
class Measured:
    """What a benchmark measures."""

    causes: Table | None
    """How much is a matter of form, harness or benchmark; None where nothing was looked at."""
    slices: tuple[Slice, ...]
    """One per tag, then by difficulty."""
    standing: Table | None
    """Strong against weak models; None with fewer than two of them."""
    standing_says: str
    """Who counts as strong and as weak; empty without a table."""
    failed_by: str
    """How many items every model failed, and how many none."""
    failed_ids: str
    """Items that every model failed; empty where there are none or the page has no room."""
    items_file: Link
    """One row per item."""
    suspects: Suspects | None
    """Items whose reference may be wrong; None where there are none, or a program made them."""


def items_path(benchmark: str) -> str:
    """Return the path of the file of who failed which item of a benchmark."""
    return f"data/items/{benchmark}.csv"


def measured(page: str, edition: Edition, slug: str) -> Measured | None:
    """Return what a benchmark measures; None where its items are not known."""
    found = edition.numbers.anatomies.get(slug)
    if found is None:
        return None
    taxonomy, name = edition.content.taxonomy, edition.content.benchmarks[slug].name
    whole = edition.numbers.benchmarks.get(slug)
    failed = [str(item) for item in found.failed_by_all["item_id"]]
    return Measured(
        causes=_causes(found, name, whole.looked_at if whole else 0),
        slices=slices_of(page, edition, found, slug),
        standing=_standing(page, taxonomy, found, name),
        standing_says=_standing_says(edition, found),
        failed_by=_failed_by(found),
        failed_ids=", ".join(failed) if len(failed) <= IDS_SHOWN else "",
        items_file=Link(f"{slug}.csv", href(page, items_path(slug))),
        suspects=suspect_items(page, edition, slug),
    )


def _causes(found: Anatomy, name: str, looked_at: int) -> Table | None:
    if not looked_at:
        return None
    rows = tuple(
        (
            plain(CAUSE_NAMES[row["cause"]]),
            plain(count(row["count"])),
            plain(estimate(row["share"], row["low"], row["high"], looked_at)),
        )
        for row in records(found.causes)
    )
    caption = (
        f"Failures on {name} that need not be about its task. n = {count(looked_at)} looked at."
    )
    return Table(caption, columns("Where it lies", "Failures#", "Share of looked at#"), rows)


def _standing_says(edition: Edition, found: Anatomy) -> str:
    """Say who counts as strong and as weak."""
    split = found.standing
    if split is None:
        return ""
    strong, weak = (
        listed([edition.content.models[model].name for model in side])
        for side in (split.strong, split.weak)
    )
    return (
        f"By accuracy among the models whose failures were looked at: strong is the upper "
        f"{split.part} ({strong}), weak the lower {split.part} ({weak})."
    )


def _standing(page: str, taxonomy: Taxonomy, found: Anatomy, name: str) -> Table | None:
    split = found.standing
    if split is None or not (split.strong_failures.classified and split.weak_failures.classified):
        return None
    sides = [
        {row["category"]: row for row in share_rows(part)}
        for part in (split.strong_failures, split.weak_failures)
    ]
    rows = []
    for row in sorted(records(split.differences), key=lambda row: row["p"]):
        strong, weak = (side[row["category"]] for side in sides)
        if not (strong["count"] or weak["count"]):
            continue
        shares = [
            plain(estimate(one["share"], one["low"], one["high"], 1)) for one in (strong, weak)
        ]
        apart = points(row["difference"], row["low"], row["high"])
        q = "below 0.001" if row["q"] < 0.001 else f"{row['q']:.3f}"  # noqa: PLR2004
        rows.append(
            (category_cell(page, taxonomy, row["category"]), *shares, plain(apart), plain(q))
        )
    n = [part.classified for part in (split.strong_failures, split.weak_failures)]
    caption = (
        f"Classified failures on {name} of strong and of weak models, the clearest difference "
        f"first. n = {count(n[0])} and {count(n[1])}."
    )
    names = columns(
        "Category", "Strong#", "Weak#", "Difference in points#", "False-discovery rate#"
    )
    return Table(caption, names, tuple(rows))


def _failed_by(found: Anatomy) -> str:
    """Say how many items every model failed, and how many none."""
    if found.models == 1:
        return "One model ran here, so no item can be said to defeat every model."
    everybody, nobody, of = len(found.failed_by_all), len(found.failed_by_none), len(found.items)
    return (
        f"{counted(everybody, 'item')} of {count(of)} "
        f"{'was' if everybody == 1 else 'were'} failed by every model that attempted "
        f"{'it' if everybody == 1 else 'them'}, {count(nobody)} by none "
        f"({counted(found.models, 'model')} in all)."
    )
