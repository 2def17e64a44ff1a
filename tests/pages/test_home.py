"""The home page says which edition it is, and of when."""

from dataclasses import replace

from generator.pages.home import home_page
from tests.pages.test_citing import released
from tests.pages.world import World


def test_an_edition_in_preparation_names_the_month_that_it_is_for(small: World) -> None:
    edition = small.edition()
    atlas = edition.content.atlas.model_copy(update={"edition": "2026.12-dev"})
    text = home_page(replace(edition, content=replace(edition.content, atlas=atlas))).text
    assert text.count("2026.12-dev, in preparation for December 2026") == 2


def test_a_released_edition_names_its_day(small: World) -> None:
    edition = small.edition()
    release = released()
    atlas = edition.content.atlas.model_copy(update={"edition": release.version})
    content = replace(edition.content, atlas=atlas, releases={release.version: release})
    text = home_page(replace(edition, content=content)).text
    day = f"{release.date.day} {release.date:%B %Y}"
    assert text.count(f"{release.version}, released on {day}") == 2
