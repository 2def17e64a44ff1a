"""A hostile value is neither HTML nor Markdown nor Jinja, and breaks nothing around it."""

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.pages.blocks import example_view
from generator.pages.escaping import Html, escape, escape_long, visible
from generator.pages.examples import Text
from generator.pages.model import model_page
from generator.records.benchmark import Item
from tests.pages.world import World

EXTENSIONS = ["admonition", "attr_list", "fenced_code", "md_in_html", "tables", "toc"]

HOSTILE = [
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "<img src=x onerror=alert(1)>",
    "**bold** _em_ `code` [a](javascript:alert(1)) ![i](x)",
    "{{ 7*7 }} {% for x in y %} {# gone #} {: .cls #id }",
    "| a | b |\n|---|---|\n| c | d |",
    "# heading\n\nSetext\n===\n\n---\n\n> quote\n\n- list\n1. one",
    "```\nfence\n```\n\n    indented\n\n!!! note\n    box",
    "---\ntitle: stolen\n---",
    "*[HTML]: abbr\n[x]: http://example.org\n[TOC]",
    "\u202eright to left\u202c zero\u200bwidth\ufeff form\x0cfeed \x00 \x1b[31m \ud800",
    "&lt;b&gt; &#60; &amp;amp; \\* \\&",
    "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03",
    "</code></pre></details></article></figure></div>",
    "<!-- comment --> <![CDATA[ x ]]> <?php ?>",
    "ab " * 5_000,
    "1.",
    "   leading and trailing   ",
    "\r\n\r\n\u2028\u2029\x85",
]
ANYTHING = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(HOSTILE[:15]), min_size=2, max_size=3).map("".join),
)


class Outline(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[str] = []
        self.parts: list[str] = []
        self.unseen = 0
        self.other: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") in {"ea-unseen", "ea-cut"}:
            return
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def html(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


def body(page: str) -> str:
    head, _, rest = page.removeprefix("---\n").partition("\n---\n")
    assert head.startswith("title: ")
    return rest


@pytest.mark.parametrize(
    "template",
    ["{}", "# {}", "# A {} b", "- {}", "> {}", "{}\n\nnext", "| a |\n|---|\n| {} |", "*{}*"],
    ids=["paragraph", "heading", "in heading", "list", "quote", "first", "table", "emphasis"],
)
@given(value=ANYTHING)
@settings(max_examples=40)
@example("1. a")
@example("a\n\nb")
def test_value_adds_no_element_anywhere_in_markdown(template: str, value: str) -> None:
    """Escaped text reads back as what it was, hidden characters by their stand-in."""
    found = Outline(html(template.format(escape(value))))
    plain = Outline(html(template.format("x")))
    if value.strip():
        assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert found.other == []
    assert visible(value) in found.text


@given(value=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_value_stays_inside_a_quoted_attribute(value: str) -> None:
    found = Outline(html(f'<p><a title="{escape(value)}" class="x">y</a></p>'))
    assert found.tags == [("p", ()), ("a", ("title", "class"))]
    assert found.attributes == [visible(value), "x"]


@given(value=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_value_stays_inside_front_matter(value: str) -> None:
    """YAML gives the escaped text back, which is also what a theme writes into the page's head."""
    escaped = escape(value)
    assert yaml.safe_load(f'title: "{escaped}"') == {"title": str(escaped)}
    found = Outline(f"<title>{escaped}</title>")
    assert found.tags == [("title", ())]
    assert found.text == visible(value)


@given(value=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_escaped_text_is_one_line_without_hidden_characters(value: str) -> None:
    for escaped in (escape(value), escape_long(value)):
        assert len(escaped.splitlines()) <= 1
        assert visible(escaped) == escaped
        escaped.encode("utf-8")


def test_hidden_characters_have_stand_ins_with_their_names() -> None:
    assert escape("a\x0cb") == "a\u240cb"
    assert escape("\u202e") == "&#92;u202e"
    assert escape_long("\u202e") == (
        '<span class="ea-unseen" title="U&#43;202E RIGHT-TO-LEFT OVERRIDE">&#92;u202e</span>'
    )
    for (
        hidden
    ) in "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\u200b\u200d\ufeff\ud83d\x00\x7f":
        assert hidden not in escape(hidden)
        assert escape(hidden) != ""


def test_other_scripts_are_left_alone() -> None:
    text = "héllo 日本語 ελληνικά العربية 🙂"
    assert escape(text) == text


@pytest.mark.parametrize("made", [Html("<b>") + "<i>", Html("<b>")[0:2], "".join([Html("<b>")])])
def test_joining_or_cutting_a_fragment_gives_plain_text(made: str) -> None:
    assert type(made) is str


@given(value=ANYTHING)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_values_leave_a_whole_page_as_it_is(small: World, value: str) -> None:
    """Name, note, prompt, title, summary, question, option, solution and output are hostile."""
    calm = _page(small, "x")
    wild = _page(small, value)
    assert wild.tags == calm.tags
    assert wild.other == calm.other
    if len(value) < 3_000:
        assert wild.text.count(visible(value)) >= 8


def _page(small: World, value: str) -> Outline:
    content = small.content
    key = ("open_sums", "other__plain")
    models = {
        **content.models,
        key[1]: content.models[key[1]].model_copy(
            update={"name": value, "developer": value, "note": f"a{value}"}
        ),
    }
    runs = {
        run: made.model_copy(update={"prompt": value, "generation": {value: value}})
        for run, made in content.runs.items()
    }
    item = Item(item_id="q1", input=value, choices=(value, value), references=(value,))
    world = World(
        type(content)(
            content.root,
            content.atlas,
            content.taxonomy,
            models,
            content.benchmarks,
            runs,
            content.samples,
        ),
        title=f"t{value}",
        summary=f"s{value}",
        text=Text(item, f"The sum 6 + 4 = 11, {value}"),
    )
    edition = world.edition()
    return Outline(html(body(model_page(edition, world.examples(edition), key[1]).text)))


def test_long_loop_and_blank_lines_stay_in_one_block(small: World) -> None:
    """Blank lines do not end the block of raw HTML that an output stands in."""
    item = Item(item_id="q1", input="x", references=("1",))
    text = Text(item, "The sum 6 + 4 = 11\n\n\n" + "# loop\n\n" * 700)
    world = World(small.content, text=text)
    edition = world.edition()
    page = model_page(edition, world.examples(edition), "other__plain")
    found = Outline(html(body(page.text)))
    assert "# loop\n\n# loop" in found.text
    assert found.text.count("Output, evidence marked") == 1


def test_view_of_an_example_shows_nothing_of_a_withheld_benchmark(small: World) -> None:
    edition = small.edition()
    examples = small.examples(edition)
    views = [
        example_view("models/x.md", edition, one)
        for one in examples.by_run["hidden_sums", "lab__large"]
    ]
    assert views
    assert [view.shown for view in views] == [None] * len(views)


def test_templates_hold_no_variable_inside_a_code_fence(project_root: Path) -> None:
    """Markdown does not read character references inside a fence, so escaping would show."""
    folders = (project_root / "site_templates" / "pages", project_root / "content" / "pages")
    sources = [path for folder in folders for path in folder.rglob("*.md*")]
    assert sources
    for path in sources:
        inside = path.read_text(encoding="utf-8").split("```")[1::2]
        assert [block for block in inside if "{{" in block] == [], path.name
