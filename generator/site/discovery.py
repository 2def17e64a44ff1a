"""What search engines and feed readers look for at the top of a site."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.pages.citing import AUTHOR
from generator.pages.format import count, counted
from generator.pages.links import address, edition_path
from generator.records.atlas import folder_of
from generator.records.release import Release
from generator.store.content import Content

ATOM = "http://www.w3.org/2005/Atom"


def discovery_files(content: Content, public: str, home: str) -> dict[str, bytes]:
    """Return ``robots.txt``, and ``feed.xml`` where the site has a public address.

    Args:
        content: What is published.
        public: Public address of the Atlas, without a slash at its end; empty where it has none.
        home: Address of the home page of the site; empty where it has none.
    """
    lines = ["User-agent: *", "Allow: /"]
    if not home:
        return {"robots.txt": _text(lines)}
    return {
        "robots.txt": _text([*lines, f"Sitemap: {home}sitemap.xml"]),
        "feed.xml": feed(content, public, home),
    }


def feed(content: Content, public: str, home: str) -> bytes:
    """Return the feed of released editions, the last one first; before the first, an empty one.

    Args:
        content: What is published.
        public: Public address of the Atlas, without a slash at its end.
        home: Address of the home page of the site.

    Source:
        RFC 4287, The Atom Syndication Format.
    """
    atlas, releases = content.atlas, [*content.releases.values()]
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "title", atlas.title)
    _add(root, "subtitle", atlas.description)
    _add(root, "id", f"{public}/")
    _add(root, "link", "", rel="self", type="application/atom+xml", href=f"{home}feed.xml")
    _add(root, "link", "", rel="alternate", type="text/html", href=home)
    _add(root, "updated", _moment(releases[-1].date if releases else atlas.day))
    _add(SubElement(root, "author"), "name", AUTHOR)
    for release in reversed(releases):
        version = release.version
        # The address in the edition itself stays for good.
        there = f"{public}/{folder_of(version)}/{address(edition_path(version))}"
        entry = SubElement(root, "entry")
        _add(entry, "title", f"{atlas.title} {version}")
        _add(entry, "id", there)
        _add(entry, "link", "", rel="alternate", type="text/html", href=there)
        _add(entry, "updated", _moment(release.date))
        _add(entry, "summary", " ".join(_told(release)))
    return _written(root)


def _told(release: Release) -> Iterator[str]:
    """Yield what an edition holds, and what changed with it."""
    held, changes = release.counts, release.changes
    yield (
        f"{counted(held.models, 'system')} on {counted(held.benchmarks, 'benchmark')}: "
        f"{counted(held.failures, 'failure')}, {count(held.classified)} of them with a category."
    )
    if changes is None:
        return
    came = [
        f"{counted(len(names), noun)} {what}"
        for noun, listed in (
            ("model", changes.models),
            ("benchmark", changes.benchmarks),
            ("run", changes.runs),
        )
        for names, what in ((listed.added, "added"), (listed.gone, "taken out"))
        if names
    ]
    yield (
        f"Since {changes.since}: {'; '.join([*came, ''])}{count(changes.beyond)} of "
        f"{counted(changes.compared, 'share')} moved beyond their intervals."
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    child = SubElement(parent, name, attributes)
    child.text = text or None


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
