"""The picture by which other sites show a page."""

import json
import struct
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.site.cards import HEIGHT, NAME, WIDTH, card, in_words, write_cards

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="90"><circle r="40"/></svg>'


def page(docs: Path, chart: str) -> None:
    (docs / "models").mkdir(parents=True)
    text = f'\n---\ntitle: "X"\ncard: "{chart}"\n---\n# X\n'
    (docs / "models" / "a_b.md").write_text(text, encoding="utf-8")
    (docs / "index.md").write_text('---\ntitle: "No card"\n---\ncard: "no.svg"\n', encoding="utf-8")


def test_a_card_has_the_size_of_previews_and_the_same_bytes_each_time() -> None:
    made = card("A <script> & so on " * 20, DRAWING)
    assert struct.unpack(">II", made[16:24]) == (WIDTH, HEIGHT)
    assert card("A <script> & so on " * 20, DRAWING) == made


def test_a_page_that_names_a_chart_gets_its_card(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    page(docs, "models/a_b.charts/signature.svg")
    folder = docs / "models" / "a_b.charts"
    folder.mkdir()
    (folder / "signature.svg").write_text(DRAWING, encoding="utf-8")
    told = {"usermeta": {"title": "A finding"}}
    (folder / "signature.json").write_text(json.dumps(told), encoding="utf-8")
    assert write_cards(docs, tmp_path / "site") == 1
    found = [path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*.png")]
    assert found == [Path("models", "a_b", NAME)]


def test_a_chart_that_is_not_there_is_named(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    page(docs, "models/gone.svg")
    with pytest.raises(
        InputError, match=r"a_b\.md: card: models/gone\.svg: there is no such chart"
    ):
        write_cards(docs, tmp_path / "site")


def test_a_drawing_without_a_width_is_refused() -> None:
    with pytest.raises(ValueError, match="without a width"):
        card("A finding", "<svg/>")


def test_a_page_without_a_chart_is_shown_by_its_words(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    text = '---\ntitle: "E13 False&#58; <sum>"\ndescription: "A sum."\ntold: true\n---\n# X\n'
    (docs / "E13.md").write_text(text, encoding="utf-8")
    assert write_cards(docs, tmp_path / "site") == 1
    made = (tmp_path / "site" / "E13" / NAME).read_bytes()
    assert made == card("E13 False: <sum>", in_words("A sum."))


def test_words_that_have_no_room_are_left_out_visibly() -> None:
    drawn = in_words("A <word> & another. " * 100)
    assert drawn.count("<text ") == 8
    assert "…</text>" in drawn
    assert "<word>" not in drawn
    assert len(card("Title", drawn)) > 1_000
