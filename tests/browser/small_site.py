"""A small site with a chart of each kind and hostile strings, built as the real one is."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import generator.pages.explore_data
import generator.pages.explore_shards
from generator.charts.chart import Chart
from generator.charts.composition import composition
from generator.charts.confusion import confusion
from generator.charts.heat_orders import HeatRow
from generator.charts.heatmap import heat_map
from generator.charts.signature import signature
from generator.pages.compare import compare_page
from generator.pages.embed import embed_files
from generator.pages.escaping import escape
from generator.pages.explore import explore_page
from generator.pages.figures import Figure, draw, files_of
from generator.pages.links import COMPARE, EXPLORE
from generator.pages.page import Page
from generator.pages.render import render
from generator.records.taxonomy import Taxonomy
from generator.site.assets import asset_files
from generator.site.csp import protect
from generator.site.docs import write_docs
from generator.site.mkdocs import run_mkdocs
from tests.charts.numbers import made_up, scores
from tests.pages import compare_world, explore_world

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "{{ 7*7 }}",
    "{% raw %}",
    "a | b || c",
    "`tick` ``two``",
    "[x](javascript:alert(1))",
    "right\u202eto left",
    "form\x0cfeed",
    "again " * 2_500,
)
"""Strings that a model, a benchmark or a contributor may hand us."""


HOME = "# Atlas\n\nA [page with charts](models/demo.md).\n"


@dataclass(frozen=True)
class Shown:
    """What the partial of a chart is filled with."""

    figure: Figure


def chart_page(path: str, title: str, charts: Sequence[Chart]) -> Page:
    """Return a page of charts, written by the partial that all pages use."""
    drawn = [draw(path, chart) for chart in charts]
    figures = [render("partials/chart.md.j2", Shown(one.figure)) for one in drawn]
    return Page(path, "\n\n".join([f"# {title}", *figures]) + "\n", files_of(drawn))


def demo_charts(tree: Taxonomy) -> list[Chart]:
    """Return one chart of each kind with ordinary names."""
    sampled = "Sums, annotated sample"
    ruled = "Sums, rules alone"
    rows = [
        HeatRow(
            f"Model {letter}",
            sampled if place < 4 else ruled,
            made_up(tree, place, 70, 9.0),
            developer=("Lab" if place % 3 else "Works"),
            accuracy=place * 3 % 8 / 10,
        )
        for place, letter in enumerate("ABCDEFGH")
    ]
    own, pool = made_up(tree, 3, 70, 9.0), made_up(tree, 5, 600, 9.0)
    return [
        heat_map(rows, tree),
        signature(own, pool, tree, name="Model D", population_name="Sums"),
        composition(made_up(tree, 4, 900), tree, name="Sums"),
        confusion(scores(tree), tree, judge="Judge D", against="the annotator"),
    ]


def hostile_charts(tree: Taxonomy) -> list[Chart]:
    """Return charts whose every free string is hostile."""
    rows = [HeatRow(text, text, made_up(tree, place, 40)) for place, text in enumerate(HOSTILE)]
    charts = [heat_map(rows, tree)]
    for place, text in enumerate(HOSTILE):
        numbers = made_up(tree, place, 40)
        charts.append(signature(numbers, numbers, tree, name=text, chart_id=f"signature-{place}"))
    charts.append(composition(made_up(tree, 1, 40), tree, name=HOSTILE[0]))
    charts.append(confusion(scores(tree), tree, judge=HOSTILE[0], against=HOSTILE[1]))
    return charts


def pages(tree: Taxonomy) -> list[Page]:
    plain = ("how-to-read.md", "taxonomy/index.md", "benchmarks/index.md")
    plain += (
        "compare.md",
        "explore.md",
        "method.md",
        "trust.md",
        "data.md",
        "changes.md",
        "contribute.md",
        "cite.md",
    )
    outputs = "\n\n".join(f'<pre class="ea-output">{escape(text)}</pre>' for text in HOSTILE[-3:])
    return [
        Page("index.md", HOME, embed_files("The Atlas", "2026.12")),
        *(Page(path, f"# {path.split('.')[0].title()}\n\nWords.\n") for path in plain),
        Page("models/index.md", f"# Models\n\n[One](demo.md).\n\n{outputs}\n"),
        chart_page("models/demo.md", "Charts", demo_charts(tree)),
        chart_page("models/hostile.md", "Hostile", hostile_charts(tree)),
    ]


def working_pages(tree: Taxonomy, content: Path) -> list[Page]:
    """Return the same with Compare and Explore at work, on Atlases of their own.

    Args:
        tree: The taxonomy.
        content: Folder for the content of the Atlas that is explored.
    """
    others = [page for page in pages(tree) if page.path not in {COMPARE, EXPLORE}]
    with pytest.MonkeyPatch.context() as patch:
        for module in (generator.pages.explore_data, generator.pages.explore_shards):
            patch.setattr(module, "TEXTS_AT_A_TIME", 20)
        explore = explore_page(explore_world.edition(content))
    return [*others, compare_page(compare_world.edition(tree)), explore]


def build(project_root: Path, root: Path, content: list[Page]) -> Path:
    """Build a site of these pages below ``root`` and return its folder."""
    shutil.copy(project_root / "mkdocs.yml", root)
    shutil.copytree(
        project_root / "site_templates" / "overrides", root / "site_templates" / "overrides"
    )
    write_docs(content, root / "build" / "docs", asset_files(project_root))
    run_mkdocs(root)
    site = root / "build" / "site"
    protect(site)
    return site
