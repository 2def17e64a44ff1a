"""Which models fail like one model, as its page shows it."""

from typing import NamedTuple

from generator.pages.edition import Edition, Report
from generator.pages.format import between, count, counted, decimal, percent
from generator.pages.links import Link, href, model_path
from generator.pages.tables import Table, columns, plain

NEAREST = 5
"""Models shown; the rest are in the file of distances."""


class Alike(NamedTuple):
    """The models nearest to one."""

    says: str
    """Which signatures were compared."""
    table: Table
    """The nearest ones."""


NAMES = (
    "Nearest", "Jensen-Shannon distance#", "Nearest in bootstrap samples#",
    "Classified failures#",
)  # fmt: skip
"""Headings of ``nearest_cells``."""


def fails_alike(page: str, edition: Edition, report: Report) -> Alike | None:
    """Return the models whose signatures are nearest to that of a run.

    None where it has too few classified failures, or no other run can be compared with it.
    """
    found = edition.similarity_of(report)
    if found is None:
        return None
    noun = "program" if report.population == "planted" else "model"
    basis = "annotated samples" if found.ground[1] == "sample" else "all failures"
    says = (
        f"Signatures on {report.items.name} from {basis}, judged by "
        f"{', '.join(found.ground[2])}, held against those of "
        f"{counted(len(found.order) - 1, noun)} that rest on the same."
    )
    rows = nearest_cells(page, edition, report)
    caption = f"{noun.capitalize()}s that fail like {report.system.name}"
    return Alike(says, Table(caption, columns(*NAMES), rows))


def nearest_cells(
    page: str, edition: Edition, report: Report, most: int = NEAREST
) -> tuple[tuple[Link, ...], ...]:
    """Return the rows of the models nearest to a run, the nearest first; none without any.

    Args:
        page: Path of the page they stand on.
        edition: Content and numbers.
        report: The run.
        most: How many there are at most.
    """
    found = edition.similarity_of(report)
    if found is None:
        return ()
    return tuple(
        (
            Link(edition.content.models[row["other"]].name, href(page, model_path(row["other"]))),
            plain(
                f"{decimal(row['distance'])} ({between(decimal(row['low']), decimal(row['high']))})"
            ),
            plain(percent(row["nearest"])),
            plain(f"{count(row['n'])} and {count(row['n_other'])}"),
        )
        for row in found.nearest(report.model, most)
    )
