"""What search engines and feed readers find."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from generator.records.atlas import Atlas
from generator.records.changes import Changes, Listed
from generator.records.release import Release
from generator.site.discovery import ATOM, discovery_files
from generator.store.content import Content
from tests.pages.test_citing import released
from tests.pages.world import taxonomy

PUBLIC = "https://atlas.example.org/erroratlas"
TOP = f"{PUBLIC}/latest/"


def content(*versions: str) -> Content:
    atlas = Atlas(
        title="Errors & <Atlas>", description="Why.", edition="2027.01-dev", judges=("rules",)
    )
    made = {
        version: Release.model_validate(
            {**released().model_dump(), "version": version, "date": f"{version[:4]}-11-0{day}"}
        )
        for day, version in enumerate(versions, start=1)
    }
    return Content(Path(), atlas, taxonomy(), {}, {}, {}, {}, releases=made)


def feed(*versions: str) -> ET.Element:
    files = discovery_files(content(*versions), PUBLIC, TOP)
    return ET.fromstring(files["feed.xml"])  # noqa: S314


def test_a_site_without_an_address_has_no_feed() -> None:
    found = discovery_files(content(), "", "")
    assert found == {"robots.txt": b"User-agent: *\nAllow: /\n"}


def test_robots_find_the_site_map() -> None:
    robots = discovery_files(content(), PUBLIC, TOP)["robots.txt"].decode()
    assert robots.endswith(f"\nSitemap: {TOP}sitemap.xml\n")


def test_the_feed_tells_of_released_editions_the_last_one_first() -> None:
    root = feed("2026.10", "2026.12.1")
    names = {"a": ATOM}
    assert root.findtext("a:title", None, names) == "Errors & <Atlas>"
    assert root.findtext("a:updated", None, names) == "2026-11-02T00:00:00Z"
    entries = root.findall("a:entry", names)
    assert [entry.findtext("a:title", None, names) for entry in entries] == [
        "Errors & <Atlas> 2026.12.1",
        "Errors & <Atlas> 2026.10",
    ]
    link = entries[1].find("a:link", names)
    assert link is not None
    assert link.get("href") == f"{PUBLIC}/2026.10/changes/2026.10/"
    assert entries[1].findtext("a:updated", None, names) == "2026-11-01T00:00:00Z"


def test_each_entry_says_what_it_holds_and_what_changed() -> None:
    changes = Changes(
        since="2026.10", taxonomy="1.0", corrected=0, compared=90, beyond=2,
        models=Listed(added=("a__x",), gone=("a__y", "a__z")),
    )  # fmt: skip
    known = content("2026.10", "2026.12")
    made = known.releases
    told = {
        "2026.10": made["2026.10"].model_copy(update={"changes": None}),
        "2026.12": made["2026.12"].model_copy(update={"changes": changes}),
    }
    files = discovery_files(replace(known, releases=told), PUBLIC, TOP)
    root = ET.fromstring(files["feed.xml"])  # noqa: S314
    last, first = [entry.findtext(f"{{{ATOM}}}summary") for entry in root.iter(f"{{{ATOM}}}entry")]
    assert first == "1 system on 1 benchmark: 10 failures, 5 of them with a category."
    assert last == (
        f"{first} Since 2026.10: 1 model added; 2 models taken out; 2 of 90 shares moved beyond "
        "their intervals."
    )


def test_the_feed_is_the_same_one_wherever_it_lies() -> None:
    assert feed("2026.10").findtext(f"{{{ATOM}}}id") == f"{PUBLIC}/"


def test_an_edition_in_preparation_is_no_news() -> None:
    assert feed().findall(f"{{{ATOM}}}entry") == []
