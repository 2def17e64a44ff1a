"""A Content-Security-Policy in every page, for hosts that send none of their own.

Nothing but the site's own files is loaded, and no script runs that was not there when the site was
built: the inline scripts of the theme are named by their hashes. ``style-src`` allows inline
styles, because the theme and Vega's tooltip set some at view time; styles can neither run nor,
with images and connections kept to this host, report anything.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from generator.errors import InputError
from generator.store.atomic import write_bytes

_OURS = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_NEWLINES = re.compile(r"\r\n?")
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})


class _InlineScripts(HTMLParser):
    """Collects the text of the scripts that stand in the page itself and would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kind = (values.get("type") or "").strip().lower()
        if tag == "script" and "src" not in values and kind in _SCRIPT_TYPES:
            self._parts = []

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._parts is not None:
            self.scripts.append("".join(self._parts))
            self._parts = None


def inline_scripts(html: str) -> list[str]:
    """Return the text of each inline script that a browser would run, in order."""
    parser = _InlineScripts()
    parser.feed(html)
    parser.close()
    return parser.scripts


def policy(scripts: Sequence[str]) -> str:
    """Return the policy of a page with these inline scripts.

    Source:
        W3C, Content Security Policy Level 3; hashes as in section 6.7.2.
    """
    hashes = sorted({_hash(script) for script in scripts})
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self' 'unsafe-inline'",
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
    content = policy(inline_scripts(bare))
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


def _hash(script: str) -> str:
    # A browser sees line feeds alone, whatever the file has.
    digest = hashlib.sha256(_NEWLINES.sub("\n", script).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
