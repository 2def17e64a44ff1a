"""All pages of the site."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from generator.judging.run import State
from generator.pages.benchmark import benchmark_page_begun
from generator.pages.benchmarks import benchmarks_page
from generator.pages.category import category_page_begun
from generator.pages.changes import changes_page
from generator.pages.compare import compare_page
from generator.pages.compared import compared_page
from generator.pages.crosswalks import crosswalks_page
from generator.pages.data import data_page_begun
from generator.pages.edition import Edition
from generator.pages.examples import Examples, pick_examples
from generator.pages.explore import explore_page_begun
from generator.pages.home import home_page_begun
from generator.pages.method import method_page
from generator.pages.model import model_page_begun
from generator.pages.models import models_page
from generator.pages.page import Begun, Page, ahead
from generator.pages.proposal_list import proposals_page
from generator.pages.proposals import proposal_page
from generator.pages.prose import prose_pages
from generator.pages.released import released_pages
from generator.pages.renamed import renamed_pages
from generator.pages.retired import retired_categories, retired_page
from generator.pages.speed import speed_pages
from generator.pages.taxonomy import taxonomy_page_begun
from generator.pages.trust import trust_page_begun
from generator.records.keys import RunKey
from generator.stats.atlas import AtlasNumbers
from generator.store.content import Content
from generator.store.memory import give_back

_HUBS: Sequence[Callable[[Edition], Page]] = (
    crosswalks_page,
    proposals_page,
    models_page,
    compared_page,
    benchmarks_page,
    compare_page,
    method_page,
    changes_page,
)
"""Page kinds of which there is one each, made as a whole when their turn comes."""


def atlas_pages(
    content: Content,
    numbers: AtlasNumbers,
    examples: Examples | None = None,
    states: Mapping[RunKey, State] | None = None,
) -> Iterator[Page]:
    """Yield every page, one at a time, in an order that depends on the content alone.

    Args:
        content: What is committed.
        numbers: What was computed from it.
        examples: Failures to show; chosen from the content if None.
        states: Whether the verdicts of the rules on each run are those of now; told here if None.
    """
    edition = Edition(content, numbers, states)
    data, explore = data_page_begun(edition), explore_page_begun(edition)
    shown = pick_examples(edition) if examples is None else examples
    give_back()
    yield from ahead(_begun(edition, shown, data, explore))
    yield from renamed_pages(edition)
    yield from released_pages(edition)
    yield from speed_pages(edition)
    yield from prose_pages(edition)


def _begun(
    edition: Edition, examples: Examples, data: Begun, explore: Callable[[], Begun]
) -> Iterator[Begun]:
    """Begin one page after the other; Explore late, when the files of its runs are made."""
    yield home_page_begun(edition)
    yield taxonomy_page_begun(edition)
    yield trust_page_begun(edition)
    for hub in _HUBS:
        yield partial(hub, edition)
    yield data
    content = edition.content
    for entry in content.taxonomy.categories:
        yield category_page_begun(edition, examples, entry)
    for gone in retired_categories(content.taxonomy):
        yield partial(retired_page, edition, gone)
    for name in edition.proposals:
        yield partial(proposal_page, edition, name)
    for model in sorted(content.models):
        yield model_page_begun(edition, examples, model)
    yield explore()
    for benchmark in sorted(content.benchmarks):
        yield benchmark_page_begun(edition, benchmark)
