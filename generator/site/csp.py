"""A Content-Security-Policy in every page, for hosts that send none of their own.

Nothing but the site's own files is loaded, no script runs and no style applies that was not there
when the site was built: the inline scripts of the theme, and inline styles where a page has any,
are named by their hashes. Scripts set styles through the properties of an element, which no policy
rules.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from generator.errors import InputError
from generator.store.atomic import write_bytes

_OURS = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_NEWLINES = re.compile(r"\r\n?")
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})


@dataclass(frozen=True)
class Inline:
    """What stands in a page itself and would run or apply."""

    scripts: tuple[str, ...] = ()
    """Text of each script that a browser would run, in order."""
    styles: tuple[str, ...] = ()
    """Text of each style element."""
    attributes: tuple[str, ...] = ()
    """Value of each style attribute."""


class _Collector(HTMLParser):
    """Collects the scripts, style elements and style attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[str]] = {"script": [], "style": [], "attribute": []}
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kind = (values.get("type") or "").strip().lower()
        runs = tag == "script" and "src" not in values and kind in _SCRIPT_TYPES
        if runs or tag == "style":
            self._parts = []
        if values.get("style"):
            self.found["attribute"].append(values["style"] or "")

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.found and self._parts is not None:
            self.found[tag].append("".join(self._parts))
            self._parts = None


def inline(html: str) -> Inline:
    """Return what a page holds of scripts and styles in itself."""
    parser = _Collector()
    parser.feed(html)
    parser.close()
    return Inline(*(tuple(parser.found[kind]) for kind in ("script", "style", "attribute")))


def policy(own: Inline) -> str:
    """Return the policy of a page that holds these scripts and styles.

    Source:
        W3C, Content Security Policy Level 3; hashes as in section 6.7.2, those of attributes with
        ``'unsafe-hashes'`` as in section 6.7.3.
    """
    attributes = _hashes(own.attributes)
    unsafe = ["'unsafe-hashes'", *attributes] if attributes else []
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *_hashes(own.scripts)]),
            " ".join(["style-src 'self'", *_hashes(own.styles), *unsafe]),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
        ]
    )


def with_policy(html: str) -> str:
    """Return a page with its policy, before anything that the policy rules.

    Raises:
        ValueError: The page states no character set, so there is no place that is surely early.
    """
    bare = _OURS.sub("", html)
    charset = _CHARSET.search(bare)
    if charset is None:
        raise ValueError("no <meta charset> to put the policy after")
    content = policy(inline(bare))
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{content}">'
    return bare[: charset.end()] + meta + bare[charset.end() :]


def protect(site: Path) -> int:
    """Put a policy into every page of a built site; doing it twice changes nothing.

    Args:
        site: Folder of the built site.

    Returns:
        Number of pages.

    Raises:
        InputError: A page has no place for the policy.
    """
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        try:
            html = with_policy(path.read_bytes().decode("utf-8"))
        except ValueError as error:
            raise InputError(f"{path}: {error}") from error
        write_bytes(path, html.encode("utf-8"))
    return len(pages)


def _hashes(texts: Sequence[str]) -> list[str]:
    return sorted({_hash(text) for text in texts})


def _hash(text: str) -> str:
    # A browser sees line feeds alone, whatever the file has.
    digest = hashlib.sha256(_NEWLINES.sub("\n", text).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
