"""The built site on this machine alone."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.site.serve import server


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "index.html").write_text("<p>home", encoding="utf-8")
    (tmp_path / "404.html").write_text("<p>lost", encoding="utf-8")
    (tmp_path / "x.js").write_text("1", encoding="utf-8")
    with server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html; charset=utf-8"), ("/x.js", "text/javascript; charset=utf-8")],
)
def test_files_have_a_type_that_no_machine_decides(address: str, path: str, kind: str) -> None:
    with urllib.request.urlopen(address + path) as response:  # noqa: S310 - loopback
        assert response.headers["Content-Type"] == kind


@pytest.mark.parametrize("path", ["/nowhere/", "/../../etc/passwd"])
def test_what_is_not_there_gets_the_page_of_the_site(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        urllib.request.urlopen(address + path)  # noqa: S310 - loopback
    with caught.value as answer:
        assert b"lost" in answer.read()


def test_without_a_site_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `erroratlas build` first"):
        server(tmp_path)


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    with (
        server(tmp_path, 0) as running,
        pytest.raises(InputError, match=f"cannot serve on 127.0.0.1:{running.server_port}"),
    ):
        server(tmp_path, running.server_port)
