"""The built site on this machine alone."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.site.serve import OURS, Built, server, serving


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<body><p>home</body>\n", encoding="utf-8")
    (tmp_path / "404.html").write_text("<body><p>lost</body>", encoding="utf-8")
    (tmp_path / "x.js").write_text("1", encoding="utf-8")
    return tmp_path


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with serving(site, 0) as running:
        yield running.rstrip("/")


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
        pytest.raises(
            InputError,
            match=f"cannot serve on 127.0.0.1:{running.server_port}.*: name another --port",
        ),
    ):
        server(tmp_path, running.server_port)


def read(address: str) -> str:
    with urllib.request.urlopen(address) as response:  # noqa: S310 - loopback
        text: str = response.read().decode()
        assert int(response.headers["Content-Length"]) == len(text.encode())
    return text


def test_a_page_asks_whether_it_is_of_the_last_build_where_that_was_wished(site: Path) -> None:
    built = Built()
    with serving(site, 0, built) as top:
        first, page = built.name, read(top)
        script = f'<script type="module" src="{OURS}reload.js?seen={first}"></script>'
        assert page == f"<body><p>home{script}</body>\n"
        assert read(f"{top}index.html") == page
        assert "location.reload" in read(f"{top}{OURS[1:]}reload.js?seen={first}")
        assert read(f"{top}{OURS[1:]}built") == first
        built.renew()
        assert read(f"{top}{OURS[1:]}built") == built.name != first
        assert read(f"{top}x.js") == "1"
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            read(f"{top}nowhere/")
        with caught.value as answer:
            assert b"reload.js" in answer.read()  # the page may be there after the next build


def test_else_pages_are_as_they_were_published(address: str) -> None:
    assert read(f"{address}/") == "<body><p>home</body>\n"
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        read(f"{address}{OURS}built")
    caught.value.close()
