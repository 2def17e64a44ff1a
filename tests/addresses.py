"""Looks whether the addresses that documents and content name still lead somewhere.

Run as ``python -m tests.addresses``, as the scheduled workflow does; it needs the network. One
request at a time, a second apart on one host, no body is read. An address that is gone, or a host
that no longer exists, is a failure; one that will not answer a program, or not today, is only told.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.project.tree import project_files, text_of

ROOT = Path(__file__).resolve().parent.parent
PLACES = re.compile(
    r"(?:[A-Z]+\.md|CITATION\.cff|content/(?:.*\.md|.*\.yml)|\.github/.*\.(?:md|yml))"
)
"""Files that people wrote; outputs of models are not looked at."""
ADDRESS = re.compile(r"https://[^\s<>\"'`|\\{}]+")
MADE_UP = re.compile(r"(?:.*\.)?(?:example\.(?:org|com|net)|[a-z-]+\.(?:invalid|example|test))")
PAUSE = 1.0
"""Seconds between two requests to one host."""
LONGEST_WAIT = 60.0
"""Seconds that a host may ask us to wait."""
REDIRECTS = 5
SHUT = frozenset({401, 403, 405, 406, 429})
"""Statuses that say no to a program and nothing of the address."""


class Found(NamedTuple):
    """What became of one address."""

    address: str
    state: str
    """``fine``, ``gone`` or ``not known``."""
    why: str


def named(root: Path = ROOT) -> dict[str, list[str]]:
    """Addresses, each with the files that name it."""
    found: dict[str, list[str]] = {}
    for path in project_files(root):
        name = path.relative_to(root).as_posix()
        text = text_of(path) if PLACES.fullmatch(name) else None
        for address in sorted(addresses(text or "")):
            found.setdefault(address, []).append(name)
    return found


def addresses(text: str) -> set[str]:
    """Addresses in a text, without the punctuation around them and what follows a #."""
    found = set()
    for match in ADDRESS.findall(text):
        bare = match.split("#")[0].rstrip(".,;:!?*")
        while bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1].rstrip(".,;:")
        host = urlsplit(bare).hostname
        if host and "." in host and not MADE_UP.fullmatch(host):
            found.add(bare)
    return found


def look(
    wanted: Iterable[str], client: httpx.Client, sleep: Callable[[float], None] = time.sleep
) -> list[Found]:
    """Ask for each address once, twice where the host has a passing trouble."""
    last: set[str | None] = set()
    found = []
    for address in sorted(wanted):
        host = urlsplit(address).hostname
        if host in last:
            sleep(PAUSE)
        last = {host}
        told, wait = _asked(client, address)
        if wait is not None:
            sleep(min(wait, LONGEST_WAIT))
            told, _ = _asked(client, address)
        found.append(told)
    return found


def _asked(client: httpx.Client, address: str) -> tuple[Found, float | None]:
    """What a host says, and how long to wait before asking again; None where that is settled."""
    here = address
    for _ in range(REDIRECTS + 1):
        try:
            answer = client.head(here)
            if answer.status_code in {403, 404, 405, 501}:  # some hosts know no HEAD
                with client.stream("GET", here) as answer:
                    pass
        except httpx.ConnectError as error:
            return Found(address, "gone", f"no connection: {error}"), 5.0
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Found(address, "not known", type(error).__name__), 5.0
        status = answer.status_code
        if not answer.has_redirect_location:
            break
        here = str(answer.next_request.url) if answer.next_request else here
        if not here.startswith("https://"):
            return Found(address, "gone", "leads to an address without https"), None
    else:
        return Found(address, "not known", "too many redirects"), None
    if status in SHUT or status >= 500:
        asked = answer.headers.get("retry-after", "")
        wait = float(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else 5.0
        passing = status == 429 or status >= 500
        return Found(address, "not known", f"status {status}"), wait if passing else None
    return Found(address, "fine" if status < 400 else "gone", f"status {status}"), None


def main() -> int:
    """Look at all addresses and report; 1 if any is gone."""
    places = named()
    with httpx.Client(timeout=20, headers={"User-Agent": "erroratlas link check"}) as client:
        found = look(places, client)
    for one in found:
        if one.state != "fine":
            print(
                f"{one.state}: {one.address}: {one.why} (in {', '.join(places[one.address][:3])})"
            )
    gone = sum(one.state == "gone" for one in found)
    unknown = sum(one.state == "not known" for one in found)
    print(f"{len(found)} addresses: {gone} gone, {unknown} that did not say")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
