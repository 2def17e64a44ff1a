"""The page that other sites embed is whole, and says whose charts it shows."""

from generator.pages.embed import EMBED, embed_files


def test_the_page_names_atlas_and_edition_and_escapes_them() -> None:
    text = embed_files("<b>Atlas", "2026.12")[EMBED].decode()
    assert "&#60;b&#62;Atlas" in text
    assert ">2026.12<" not in text
    assert "edition 2026.12<" in text
    assert "<b>" not in text


def test_the_page_loads_nothing_but_the_sites_own_files_and_has_no_script_in_itself() -> None:
    text = embed_files("Atlas", "2026.12")[EMBED].decode()
    assert "http" not in text
    assert "style=" not in text
    assert '<script type="module" src="../assets/javascripts/embed.js"></script>' in text
