"""Charts made unchecked are the same, and those of a mistake are caught where they are checked."""

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from generator.charts.checks import unchecked
from generator.charts.responsive import specification


def layers() -> list[alt.Chart]:
    return [alt.Chart().mark_point(size=20).encode(x="share:Q", y="key:N", tooltip="key:N")]


def test_a_chart_made_unchecked_is_the_same() -> None:
    checked = specification(layers(), [{"share": 1, "key": "a"}], height=30)
    with unchecked():
        assert specification(layers(), [{"share": 1, "key": "a"}], height=30) == checked


def test_a_mistake_is_caught_unless_checks_are_off() -> None:
    with unchecked():
        alt.Chart().mark_point(size="large")
    with pytest.raises(SchemaValidationError):
        alt.Chart().mark_point(size="large")
