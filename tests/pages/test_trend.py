"""Which models a category's chart of rates shows: those that can be compared."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from generator.pages import trend
from generator.pages.edition import Edition, Report
from generator.pages.trend import trend_of
from generator.stats.parts import part_of
from tests.pages.world import World


def dated(report: Report, place: int, released: date | None) -> Report:
    system = report.system.model_copy(update={"name": f"Model {place}", "released": released})
    return replace(report, model=f"lab__{place}", system=system)


@pytest.fixture
def edition(small: World, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """An edition with eight runs like one of the small world's, two of them undated."""
    made = small.edition()
    one = next(report for report in made.reports if report.rate_part is not None and report.own)
    reports = tuple(
        dated(one, place, date(2025, 1 + place, 1) if place < 6 else None) for place in range(8)
    )
    found = Edition(made.content, made.numbers)
    # A cached property is a plain entry of the instance.
    monkeypatch.setitem(found.__dict__, "reports", reports)
    return found


def seen(edition: Edition) -> str:
    """Return a category that the runs have."""
    own = edition.reports[0].own
    assert own is not None
    return str(own.shares.loc[own.shares["count"] > 0, "category"].iloc[0])


def shown(edition: Edition) -> list[str] | None:
    wanted = seen(edition)
    entry = next(one for one in edition.content.taxonomy.categories if one.id == wanted)
    drawn = trend_of(edition, entry)
    return drawn and [row[0].text for row in drawn.figure.table.rows]


def test_every_model_is_shown_once_enough_of_them_have_a_date(edition: Edition) -> None:
    assert shown(edition) == [f"Model {place}" for place in range(8)]


def test_too_few_dates_are_no_chart(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trend, "FEWEST", 7)
    assert shown(edition) is None


def test_runs_by_other_judges_are_left_out(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = edition.reports
    assert first.own is not None
    other = replace(first, own=replace(first.own, judges=("somebody",)))
    monkeypatch.setitem(edition.__dict__, "reports", (other, *rest))
    assert shown(edition) == [f"Model {place}" for place in range(1, 8)]


def test_a_category_that_nobody_has_is_no_chart(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = seen(edition)
    without = []
    for report in edition.reports:
        assert report.own is not None
        shares: pd.DataFrame = report.own.shares.assign(count=0)
        without.append(replace(report, own=replace(report.own, share_part=part_of(shares))))
    monkeypatch.setitem(edition.__dict__, "reports", tuple(without))
    entry = next(one for one in edition.content.taxonomy.categories if one.id == wanted)
    assert trend_of(edition, entry) is None
