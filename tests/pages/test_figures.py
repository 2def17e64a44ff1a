"""What is told of a chart is made once for its page, whichever build shows it."""

from pathlib import Path

from generator.charts.chart import Chart
from generator.pages.figures import draw, on_page
from generator.store.kept import keeping
from tests.pages.conftest import chart


def test_a_chart_that_was_drawn_before_is_not_made_again(
    tmp_path: Path, stand_in_charts: None
) -> None:
    del stand_in_charts
    made: list[str] = []

    def makes(chart_id: str) -> Chart:
        made.append(chart_id)
        return chart(chart_id)

    drawn = on_page(makes)
    with keeping(tmp_path):
        first = drawn("models/x.md", "one")
    with keeping(tmp_path):
        again = drawn("models/x.md", "one")
        assert made == ["one"]
        assert (again.figure.table, again.files) == (first.figure.table, first.files)
        assert again.files == draw("models/x.md", chart("one")).files
        assert list(drawn("models/y.md", "one").files) != list(first.files)
        drawn("models/x.md", "two")
    assert made == ["one", "one", "two"], "another page, another chart"
