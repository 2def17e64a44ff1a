"""A built site as a file host serves it: under a path, packed by gzip, every answer counted."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

UNDER = "/erroratlas/latest/"
"""Where the site lies, as the documentation of a project on a shared host does."""
KINDS = {
    ".html": ("html", "text/html; charset=utf-8"),
    ".css": ("css", "text/css; charset=utf-8"),
    ".js": ("js", "text/javascript; charset=utf-8"),
    ".json": ("json", "application/json"),
    ".svg": ("image", "image/svg+xml"),
    ".png": ("image", "image/png"),
    ".xml": ("other", "application/xml"),
    ".csv": ("data", "text/csv; charset=utf-8"),
    ".bin": ("data", "application/octet-stream"),
    ".parquet": ("data", "application/octet-stream"),
}
"""Kind that bytes are counted as, and media type, by the end of a name."""
_DATA = ("explore.data", "compare.data")
"""Folders whose files are a page's data, whatever their names end in."""
_PACKED = {"html", "css", "js", "json", "image", "other", "data"}
_LEVEL = 6
_SERVER_NAME = "files"


@dataclass
class Host:
    """A running server and what it has sent."""

    address: str = ""
    """Address of the site's home."""
    sent: dict[str, int] = field(default_factory=dict)
    """Bytes by path below the site, headers of some 300 bytes an answer left out."""

    def by_kind(self) -> dict[str, int]:
        """Return the bytes that were sent, by kind."""
        found: dict[str, int] = {}
        for path, number in self.sent.items():
            kind = kind_of(path)
            found[kind] = found.get(kind, 0) + number
        return found


def kind_of(path: str) -> str:
    """Return what the bytes of a file count as."""
    if path.startswith("search/"):
        return "search"
    if path.split("/", 1)[0] in _DATA:
        return "data"
    return KINDS.get(PurePosixPath(path).suffix, ("other", ""))[0]


@lru_cache(maxsize=512)
def packed(path: Path) -> bytes:
    """Return a file as it goes over the wire."""
    return gzip.compress(path.read_bytes(), _LEVEL, mtime=0)


@contextmanager
def hosted(site: Path) -> Iterator[Host]:
    """Serve a built site on loopback for a while."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - by the library
            pass

        def version_string(self) -> str:
            return _SERVER_NAME

        def do_GET(self) -> None:
            found = _file(site, self.path)
            if found is None:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"nothing here", packs=False)
                return
            name = found.relative_to(site).as_posix()
            kind, media = KINDS.get(found.suffix, ("other", "application/octet-stream"))
            packs = kind in _PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
            body = packed(found) if packs else found.read_bytes()
            host.sent[name] = host.sent.get(name, 0) + len(body)
            self._answer(HTTPStatus.OK, media, body, packs=packs)

        def _answer(self, status: HTTPStatus, media: str, body: bytes, *, packs: bool) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            if packs:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        host.address = f"http://127.0.0.1:{running.server_port}{UNDER}"
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield host
        running.shutdown()
        thread.join()


def _file(site: Path, asked: str) -> Path | None:
    """Return the file that an address names, if it is one of the site's."""
    path = unquote(urlsplit(asked).path)
    if not path.startswith(UNDER):
        return None
    found = (site / path.removeprefix(UNDER)).resolve()
    if found.is_dir():
        found /= "index.html"
    return found if found.is_file() and found.is_relative_to(site) else None
