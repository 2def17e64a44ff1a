"""What the pages are made of, whatever their kind."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """One page and the files that belong to it."""

    path: str
    """Path below the folder of all pages, such as ``models/meta__llama-2-7b-hf.md``."""
    text: str
    """Markdown."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Further files, by their path below the same folder."""


Begun = Callable[[], Page]
"""Gives a page of which all is there but what waits for its drawings."""


_AHEAD = 24
"""Pages that have begun before the first of them is asked for its drawings."""


def ahead(pages: Iterable[Begun]) -> Iterator[Page]:
    """Yield pages, each when some more have begun: its charts are drawn meanwhile.

    Args:
        pages: Pages, begun when they are asked for.
    """
    waiting: deque[Begun] = deque()
    for begun in pages:
        waiting.append(begun)
        if len(waiting) > _AHEAD:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


@dataclass(frozen=True)
class Head:
    """What the front matter of a page says."""

    title: str
    """Title, as in the window and in links to the page."""
    description: str
    """One sentence for search engines and link previews."""
    searchable: bool = True
    """Whether the page is in the search index, which every reader loads."""
    card: str = ""
    """Path of the chart by which other sites show the page; empty for that of the home page."""
    told: bool = False
    """Whether other sites show the page by its title and description, where it has no chart."""
    words: tuple[str, ...] = ()
    """Other words by which search finds the page."""
