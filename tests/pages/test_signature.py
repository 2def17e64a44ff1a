"""What the page of a model says is distinctive of it, and what is corrected."""

from dataclasses import replace

import pandas as pd
import pytest

from generator.pages.edition import Edition
from generator.pages.model import model_page
from generator.stats.correction import CORRECTED_COLUMNS
from generator.stats.transport import CARRIED_COLUMNS
from tests.pages.world import World

RUN = ("hidden_sums", "lab__large")


@pytest.fixture
def edition(small: World) -> Edition:
    """Return the made-up Atlas with one distinctive and one corrected category."""
    made = small.edition()
    told = made.numbers.distinctive.copy()
    own = (told["model"] == RUN[1]) & (told["category"] == "E13")
    told.loc[own, ["log_odds", "z", "distinctive"]] = [1.5, 4.0, True]
    rows = [
        (*RUN, "E13", 0.30, 2, 0.8, 0.50, 0.15, 0.85, 0.41, 0.22, 0.63, True),
        (*RUN, "E14", 0.01, 1, 0.1, 0.25, 0.05, 0.70, 0.25, 0.04, 0.72, False),
        (*RUN, "E02", 0.20, 9, 0.8, 0.25, 0.05, 0.70, 0.28, 0.10, 0.52, False),
    ]
    fixed = pd.DataFrame(rows, columns=["benchmark", "model", *CORRECTED_COLUMNS])
    return replace(made, numbers=replace(made.numbers, distinctive=told, corrected=fixed))


def test_a_distinctive_category_is_said_and_marked(small: World, edition: Edition) -> None:
    text = model_page(edition, small.examples(edition), RUN[1]).text
    assert "Computation Error&#58; more often than the others" in text
    assert "<td>more often</td>" in text


def test_a_category_that_is_not_distinctive_is_not_called_so(small: World) -> None:
    edition = small.edition()
    page = model_page(edition, small.examples(edition), RUN[1])
    assert "Nothing here tells it from the others" in page.text
    assert "more often than the others" not in page.text


def test_a_corrected_share_stands_beside_the_raw_one_where_it_is_another(
    small: World, edition: Edition
) -> None:
    text = model_page(edition, small.examples(edition), RUN[1]).text
    section = text.split("hidden-sums-corrected")[1].split("</table>")[0]
    assert "41.0" in section
    assert "50.0" in section
    assert "E14" not in section
    assert [row.count("at least") for row in section.split("<tr>")[2:]] == [1, 0]


def test_what_was_carried_from_other_models_stands_beside_what_rules_say(small: World) -> None:
    made = small.edition()
    row = ("hidden_sums", "other__plain", "E02", 0.31, 0.42, 0.36, 0.49, 50, 80, 12, 11)
    carried = pd.DataFrame([row], columns=list(CARRIED_COLUMNS))
    edition = replace(made, numbers=replace(made.numbers, carried=carried))
    text = model_page(edition, small.examples(edition), "other__plain").text
    section = text.split("hidden-sums-carried")[1].split("</table>")[0]
    assert "only if they err on this" in section
    for said in ("31.0", "42.0&#160;%", "36.0&#160;to&#160;49.0", "50 of 80", "11 of 12"):
        assert said in section
    bare = model_page(made, small.examples(made), "other__plain").text
    assert "hidden-sums-carried" not in bare
