"""Every internal address of the built site leads somewhere."""

from pathlib import Path

import pytest

from generator.site.links import broken_links


def site(folder: Path, **pages: str) -> Path:
    for name, body in pages.items():
        path = folder / name.replace("_", "/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    (folder / "index.html").write_text('<h1 id="top">x</h1>', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("../b/", None),
        ("../b/#sec%74ion", None),
        ("../", None),
        ("..", None),
        ("#here", None),
        ("https://elsewhere.example/x", None),
        ("mailto:a@b.example", None),
        ("/b/", None),
        ("../c/", "there is no such file"),
        ("../b/#nowhere", "there is no such anchor"),
        ("#nowhere", "there is no such anchor"),
        ("javascript:alert(1)", "addresses with javascript: are not used on this site"),
    ],
)
def test_an_address(tmp_path: Path, address: str, wrong: str | None) -> None:
    root = site(tmp_path, a=f'<a id=here href="{address}">x</a>', b='<h2 id="section">y</h2>')
    found = broken_links(root)
    assert [broken.wrong for broken in found] == ([] if wrong is None else [wrong])
    assert all((broken.page, broken.target) == ("a/index.html", address) for broken in found)


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="x.svg">',
        '<img srcset="../b/ 1x, x.svg 2x">',
        '<source srcset="x.svg">',
        '<script src="x.js"></script>',
        '<figure data-spec="x.json"></figure>',
        '<iframe src="x/"></iframe>',
        '<svg><a xlink:href="x/">y</a></svg>',
        '<svg><use href="#nowhere"/></svg>',
    ],
)
def test_pictures_scripts_and_charts_are_checked_too(tmp_path: Path, tag: str) -> None:
    assert len(broken_links(site(tmp_path, a=tag, b="y"))) == 1


def test_links_in_a_drawing_lead_from_where_it_lies(tmp_path: Path) -> None:
    root = site(tmp_path, a="x")
    (root / "a" / "drawn").mkdir()
    drawing = '<svg><a href="../../a/">x</a><a xlink:href="../a/">y</a></svg>'
    (root / "a" / "drawn" / "x.svg").write_text(drawing, encoding="utf-8")
    assert [(b.page, b.target) for b in broken_links(root)] == [("a/drawn/x.svg", "../a/")]


def test_what_a_page_says_of_itself_elsewhere_is_there(tmp_path: Path) -> None:
    top = "https://atlas.example/latest/"
    told = (
        f'<meta property="og:image" content="{top}a/card.png">'
        f'<meta property="og:url" content="{top}a/">'
        f'<link rel="canonical" href="{top}a/"><a href="https://atlas.example/other/">x</a>'
    )
    root = site(tmp_path, a=told)
    assert broken_links(root, "/latest/") == ()
    (broken,) = broken_links(root, "/latest/", top)
    assert broken.target == f"{top}a/card.png"
    (root / "a" / "card.png").write_bytes(b"x")
    assert broken_links(root, "/latest/", top) == ()


def test_absolute_addresses_are_read_below_the_path_of_the_site(tmp_path: Path) -> None:
    root = site(tmp_path, a='<a href="/atlas/a/">x</a><a href="/a/">y</a>')
    assert [broken.wrong for broken in broken_links(root, "/atlas/")] == ["leads out of /atlas/"]
