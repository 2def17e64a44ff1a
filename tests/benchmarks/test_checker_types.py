"""What the rules say of failed calls, against the type that the checker gave them."""

import json
from pathlib import Path

import pytest

from benchmarks.checker_types import _told, counts, rows_of
from generator.store.content import load_content
from tests.store.test_checks import WRONG_SUM
from tests.store.tree import sound

WRONG_CALL = WRONG_SUM.model_copy(update={"category": "E16", "subcategory": "wrong-count"})
WRAPPED = WRONG_SUM.model_copy(update={"category": "E03", "subcategory": "wrapped"})


def test_rows_of_all_versions_name_their_place(tmp_path: Path) -> None:
    rows = [
        {"accuracy": 0.5, "correct_count": 1, "total_count": 2},
        {"id": 6, "error_type": "type_error:simple"},
        {"id": "simple_7", "error_type": "type_error:nested"},
    ]
    path = tmp_path / "simple_score.json"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert list(rows_of(path)) == [
        (("simple", 5), "type_error:simple"),
        (("simple", 7), "type_error:nested"),
    ]


def test_a_verdict_counts_once_under_what_it_says() -> None:
    meant = {"E16/wrong-count"}
    assert list(_told(None, meant)) == ["failures"]
    assert list(_told(WRONG_CALL, meant)) == ["failures", "spoke", "same"]
    assert list(_told(WRONG_CALL, {"E16"})) == ["failures", "spoke", "same"]
    assert list(_told(WRONG_CALL, {"E16/no-call"})) == ["failures", "spoke", "other_call"]
    assert list(_told(WRAPPED, meant)) == ["failures", "spoke", "right"]
    assert list(_told(WRONG_SUM, meant)) == ["failures", "spoke"]


def test_a_folder_without_scores_is_refused(tmp_path: Path) -> None:
    content = load_content(sound(tmp_path / "content"))
    with pytest.raises(SystemExit, match=r"no scores of BFCL"):
        counts(content, tmp_path)
