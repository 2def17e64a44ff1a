"""Download one file over https: resumed where it broke off, never more than its pinned size."""

import email.utils
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import httpx

from generator.errors import OutsideError
from generator.records.benchmark import SourceFile
from generator.sources.checks import wrong_size

ATTEMPTS = 6
"""Requests for one file before giving up; what came stays for the next fetch."""

REDIRECTS = 5
"""Redirects followed in a row."""

LONGEST_WAIT = 60.0
"""Seconds that a server may ask us to wait; beyond that we give up and say so."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be gone a moment later."""

_OK = 200
_PARTIAL = 206
_RANGE_REFUSED = 416
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/(\*|[0-9]{1,18})", re.ASCII)


class Passing(NamedTuple):
    """A fault that another attempt may get past."""

    reason: str
    """What happened."""
    wait: float | None = None
    """Seconds the server asks us to wait, if it does."""


def client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client that follows no redirect by itself and asks for unpacked bytes."""
    return httpx.Client(
        transport=transport,
        follow_redirects=False,
        timeout=httpx.Timeout(30.0, connect=10.0),
        # A packed answer could not be resumed by byte offset, and its size would not be known.
        headers={"Accept-Encoding": "identity", "User-Agent": "erroratlas"},
    )


def download(
    http: httpx.Client,
    file: SourceFile,
    part: Path,
    *,
    on_bytes: Callable[[int], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Bring ``part`` to the full size of the file, starting from what it holds already.

    Args:
        http: a client from ``client``.
        file: what to fetch.
        part: where the bytes go; kept on failure, so that the next call goes on from there.
        on_bytes: called with the number of bytes that ``part`` holds.
        sleep: waits the given seconds.

    Raises:
        InputError: the server's file is longer or shorter than pinned.
        OutsideError: the network or the server failed and went on failing.
    """
    passing: Passing | None = None
    for attempt in range(ATTEMPTS):
        held = part.stat().st_size if part.exists() else 0
        if held > file.bytes:
            part.unlink()
            held = 0
        on_bytes(held)
        if part.exists() and held == file.bytes:
            return
        try:
            passing = _request(http, file, part, held, on_bytes)
        except httpx.TransportError as error:
            passing = Passing(str(error) or type(error).__name__)
        if passing is None:
            return
        if attempt + 1 < ATTEMPTS:
            sleep(_wait(file, attempt, passing))
    reason = passing.reason if passing else "nothing came"
    msg = (
        f"{file.url}: {reason}, after {ATTEMPTS} attempts: expected {file.bytes} bytes, "
        f"have {part.stat().st_size if part.exists() else 0}: run fetch again to go on from there, "
        "or give a local copy with --mirror"
    )
    raise OutsideError(msg)


def _wait(file: SourceFile, attempt: int, passing: Passing) -> float:
    """Return the seconds to the next attempt: 1, 2, 4 ... unless the server names them."""
    if passing.wait is None:
        return float(2**attempt)
    if passing.wait > LONGEST_WAIT:
        msg = (
            f"{file.url}: {passing.reason}, and the server asks to wait {passing.wait:.0f} "
            "seconds: run fetch again after that, or give a local copy with --mirror"
        )
        raise OutsideError(msg)
    return passing.wait


def _request(
    http: httpx.Client, file: SourceFile, part: Path, held: int, on_bytes: Callable[[int], None]
) -> Passing | None:
    """Ask once, following redirects; return why it must be tried again, or None when done."""
    address = file.url
    headers = {"Range": f"bytes={held}-"} if held else {}
    for _ in range(REDIRECTS + 1):
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            msg = f"{address}: no address: {error}: check the one in benchmark.yml: {file.url}"
            raise OutsideError(msg) from error
        if url.scheme != "https":
            msg = (
                f"{file.url}: leads to {address}: only https is followed: check the address in "
                "benchmark.yml, or give a local copy with --mirror"
            )
            raise OutsideError(msg)
        with http.stream("GET", url, headers=headers) as response:
            if not response.has_redirect_location:
                return _receive(response, file, part, held, on_bytes)
            address = urljoin(address, response.headers["Location"])
    msg = f"{file.url}: more than {REDIRECTS} redirects: check the address in benchmark.yml"
    raise OutsideError(msg)


def _receive(
    response: httpx.Response,
    file: SourceFile,
    part: Path,
    held: int,
    on_bytes: Callable[[int], None],
) -> Passing | None:
    """Write the answer to ``part``, or say what stands against it."""
    status = response.status_code
    if status in PASSING:
        return Passing(f"status {status}", _retry_after(response))
    if status == _RANGE_REFUSED and held:
        part.unlink()
        return Passing("the server refused to go on where the download stopped", 0.0)
    if status not in {_OK, _PARTIAL}:
        msg = (
            f"{file.url}: status {status}, expected 200: check the address in benchmark.yml, "
            "or give a local copy with --mirror"
        )
        raise OutsideError(msg)
    if status == _PARTIAL and not _continues(response, file, held):
        part.unlink(missing_ok=True)
        return Passing("the server sent another part than the one asked for", 0.0)
    start = held if status == _PARTIAL else 0
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and start + int(declared) != file.bytes:
        raise wrong_size(file, file.url, f"{start + int(declared)} announced")
    done = start
    with part.open("ab" if start else "wb") as stream:
        for block in response.iter_raw():
            done += len(block)
            if done > file.bytes:
                stream.close()
                part.unlink()
                raise wrong_size(file, file.url, "more")
            stream.write(block)
            on_bytes(done)
    return None if done == file.bytes else Passing("the connection closed too early")


def _continues(response: httpx.Response, file: SourceFile, held: int) -> bool:
    """Tell whether a partial answer starts where we stopped and belongs to a file of our size."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return (
        found is not None
        and int(found[1]) == held
        and (found[2] == "*" or int(found[2]) == file.bytes)
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Read ``Retry-After``: seconds, or a date; None where it is missing or unreadable."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
