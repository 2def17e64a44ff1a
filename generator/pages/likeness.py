"""Which models fail like one model, as its page shows it."""

from typing import NamedTuple

from generator.pages.edition import Edition, Report
from generator.pages.format import count, counted, decimal, percent
from generator.pages.links import Link, href, model_path
from generator.pages.tables import Table, columns, plain
from generator.stats.tables import records

NEAREST = 5
"""Models shown; the rest are in the file of distances."""


class Alike(NamedTuple):
    """The models nearest to one."""

    says: str
    """Which signatures were compared."""
    table: Table
    """The nearest ones."""


def fails_alike(page: str, edition: Edition, report: Report) -> Alike | None:
    """Return the models whose signatures are nearest to that of a run.

    None where it has too few classified failures, or no other run can be compared with it.
    """
    if report.own is None:
        return None
    ground = (report.benchmark, report.own.basis, report.own.judges)
    found = next((one for one in edition.numbers.similarities if one.ground == ground), None)
    if found is None or report.model not in found.order:
        return None
    own = found.pairs[found.pairs["model"] == report.model]
    noun = "program" if report.population == "planted" else "model"
    rows = tuple(
        (
            Link(edition.content.models[row["other"]].name, href(page, model_path(row["other"]))),
            plain(f"{decimal(row['distance'])} ({decimal(row['low'])} to {decimal(row['high'])})"),
            plain(percent(row["nearest"])),
            plain(f"{count(row['n'])} and {count(row['n_other'])}"),
        )
        for row in records(own.head(NEAREST))
    )
    basis = "annotated samples" if found.ground[1] == "sample" else "all failures"
    says = (
        f"Signatures on {report.items.name} from {basis}, judged by "
        f"{', '.join(found.ground[2])}, held against those of {counted(len(own), noun)} "
        "that rest on the same."
    )
    names = columns(
        "Nearest",
        "Jensen-Shannon distance#",
        "Nearest in bootstrap samples#",
        "Classified failures#",
    )
    name = report.system.name
    return Alike(says, Table(f"{noun.capitalize()}s that fail like {name}", names, rows))
