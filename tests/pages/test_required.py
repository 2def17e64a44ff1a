"""What a judge required stands beside the output, and only where the text is shown."""

from dataclasses import replace

import pytest

from generator.pages.blocks import example_view
from generator.pages.examples import Text
from generator.records.benchmark import Item
from generator.records.verdict import Criterion
from tests.pages.world import World


@pytest.mark.parametrize("withheld", [True, False])
def test_criteria_are_shown_where_the_text_is(small: World, *, withheld: bool) -> None:
    edition = small.edition()
    one = small.examples(edition).by_run["hidden_sums", "lab__large"][0]
    asked = (Criterion(criterion="Carries <b>", present=False),)
    item = Item(item_id=one.verdict.item_id, input="x", references=("1",))
    text = None if withheld else Text(item, "The sum 6 + 4 = 11")
    given = replace(one, verdict=one.verdict.model_copy(update={"criteria": asked}), text=text)
    shown = example_view("models/x.md", edition, given).required
    assert [(str(entry.text), entry.met) for entry in shown] == (
        [] if withheld else [("Carries &#60;b&#62;", "not met")]
    )
