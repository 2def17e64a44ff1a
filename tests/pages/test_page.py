"""Pages are filled behind: what is drawn of a page is drawn while the next ones begin."""

from collections.abc import Iterator
from functools import partial

import pytest

from generator.pages import page
from generator.pages.page import Page, ahead


def test_a_page_is_filled_when_the_next_have_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_AHEAD", 2)
    told: list[str] = []

    def begun(name: str) -> Page:
        told.append(f"filled {name}")
        return Page(name, "")

    def pages() -> Iterator[partial[Page]]:
        for name in ("a", "b", "c", "d"):
            told.append(f"began {name}")
            yield partial(begun, name)

    assert [one.path for one in ahead(pages())] == ["a", "b", "c", "d"]
    begun_first = ["began a", "began b", "began c", "filled a", "began d"]
    assert told == [*begun_first, "filled b", "filled c", "filled d"]
    assert list(ahead([])) == []
