"""A whole site whose models, benchmarks, items, outputs and verdicts are full of hostile texts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from generator.pages.escaping import visible
from generator.pages.excerpts import LIMIT
from tests.browser.built import finish_build, start_build
from tests.browser.conftest import Watched, served, watching
from tests.browser.hostile_content import (
    BLOCKS,
    FALSE_SUM,
    LINES,
    LOOP,
    MODELS,
    PROGRAM,
    RULED,
    SAMPLED,
    WITHHELD,
    Texts,
    hostile_checkout,
    summary,
    title,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Watched]
CONFUSING = MODELS[LINES.index("__config")]
ADDRESSES = {model: f"models/{model}/" for model in (SAMPLED, RULED[0], PROGRAM, CONFUSING)}
COMPARE = "compare/"
EXPLORE = "explore/"
FORMS = (COMPARE, EXPLORE)
"""Those of them with a form of their own."""
PAGES = (
    "",
    "models/",
    *ADDRESSES.values(),
    f"models/{WITHHELD}/",
    "benchmarks/",
    "benchmarks/sums/",
    "benchmarks/plants/",
    "benchmarks/notes/",
    "taxonomy/E13/",
    "taxonomy/E02/",
    "method/",
    "data/",
    *FORMS,
)
"""Every page that mentions a hostile text, and the hubs."""
OPEN = "document.querySelectorAll('article details').forEach(one => (one.open = true))"
OUTLINE = """() => {
  const ours = ".ea-chart__canvas *, .ea-unseen, .ea-cut, meta[http-equiv]";
  const every = [...document.querySelectorAll("*")].filter(one => !one.matches(ours));
  return every.map(one => {
    const names = [...one.attributes].map(attribute => {
      const value = /^(href|src|id|class|style|type|rel)$/.test(attribute.name)
        ? attribute.value : "";
      return attribute.name + "=" + value;
    });
    return [one.tagName, ...names.sort()].join(" ");
  });
}"""
"""Every element outside the drawings, with its attributes; the values of those that can do harm."""
DANGEROUS = """() => {
  const runs = 'script:not([type="application/ld+json"])';
  const bad = `${runs}, style, iframe, object, embed, input, base, foreignObject, image, img, form`;
  const inside = document.querySelectorAll(`article :is(${bad}):not(noscript *)`);
  const handlers = [...document.querySelectorAll("*")].filter(one =>
    [...one.attributes].some(({name, value}) =>
      name.startsWith("on") || /^\\s*javascript:/i.test(value)));
  return [...inside, ...handlers].map(one => one.outerHTML);
}"""
"""What the words of a page and its drawings never hold, and what could run anywhere on it; what the
data page says to machines is no script to a browser, and its own test holds it to plain signs."""
BAD = "script, img, iframe, form, svg[onload], [onclick], [onerror]"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Sites(NamedTuple):
    """The site with the hostile texts, and the one with plain words in their place."""

    wild: Path
    calm: Path


@pytest.fixture(scope="module")
def sites(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    roots = [
        hostile_checkout(tmp_path_factory.mktemp(name), project_root, wild=name == "wild")
        for name in ("wild", "calm")
    ]
    building = [(start_build(root), root) for root in roots]
    return Sites(*(finish_build(process, root) for process, root in building))


@pytest.fixture(scope="module")
def address(sites: Sites) -> Iterator[str]:
    with served(sites.wild) as base:
        yield base


@pytest.fixture
def calm(browser: Browser, sites: Sites) -> Iterator[Open]:
    """Open pages of the site with plain words."""
    with served(sites.calm) as base, watching(browser, base) as new:
        yield new


@pytest.fixture(scope="module")
def calm_plain(browser: Browser, sites: Sites) -> Iterator[Watched]:
    """A page of the site with plain words, without JavaScript."""
    with served(sites.calm) as base, watching(browser, base) as new:
        yield new(java_script_enabled=False)


@pytest.fixture(scope="module")
def drawn(request: pytest.FixtureRequest, desk: Watched) -> Watched:
    """A page with every chart drawn, for all tests that only look at it."""
    return desk.anew(request.param).draw_all()


def outline(watch: Watched) -> Counter[str]:
    """Return the elements of a page, examples called by the same name on both sites."""
    found: list[str] = watch.page.evaluate(OUTLINE)
    return Counter(
        re.sub("example-[0-9a-f]{12}", "example", one.replace(watch.base, "/")) for one in found
    )


def squeezed(text: str) -> str:
    """Return a text as the title of a window has it."""
    return " ".join(visible(text).split())


def text_of(watch: Watched) -> str:
    text: str = watch.page.evaluate("document.querySelector('article').textContent")
    return text


@pytest.mark.parametrize("path", PAGES)
def test_no_element_attribute_or_address_comes_from_a_hostile_text(
    plain: Watched, calm_plain: Watched, path: str
) -> None:
    """Each page has the elements and addresses of the same page with plain words, no more."""
    # As the files have them: what scripts do to a page depends on when one looks.
    wild, calm = plain.anew(path), calm_plain.anew(path)
    assert wild.page.locator("script").count() == calm.page.locator("script").count()
    assert outline(wild) - outline(calm) == Counter()
    assert outline(calm) - outline(wild) == Counter()
    assert wild.elsewhere == []


@pytest.mark.parametrize("drawn", [path for path in PAGES if path not in FORMS], indirect=True)
def test_nothing_hostile_runs_on_a_page_and_nothing_is_asked_of_another_host(
    drawn: Watched,
) -> None:
    """No dialog, no error, nothing blocked, no handler, and drawings hold text alone."""
    assert drawn.page.evaluate(DANGEROUS) == []
    assert drawn.complaints == []
    assert drawn.elsewhere == []


def test_hostile_names_are_compared_as_text(watched: Open, calm: Open) -> None:
    """The form and the table that a script fills have the elements that plain words get."""
    query = f"{COMPARE}?models={','.join(RULED[:6])}&population=all&mode=each&measure=rate"
    sites = [new().open(query) for new in (watched, calm)]
    for watch in sites:
        watch.page.locator("#compare-result table").wait_for()
    wild, plain = (Counter(watch.page.evaluate(DANGEROUS)) for watch in sites)
    assert wild.total() == plain.total()
    assert outline(sites[0]) == outline(sites[1])
    shown = sites[0].page.locator("#compare-result thead th > a").all_inner_texts()
    assert [squeezed(name) for name in shown] == [
        squeezed(LINES[MODELS.index(model) % len(LINES)]) for model in RULED[:6]
    ]
    assert HIDDEN.findall(sites[0].page.locator("article").inner_html()) == []
    assert sites[0].complaints == []
    assert sites[0].elsewhere == []


def test_hostile_titles_are_explored_as_text(watched: Open, calm: Open) -> None:
    """What a script fills, opened rows too, has the elements that plain words get."""
    query = f"{EXPLORE}?model={SAMPLED}&population=annotated"
    sites = [new().open(query) for new in (watched, calm)]
    for watch in sites:
        watch.page.locator(".ea-explore__row").nth(len(BLOCKS) - 1).wait_for()
        watch.page.evaluate(OPEN)
        watch.page.locator(".ea-explore__row pre mark").nth(len(BLOCKS) - 1).wait_for()
    wild, plain = (Counter(watch.page.evaluate(DANGEROUS)) for watch in sites)
    assert wild.total() == plain.total()
    texts = Texts(wild=True)
    shown = sites[0].page.locator(".ea-explore__row summary").all_text_contents()
    assert sorted(shown) == sorted(visible(title(texts, place)) for place in range(len(BLOCKS)))
    assert HIDDEN.findall(sites[0].page.locator("article").inner_html()) == []
    assert sites[0].complaints == []
    assert sites[0].elsewhere == []


@pytest.mark.parametrize("drawn", PAGES, indirect=True)
def test_no_hidden_character_reaches_a_page(drawn: Watched) -> None:
    """Neither its text nor an attribute nor a drawing: each has a visible stand-in."""
    for part in drawn.page.locator("article, title, .md-header__title, .md-sidebar").all():
        html = part.evaluate("one => one.outerHTML")
        assert HIDDEN.findall(html) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(phone: Watched, path: str) -> None:
    phone.anew(path).draw_all()
    phone.page.evaluate(OPEN)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("model", [SAMPLED, RULED[0], PROGRAM])
def test_what_a_contributor_wrote_reads_back_on_the_page_of_a_model(
    watched: Open, model: str
) -> None:
    """Name, developer, licence, note, harness, prompt, setting and so on."""
    place = MODELS.index(model)
    watch = watched().open(ADDRESSES[model])
    texts, text = Texts(wild=True), text_of(watch)
    for number in range(8):
        assert visible(texts.line(place + number)) in text
    for number in range(3):
        assert visible(texts.block(place + number)) in text
    assert squeezed(texts.line(place)) in watch.page.title()
    heading = watch.page.locator("h1").evaluate("one => one.firstChild.textContent")
    assert heading == visible(texts.line(place))


@pytest.mark.parametrize(("path", "name"), [("benchmarks/sums/", 0), ("benchmarks/plants/", 3)])
def test_what_a_contributor_wrote_reads_back_on_the_page_of_a_benchmark(
    watched: Open, path: str, name: int
) -> None:
    """Name, licence, canary, metric, description and citation."""
    watch = watched().open(path)
    text = text_of(watch)
    for written in (LINES[name], LINES[4], LINES[1], LINES[2], BLOCKS[0], BLOCKS[1]):
        assert visible(written) in text
    assert squeezed(LINES[name]) in watch.page.title()


@pytest.mark.parametrize("path", ["models/", "benchmarks/sums/", "taxonomy/E13/"])
def test_names_of_models_read_back_in_tables(watched: Open, path: str) -> None:
    text = text_of(watched().open(path))
    for name in LINES:
        assert visible(name) in text


@pytest.mark.parametrize("path", [ADDRESSES[SAMPLED], "taxonomy/E13/"])
def test_an_annotated_failure_reads_back_with_its_evidence_in_its_place(
    watched: Open, path: str
) -> None:
    """Title, summary, item, options, references, solution and output, character by character."""
    texts, page = Texts(wild=True), watched().open(path).page
    examples: list[dict[str, Any]] = page.locator("article.ea-example").evaluate_all(EXAMPLES)
    by_title = {example["title"]: example for example in examples if example["summary"]}
    failures = texts.failures()
    shown = range(len(failures)) if path.startswith("models") else range(0, len(failures), 2)
    for place in shown:
        item, prediction, (start, end) = failures[place]
        example = by_title[visible(title(texts, place))]
        assert visible(summary(texts, place)) == example["summary"]
        for written in (item.input, *item.choices, *item.references, item.solution):
            assert visible(written or "") in example["item"]
        output = str(prediction.output)
        assert example["marks"] == [FALSE_SUM]
        assert example["before"] == visible(output[:start])
        if len(output) <= LIMIT:
            assert example["after"] == visible(output[end:])


EXAMPLES = """examples => examples.flatMap(example => {
  const code = example.querySelector(":scope > pre code");
  if (!code) return []; // the text of this one is withheld
  const marks = [...code.querySelectorAll("mark")];
  const before = document.createRange(), after = document.createRange();
  before.setStart(code, 0);
  before.setEndBefore(marks[0]);
  after.setStartAfter(marks.at(-1));
  after.setEnd(code, code.childNodes.length);
  return [{
    title: example.querySelector(".ea-example__title strong").textContent,
    summary: example.querySelector(":scope > p:not([class])")?.textContent ?? "",
    item: example.querySelector("details").textContent,
    marks: marks.map(mark => mark.textContent),
    before: before.toString(),
    after: after.toString(),
  }];
})"""
"""What each example shows, and what stands before and after the evidence in its output."""


@pytest.mark.parametrize("path", [ADDRESSES[RULED[0]], ADDRESSES[PROGRAM]])
def test_the_evidence_of_a_rule_is_marked_in_a_hostile_output(watched: Open, path: str) -> None:
    marks = watched().open(path).page.locator("article.ea-example mark").all_text_contents()
    assert marks.count(FALSE_SUM) >= 3


def test_a_loop_is_cut_in_the_middle_and_says_so(watched: Open) -> None:
    """The page stays small, and how much is missing is written."""
    watch = watched(390).open(ADDRESSES[SAMPLED])
    output = watch.page.locator("article.ea-example > pre", has_text="again again").first
    shown = output.evaluate("one => one.textContent")
    assert re.search(r"\[[0-9,]+ characters not shown\]", shown)
    assert shown.count("again") < LOOP.count("again") / 2
    box = output.bounding_box()
    assert box is not None
    assert box["height"] < 600


def test_pages_without_javascript_show_hostile_texts_as_text_too(watched: Open) -> None:
    watch = watched(java_script_enabled=False).open(ADDRESSES[SAMPLED])
    assert visible(LINES[0]) in (watch.page.locator("article").first.text_content() or "")
    assert watch.page.locator("article iframe, article form, article svg[onload]").count() == 0
    assert watch.elsewhere == []


def test_searching_a_hostile_site_makes_no_element(watched: Open) -> None:
    """What the search finds is written into the page as HTML."""
    watch = watched().open("")
    assert watch.search("taxonomy").count() > 0
    for words in ("alert", "stolen", "iframe"):
        watch.type_search(words)
        watch.page.wait_for_timeout(500)
        assert watch.page.locator(".md-search-result").locator(BAD).count() == 0
    assert watch.complaints == []
    assert watch.elsewhere == []
