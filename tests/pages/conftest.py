"""The made-up Atlas, with charts that need no drawing."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import generator.pages.category_sections
import generator.pages.charts
import generator.pages.edition
import generator.pages.figures
import generator.pages.heat_maps
import generator.pages.method
from generator.charts.chart import Chart
from generator.judging.rule import Rule
from generator.pages.figures import Drawn, draw
from tests.pages.world import World, world


def chart(chart_id: str) -> Chart:
    """Return a stand-in for a chart."""
    return Chart(
        id=chart_id,
        title="Sums fail most",
        subtitle="Share, n = 3",
        description="Bars.",
        spec={"mark": "bar"},
        table=pd.DataFrame({"Category": ["E13"], "Share": ["66.7 %"]}),
    )


DRAWING = b'<svg height="400">'


@pytest.fixture
def stand_in_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are what is tested here, not drawings."""

    def made(*_: Any, chart_id: str = "composition", **__: Any) -> Any:
        return chart(chart_id)

    for name in ("signature", "composition", "confusion", "icicle"):
        monkeypatch.setattr(generator.pages.charts, name, made)

    def drawn(page: str, *_: Any, chart_id: str, **__: Any) -> Drawn:
        return draw(page, chart(chart_id))

    monkeypatch.setattr(generator.pages.heat_maps, "signature", made)
    for name in ("draw_heat_map", "_draw_alike"):
        monkeypatch.setattr(generator.pages.heat_maps, name, drawn)
    monkeypatch.setattr(generator.pages.figures, "svg_begun", lambda *_: lambda: DRAWING)


RULE = Rule(
    name="false-sum",
    family="equations",
    look=lambda _: iter(()),
    prior=0.93,
    title="A false sum",
    reason="A sum does not hold.",
    description="Speaks where a sum does not hold.",
    category="E13",
    subcategory="first",
)


@pytest.fixture
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages do not change with every rule added."""
    for module in (generator.pages.method, generator.pages.category_sections):
        monkeypatch.setattr(module, "RULES", {RULE.name: RULE})


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts are made up in memory and always of now."""
    monkeypatch.setattr(
        generator.pages.edition, "states", lambda content: dict.fromkeys(content.runs, "fresh")
    )


@pytest.fixture
def small(tmp_path: Path, stand_in_charts: None, one_rule: None, judged: None) -> World:
    """The made-up Atlas."""
    del stand_in_charts, one_rule, judged
    return world(tmp_path)
