"""Pages are filled one behind: what is drawn of a page is drawn while the next one begins."""

from collections.abc import Iterator
from functools import partial

from generator.pages.page import Page, one_ahead


def test_a_page_is_filled_when_the_next_has_begun() -> None:
    told: list[str] = []

    def begun(name: str) -> Page:
        told.append(f"filled {name}")
        return Page(name, "")

    def pages() -> Iterator[partial[Page]]:
        for name in ("a", "b", "c"):
            told.append(f"began {name}")
            yield partial(begun, name)

    assert [page.path for page in one_ahead(pages())] == ["a", "b", "c"]
    assert told == ["began a", "began b", "filled a", "began c", "filled b", "filled c"]
    assert list(one_ahead([])) == []
