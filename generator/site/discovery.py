"""What search engines and feed readers look for at the top of a site."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.pages.citing import AUTHOR
from generator.pages.links import CHANGES, address
from generator.records.atlas import Atlas

ATOM = "http://www.w3.org/2005/Atom"


def discovery_files(atlas: Atlas, url: str) -> dict[str, bytes]:
    """Return ``robots.txt``, and ``feed.xml`` where the site has a public address.

    Args:
        atlas: What is published.
        url: Public address of the site; empty where it has none.
    """
    lines = ["User-agent: *", "Allow: /"]
    if not url:
        return {"robots.txt": _text(lines)}
    top = f"{url.rstrip('/')}/"
    return {
        "robots.txt": _text([*lines, f"Sitemap: {top}sitemap.xml"]),
        "feed.xml": feed(atlas, top),
    }


def feed(atlas: Atlas, top: str) -> bytes:
    """Return the feed of editions: one once that of the content is released, before it none.

    Args:
        atlas: What is published.
        top: Address of the home page, with a slash at its end.

    Source:
        RFC 4287, The Atom Syndication Format.
    """
    changes = top + address(CHANGES)
    day = f"{atlas.day.isoformat()}T00:00:00Z"
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "title", atlas.title)
    _add(root, "subtitle", atlas.description)
    _add(root, "id", top)
    _add(root, "link", "", rel="self", type="application/atom+xml", href=f"{top}feed.xml")
    _add(root, "link", "", rel="alternate", type="text/html", href=top)
    _add(root, "updated", day)
    _add(SubElement(root, "author"), "name", AUTHOR)
    if not atlas.released:
        return _written(root)
    entry = SubElement(root, "entry")
    _add(entry, "title", f"{atlas.title} {atlas.edition}")
    _add(entry, "id", f"{changes}#{atlas.edition}")
    _add(entry, "link", "", rel="alternate", type="text/html", href=changes)
    _add(entry, "updated", day)
    _add(entry, "summary", atlas.description)
    return _written(root)


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    child = SubElement(parent, name, attributes)
    child.text = text or None


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
