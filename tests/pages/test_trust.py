"""The page on trust says what was compared, and never mixes what must stay apart."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from generator.pages.edition import HEADINGS, Edition
from generator.pages.trust import trust_page
from tests.pages.test_escaping import Outline, body, html
from tests.pages.world import ANNOTATOR, World


@pytest.fixture
def page(small: World) -> str:
    return trust_page(small.edition()).text


def test_the_judge_is_held_against_the_annotator_and_against_planted_causes(page: str) -> None:
    text = Outline(html(body(page))).text
    assert f"compared with {ANNOTATOR}" in text
    assert "On 2 failures drawn at random" in text
    assert "It spoke on 1 (50.0\u00a0%); of these it got right 0.0\u00a0%" in text
    assert "scored exactly, on all 2 failures" in text
    assert "It spoke on 2 (100.0\u00a0%); of these it got right 50.0\u00a0%" in text


def test_planted_faults_have_a_heading_and_tables_of_their_own(page: str) -> None:
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        assert not ("Planted Faults" in table and "Sums" in table)
    assert page.index(HEADINGS["annotated"]) < page.index(HEADINGS["planted"])


def test_acceptable_answers_are_shown_where_they_make_a_difference(page: str) -> None:
    annotated, _, planted = page.partition(HEADINGS["planted"])
    columns = annotated.partition("## How to read this")[2].partition("## The judge")[2]
    assert "Or acceptable" not in columns
    assert "Or acceptable" in planted


def test_the_annotator_is_described_in_the_words_of_its_sample(small: World, page: str) -> None:
    (sample,) = small.content.samples.values()
    assert sample.judge_description in Outline(html(body(page))).text


def test_each_side_has_a_chart_of_its_own(small: World) -> None:
    files = trust_page(small.edition()).files
    assert {path for path in files if path.endswith(".json")} == {
        "trust.charts/confusion-rules-annotated.json",
        "trust.charts/confusion-rules-planted-faults-developed.json",
        "trust.charts/confusion-rules-planted-faults-held-out.json",
        "trust.charts/precision-rules-planted-faults.json",
        "trust.charts/recall-rules-planted-faults.json",
    }


def test_an_edition_of_which_nothing_is_known_says_so(small: World) -> None:
    edition = small.edition()
    numbers = type(edition.numbers)(**{**vars(edition.numbers), "trust": ()})
    text = trust_page(type(edition)(edition.content, numbers)).text
    assert "Nothing is known from elsewhere" in text


def test_the_parts_of_planted_faults_stand_side_by_side(page: str) -> None:
    """The one developed failure is right, the one held out is not."""
    text = Outline(html(body(page))).text
    assert "Developed: right of those said" in text
    assert "Held-out: right of those said" in text
    assert "n = 1 developed and n = 1 held-out" in text
    assert "is right where it speaks: 100\u00a0% developed and 0\u00a0% held-out" in text


def test_two_judges_that_looked_at_the_same_are_compared(page: str) -> None:
    """On i1 and i2 of one model; the rules gave a cause to the second alone, and another one."""
    text = Outline(html(body(page))).text
    assert "Two judges on the same failures of language models, n = 2" in text
    assert f"{ANNOTATOR} and rules" in text
    assert "Two judges on the same planted faults" not in text


def test_corrections_are_counted_apart_and_only_where_there_are_any(
    small: World, page: str
) -> None:
    assert "Corrections by people" not in page
    edition = small.edition()
    row = {"benchmark": "hidden_sums", "judge": "rules", "corrected": 3, "other": 2}
    numbers = replace(edition.numbers, corrections=pd.DataFrame([row]))
    text = trust_page(Edition(edition.content, numbers)).text
    section = text.partition("## Corrections by people")[2].partition("\n## ")[0]
    assert re.search(r"<td[^>]*>3</td>\s*<td[^>]*>2</td>", section)
