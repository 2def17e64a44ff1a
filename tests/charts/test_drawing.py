"""Charts are drawn in a process apart during a build, to the same bytes as here."""

import json
from pathlib import Path

import pytest

from generator.charts import drawing
from generator.charts.drawing import apart, begun, compiled
from generator.charts.export import static_json, svg, svg_begun, vega
from generator.errors import OutsideError
from generator.store.kept import keeping
from tests.browser.small_site import demo_charts
from tests.charts.numbers import taxonomy

BLANK = {"data": {"values": []}, "mark": "point"}
PLAIN = json.dumps({"width": 20, "height": 10, "marks": [{"type": "rect"}]})


def test_a_process_apart_draws_and_compiles_to_the_same_bytes(content_root: Path) -> None:
    charts = demo_charts(taxonomy(content_root))
    here = [(svg(chart), vega(chart)) for chart in charts]
    with apart():
        begun_first = [svg_begun(static_json(chart)) for chart in charts]
        assert [(drawn(), vega(c)) for drawn, c in zip(begun_first, charts, strict=True)] == here


def test_what_is_wrong_is_said_as_it_would_be_here() -> None:
    def wrong() -> str:
        with pytest.raises(ValueError, match="Vega") as said:
            begun(lambda draw: draw('{"marks": [{"type": "none such"}]}'))()
        return str(said.value)

    here = wrong()
    with apart():
        assert wrong() == here
        assert begun(lambda draw: draw(PLAIN))().startswith("<svg")  # it goes on


def test_a_process_that_was_ended_is_an_error_of_the_world_outside() -> None:
    with apart():
        begun(lambda draw: draw(PLAIN))()
        at_work = drawing._AT_WORK.get()
        assert at_work is not None
        assert at_work._process is not None
        at_work._process.kill()
        at_work._process.wait()
        with pytest.raises(OutsideError, match="process that draws charts"):
            compiled("{}", "{}", "6.1")


def test_compiling_does_not_wait_for_all_that_was_begun(content_root: Path) -> None:
    spec = static_json(demo_charts(taxonomy(content_root))[0])
    done: list[str] = []

    def work(draw: drawing.Draw) -> str:
        done.append(draw(spec))
        return done[-1]

    with apart():
        begun(work)()  # the engine is ready
        many = [begun(work) for _ in range(20)]
        assert compiled(json.dumps(BLANK), "{}", "6.1")
        assert len(done) < len(many)
        assert {one() for one in many} == {done[0]}


def test_a_process_that_will_be_needed_is_started_early() -> None:
    with apart(early=True):
        at_work = drawing._AT_WORK.get()
        assert at_work is not None
        at_work.begun(lambda: None)()  # after what was begun first
        assert at_work._process is not None
        assert begun(lambda draw: draw(PLAIN))().startswith("<svg")


def test_no_process_is_started_where_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing.subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    with apart():
        pass


def test_what_was_drawn_before_needs_no_process(
    content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = demo_charts(taxonomy(content_root))[0]
    with keeping(tmp_path), apart():
        first = svg_begun(static_json(chart))()
    monkeypatch.setattr(drawing.subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    with keeping(tmp_path), apart():
        assert svg_begun(static_json(chart))() == first
