"""The built site on this machine alone, for a look at it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from generator.errors import InputError

HOST = "127.0.0.1"
OURS = "/.erroratlas/"
"""Where the server answers for itself; no file of a site begins with a full stop."""
SCRIPT = Path(__file__).resolve().parents[2] / "site_templates" / "serving" / "reload.js"
"""What makes an open page load anew."""


class Built:
    """Which build of the site is shown, so that open pages can ask whether it is still theirs."""

    def __init__(self) -> None:
        self.name = ""
        self.renew()

    def renew(self) -> None:
        """Say that the site was built again; a server that is started again says so, too."""
        self.name = str(time.time_ns())


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as a plain file host does, and says nothing while all is well."""

    # What the machine's own tables say differs from one to the next.
    extensions_map = {  # noqa: RUF012 - declared by the library, read alone
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml",
    }

    def __init__(self, *arguments: Any, built: Built | None = None, **attributes: Any) -> None:
        self._built = built
        super().__init__(*arguments, **attributes)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer for the server itself and for pages that are to load anew; else as it is."""
        if self._built is None:
            return super().send_head()
        asked = self.path.partition("?")[0]
        if asked == f"{OURS}built":
            return self._answer(self._built.name.encode(), ".txt")
        if asked == f"{OURS}reload.js":
            return self._answer(SCRIPT.read_bytes(), ".js")
        path = Path(self.translate_path(self.path))
        if path.is_dir() and asked.endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._answer(self._alive(path.read_bytes()), ".html")
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = self._answer(self._alive(page.read_bytes()), ".html", code)
        if self.command != "HEAD":
            self.wfile.write(body.read())

    def _answer(self, body: bytes, suffix: str, code: int = HTTPStatus.OK) -> BytesIO:
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[suffix])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def _alive(self, page: bytes) -> bytes:
        """Return a page that asks each second whether it is still of the last build.

        The script is a file of the same host, so the policy of the page allows it as it is.
        """
        if self._built is None:
            return page
        head, end, rest = page.rpartition(b"</body>")
        script = f'<script type="module" src="{OURS}reload.js?seen={self._built.name}"></script>'
        return head + script.encode() + end + rest


def server(site: Path, port: int = 8000, built: Built | None = None) -> ThreadingHTTPServer:
    """Return a server of a built site; ``serve_forever`` and ``server_close`` are the caller's.

    Args:
        site: Folder of the built site.
        port: Port on 127.0.0.1; 0 takes a free one, see ``server_port``.
        built: Which build is shown, where open pages are to load anew after the next one.

    Raises:
        InputError: There is no built site, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise InputError(f"{site} holds no built site: run `erroratlas build` first")
    handler = partial(_Handler, directory=str(site), built=built)
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"cannot serve on {HOST}:{port}: {reason}: name another --port, or 0 for a free one"
        raise InputError(msg) from error


@contextmanager
def serving(site: Path, port: int, built: Built | None = None) -> Iterator[str]:
    """Serve a built site beside what else is done; gives its address.

    Args:
        site: Folder of the built site.
        port: Port on 127.0.0.1; 0 takes a free one.
        built: See ``server``.

    Raises:
        InputError: There is no built site, or the port is taken.
    """
    with server(site, port, built) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{running.server_port}/"
        finally:
            running.shutdown()
            thread.join()
