"""The built site on this machine alone, for a look at it."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.errors import InputError

HOST = "127.0.0.1"


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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def server(site: Path, port: int = 8000) -> ThreadingHTTPServer:
    """Return a server of a built site; ``serve_forever`` and ``server_close`` are the caller's.

    Args:
        site: Folder of the built site.
        port: Port on 127.0.0.1; 0 takes a free one, see ``server_port``.

    Raises:
        InputError: There is no built site, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise InputError(f"{site} holds no built site: run `erroratlas build` first")
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(site)))
    except OSError as error:
        raise InputError(f"cannot serve on {HOST}:{port}: {error.strerror}") from error


def serve(site: Path, port: int, say: Callable[[str], object]) -> None:
    """Serve a built site until the user interrupts.

    Args:
        site: Folder of the built site.
        port: Port on 127.0.0.1; 0 takes a free one.
        say: Told the address, once the server listens.

    Raises:
        InputError: There is no built site, or the port is taken.
    """
    with server(site, port) as running:
        say(f"Serving {site} at http://{HOST}:{running.server_port}/ (stop with Ctrl-C)")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")
