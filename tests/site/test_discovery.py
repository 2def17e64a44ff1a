"""What search engines and feed readers find."""

from xml.etree import ElementTree as ET

from generator.records.atlas import Atlas
from generator.site.discovery import ATOM, discovery_files

TOP = "https://atlas.example.org/erroratlas/latest"


def atlas(edition: str, title: str = "Errors & <Atlas>") -> Atlas:
    return Atlas(title=title, description="Why.", edition=edition, judges=("rules",))


def test_a_site_without_an_address_has_no_feed() -> None:
    assert discovery_files(atlas("2026.12"), "") == {"robots.txt": b"User-agent: *\nAllow: /\n"}


def test_robots_find_the_site_map() -> None:
    robots = discovery_files(atlas("2026.12"), f"{TOP}/")["robots.txt"].decode()
    assert robots.endswith(f"\nSitemap: {TOP}/sitemap.xml\n")


def test_the_feed_tells_of_a_released_edition() -> None:
    root = ET.fromstring(discovery_files(atlas("2026.12.1"), TOP)["feed.xml"])  # noqa: S314
    names = {"a": ATOM}
    assert root.findtext("a:title", None, names) == "Errors & <Atlas>"
    assert root.findtext("a:updated", None, names) == "2026-12-01T00:00:00Z"
    (entry,) = root.findall("a:entry", names)
    assert entry.findtext("a:title", None, names) == "Errors & <Atlas> 2026.12.1"
    link = entry.find("a:link", names)
    assert link is not None
    assert link.get("href") == f"{TOP}/changes/"


def test_an_edition_in_preparation_is_no_news() -> None:
    root = ET.fromstring(discovery_files(atlas("2026.12-dev"), TOP)["feed.xml"])  # noqa: S314
    assert root.findall(f"{{{ATOM}}}entry") == []
