"""How one page is cited."""

from dataclasses import replace

from generator.pages.citing import citation
from generator.pages.edition import Edition
from tests.pages.world import World


def _addressed(edition: Edition, address: str, title: str = "Example Atlas") -> Edition:
    atlas = edition.content.atlas.model_copy(update={"url": address, "title": title})
    return replace(edition, content=replace(edition.content, atlas=atlas))


def test_it_names_the_page_the_edition_and_the_version_of_the_taxonomy(small: World) -> None:
    made = citation(small.edition(), "taxonomy/E13.md", "E13 Computation Error")
    assert "E13 Computation Error. In Example Atlas, edition 2026.12, taxonomy" in made.text
    assert "Edition 2026.12" in made.bibtex
    assert made.bibtex.startswith("@misc{erroratlas-2026-12-taxonomy-E13,\n")


def test_the_address_is_the_pages_own_and_is_left_out_where_there_is_none(small: World) -> None:
    edition = small.edition()
    bare = citation(_addressed(edition, ""), "taxonomy/E13.md", "E13")
    assert "url" not in bare.bibtex
    for site in ("https://atlas.example/latest", "https://atlas.example/latest/"):
        made = citation(_addressed(edition, site), "taxonomy/E13.md", "E13")
        assert made.text.endswith(" https://atlas.example/latest/taxonomy/E13/")
        assert "  url    = {https://atlas.example/latest/taxonomy/E13/}\n}" in made.bibtex


def test_a_title_cannot_end_a_field_or_call_a_command(small: World) -> None:
    made = citation(small.edition(), "models/x__y.md", r"50 % & {x}_1 \input")
    assert r"50 \% \& \{x\}\_1 \textbackslash{}input" in made.bibtex
