"""Links, formats, excerpts and the choice of examples."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.charts.labels import listed
from generator.judging.finals import Span
from generator.pages import format as written
from generator.pages.excerpts import LIMIT, MOST_EVIDENCE, excerpt
from generator.pages.links import address, href
from tests.pages.test_escaping import Outline
from tests.pages.world import ANNOTATOR, World


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.md", "models/index.md", "models/"),
        ("models/index.md", "models/x.md", "x/"),
        ("models/x.md", "models/index.md", "../"),
        ("models/x.md", "taxonomy/E13.md", "../../taxonomy/E13/"),
        ("models/x.md", "index.md", "../../"),
        ("index.md", "index.md", "./"),
        ("models/x.md", "models/x.md", "./"),
        ("method.md", "data.md", "../data/"),
        ("models/x.md", "models/x.charts/a.json", "../x.charts/a.json"),
        ("models/index.md", "models/index.charts/a.svg", "index.charts/a.svg"),
        ("index.md", "index.charts/a.svg", "index.charts/a.svg"),
        ("models/a__b-3.1.md", "data/x.csv", "../../data/x.csv"),
    ],
)
def test_address_is_relative_to_where_the_page_is_served(
    page: str, target: str, expected: str
) -> None:
    assert href(page, target) == expected


def test_address_of_a_model_with_a_dot_in_its_name() -> None:
    assert address("models/meta__llama-3.1-8b.md") == "models/meta__llama-3.1-8b/"
    assert href("data.md", "method.md", "rules") == "../method/#rules"


def test_numbers_are_written_the_same_way_everywhere() -> None:
    assert written.count(174_031) == "174,031"
    assert written.counted(1, "failure") == "1 failure"
    assert written.counted(2, "failure") == "2 failures"
    assert written.percent(0.2308) == "23.1\u00a0%"
    assert written.estimate(0.2308, 0.146, 0.345, 61) == "23.1\u00a0% (14.6\u00a0to\u00a034.5)"
    assert written.estimate(0.0, 0.0, 1.0, 0) == "–"  # noqa: RUF001
    assert written.estimate(math.nan, 0.0, 1.0, 3) == "–"  # noqa: RUF001
    assert written.day(date(2026, 11, 3)) == "3 November 2026"
    assert written.month(date(2026, 11, 3)) == "November 2026"
    assert written.size(7_241_732_096) == "7.24 billion"
    assert written.size(405_000_000_000) == "405 billion"
    assert written.size(999) == "999"
    assert written.level(0.95) == "95\u00a0%"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"


def test_short_text_is_shown_whole_with_evidence_marked() -> None:
    assert excerpt("abc def", [Span(4, 7)]) == "abc&#32;<mark>def</mark>"


def test_long_text_is_cut_in_the_middle_and_says_so() -> None:
    found = Outline(excerpt("a" * LIMIT + "b" * 15_000))
    assert "[15,000 characters not shown]" in found.text
    assert found.text.startswith("a" * (LIMIT // 2))
    assert found.text.endswith("b" * (LIMIT // 2))


def test_evidence_in_the_part_cut_out_is_shown() -> None:
    text = "a" * 10_000 + "here" + "b" * 10_000
    found = Outline(excerpt(text, [Span(10_000, 10_004)]))
    assert "<mark>here</mark>" in excerpt(text, [Span(10_000, 10_004)])
    assert found.text.count("characters not shown") == 2


def test_of_endless_evidence_both_ends_are_shown() -> None:
    text = "x" + "e" * 20_000 + "y"
    shown = excerpt(text, [Span(1, 20_001)])
    assert shown.count("<mark>") == 2
    assert len(Outline(shown).text) < LIMIT + MOST_EVIDENCE


@given(
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4),
    st.integers(2, 20),
)
@settings(deadline=None)
def test_every_piece_of_evidence_is_shown_and_nothing_twice(
    size: int, ends: list[tuple[int, int]], limit: int
) -> None:
    """Each character of the text is its own place, so what is shown can be told exactly."""
    text = "".join(chr(0x4E00 + place) for place in range(size))
    spans = [Span(min(pair), max(pair)) for pair in ends]
    shown = [mark for mark in Outline(excerpt(text, spans, limit)).text if mark in text]
    assert shown == sorted(set(shown))
    assert {text[place] for s, e in spans for place in range(s, min(e, size))} <= set(shown)


def test_examples_are_the_surest_first_and_spread_over_models(small: World) -> None:
    found = small.examples(small.edition()).by_category["E13"]
    said = [(one.model, one.verdict.item_id) for one in found if one.population == "annotated"]
    assert said == [("lab__large", "i1"), ("lab__small", "i2"), ("lab__large", "i2")]


def test_examples_carry_the_verdict_that_counts(small: World) -> None:
    """The rules spoke on the same failures; the annotator comes first."""
    found = small.examples(small.edition()).by_run["hidden_sums", "lab__large"]
    assert {one.verdict.judge.name for one in found} == {ANNOTATOR}


def test_examples_are_the_same_every_time(small: World) -> None:
    assert small.examples(small.edition()) == small.examples(small.edition())
