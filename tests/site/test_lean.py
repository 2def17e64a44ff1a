"""References are written out where the character is no markup, and a browser reads the same."""

from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.escaping import escape
from generator.site.lean import lean, write_lean


class Told(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@given(st.text())
def test_a_page_says_the_same_in_fewer_characters(text: str) -> None:
    page = f'<p title="{escape(text)}">{escape(text)}</p>'
    short = lean(page)
    assert Told(short).said == Told(page).said
    assert len(short) <= len(page)
    assert lean(short) == short


def test_what_could_be_markup_stays_a_reference() -> None:
    page = "<p>&#60;b&#62; &#38;amp; &#34;&#39;&#96; &#0; &#10; &#40;1&#41; a&#95;b 5&#160;%</p>"
    assert lean(page) == (
        "<p>&#60;b&#62; &#38;amp; &#34;&#39;&#96; &#0; &#10; (1) a_b 5\N{NO-BREAK SPACE}%</p>"
    )
    assert unescape(lean("&amp;#40;")) == "&#40;"


def test_scripts_and_styles_stay_as_they_are() -> None:
    page = "<script>a = '&#40;'</script><p>&#40;</p><STYLE>b::before{content:'&#41;'}</STYLE>&#41;"
    assert lean(page) == page.replace("<p>&#40;</p>", "<p>(</p>").removesuffix("&#41;") + ")"


def test_every_page_of_a_site_is_made_lean(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for path in ("index.html", "a/index.html"):
        (tmp_path / path).write_text("<p>&#40;</p>", encoding="utf-8")
    write_lean(tmp_path)
    assert (tmp_path / "a/index.html").read_text(encoding="utf-8") == "<p>(</p>"
