"""Every internal link, picture, script and anchor of the built site leads somewhere."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_ADDRESSES = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "embed": ("src",),
    "figure": ("data-spec",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "use": ("href", "xlink:href"),
}
_SEVERAL = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
"""Attributes that name several pictures, each with what it is for."""
_CARDS = frozenset({"og:image", "og:url", "twitter:image"})
"""What is said of a page elsewhere, always in whole addresses."""
_WEB = frozenset({"http", "https", "mailto"})
_HERE = "http://site.invalid"


class BrokenLink(NamedTuple):
    """One address that leads nowhere."""

    page: str
    """Path of the page, relative to the site."""
    target: str
    """The address as the page has it."""
    wrong: str
    """What is wrong."""

    def __str__(self) -> str:
        return f"{self.page}: {self.target}: {self.wrong}"


class _Page(HTMLParser):
    """Collects the anchors that a page has and the addresses that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif name in _ADDRESSES.get(tag, ()):
                self.addresses.append(value.strip())
            elif name == _SEVERAL.get(tag):
                self.addresses += [part.split()[0] for part in value.split(",") if part.strip()]
        if tag == "meta":
            said = dict(attrs)
            if (said.get("property") or said.get("name")) in _CARDS and said.get("content"):
                self.addresses.append(str(said["content"]).strip())


def broken_links(site: Path, base: str = "/", public: str = "") -> tuple[BrokenLink, ...]:
    """Check the pages and drawings of a built site.

    Addresses on other hosts are not looked at; addresses that run a script are reported.

    Args:
        site: Folder of the built site.
        base: Path under which the site is served, ``/`` or ``/name/``.
        public: Whole address of its home page, where it has one: pages name themselves, their
            pictures and their feed by it.

    Returns:
        Everything that leads nowhere, in the order of pages and of addresses on them.
    """
    pages: dict[str, _Page] = {}
    for path in sorted(p for p in site.rglob("*") if p.suffix in {".html", ".svg"}):
        page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        pages[path.relative_to(site).as_posix()] = page
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return tuple(
        broken for name in pages for broken in _broken_on(name, pages, files, base, public)
    )


def _broken_on(
    name: str, pages: dict[str, _Page], files: set[str], base: str, public: str
) -> Iterator[BrokenLink]:
    here = f"{_HERE}{base}{name.removesuffix('index.html')}"
    for address in dict.fromkeys(pages[name].addresses):
        own = bool(public) and address.startswith(public)
        meant = f"{base}{address.removeprefix(public)}" if own else address
        wrong = _wrong(here, meant, pages, files, base)
        if wrong is not None:
            yield BrokenLink(name, address, wrong)


def _wrong(
    here: str, address: str, pages: dict[str, _Page], files: set[str], base: str
) -> str | None:
    scheme = urlsplit(address).scheme
    if scheme in _WEB or address.startswith("//"):
        return None
    if scheme:
        return f"addresses with {scheme}: are not used on this site"
    target = urlsplit(urljoin(here, address))
    path = unquote(target.path)
    if not path.startswith(base):
        return f"leads out of {base}"
    file = path.removeprefix(base)
    if not file or file.endswith("/"):
        file += "index.html"
    if file not in files:
        return "there is no such file"
    anchor = unquote(target.fragment)
    if anchor and file in pages and anchor not in pages[file].anchors:
        return "there is no such anchor"
    return None
