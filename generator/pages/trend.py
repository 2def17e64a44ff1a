"""How often models fail in one way, by release date and size: on one benchmark, by one judge."""

from collections import defaultdict

from generator.charts.trend import TrendRow, trend
from generator.judging.judge import RULES_NAME
from generator.judging.rules import RULES
from generator.pages.edition import Edition, Report
from generator.pages.figures import Drawn, draw
from generator.pages.links import category_path
from generator.records.taxonomy import Category

FEWEST = 5
"""Models with a known release date from which there is something to see."""


def trend_of(edition: Edition, entry: Category) -> Drawn | None:
    """Return the chart of one category; None where too few models are known or none fails so.

    The models ran one benchmark, and their failures were looked at in one way by the same judges:
    of others, the rates would differ for that alone. Of several such sets the one that annotators
    read is taken, then the one with the most models.
    """
    sets: dict[tuple[str, str, tuple[str, ...]], list[Report]] = defaultdict(list)
    for report in edition.reports:
        if report.population != "planted" and report.own and report.rate_part:
            sets[report.population, report.benchmark, report.own.judges].append(report)
    places = {"annotated": 0, "all": 1}
    for (population, _, judges), reports in sorted(
        sets.items(), key=lambda one: (places[one[0][0]], -len(one[1]), one[0])
    ):
        dates = [report.system.released for report in reports if report.system.released]
        blind = judges == (RULES_NAME,) and entry.id not in {
            rule.category for rule in RULES.values()
        }
        rows = [row for report in reports if (row := _row(report, entry.id))]
        if blind or len(dates) < FEWEST or len(set(dates)) == 1 or not any(r.count for r in rows):
            continue
        chart = trend(
            rows,
            entry,
            edition.content.taxonomy,
            on=reports[0].items.name,
            basis="A random sample of each model's failures, read by a language-model annotator"
            if population == "annotated"
            else f"All failures, judged by {' and '.join(judges)}",
            level=edition.content.atlas.confidence_level,
        )
        return draw(category_path(entry.id), chart)
    return None


def _row(report: Report, category: str) -> TrendRow | None:
    own, rates, attempt = report.own, report.rate_part, report.attempt
    if own is None or rates is None or attempt is None:
        return None
    rate, share = (part.row("category", category) for part in (rates, own.share_part))
    return TrendRow(
        name=report.system.name,
        released=report.system.released,
        parameters=report.system.parameters,
        looked_at=own.looked_at,
        count=int(share["count"]),
        attempted=attempt.attempted,
        rate=float(rate["rate"]),
        low=float(rate["rate_low"]),
        high=float(rate["rate_high"]),
    )
