"""A run judged in blocks: the same file as in one go, wherever it is cut."""

from itertools import pairwise
from pathlib import Path

import pytest

from generator.cli.judging import judge_all
from generator.judging.block import Block, joined, judge_block
from generator.judging.elsewhere import STRONGEST, Elsewhere
from generator.judging.run import judge_run, stamp
from generator.store.content import Content
from tests.judging.test_elsewhere import kept

INLINE = ("sums", "acme__alpha")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Content with runs that look at each other."""
    content = kept(tmp_path / "content", tmp_path / "cache")
    judge_all(content, tmp_path / "cache", content.runs, workers=1)
    return content


@pytest.mark.parametrize("cuts", [(), (0,), (1,), (2,), (1, 2, 3), (4,), (7,)])
def test_where_a_run_is_cut_does_not_show(
    content: Content, tmp_path: Path, cuts: tuple[int, ...]
) -> None:
    cache, elsewhere = tmp_path / "cache", Elsewhere(content)
    for key in (INLINE, next(key for key in content.runs if key[0] == "kept")):
        bounds = [0, *cuts, None]
        blocks = [
            judge_block(content, Block(key, start or 0, stop), cache, elsewhere)
            for start, stop in pairwise(bounds)
        ]
        found = joined(content, key, blocks, stamp(content, key, elsewhere))
        assert found == judge_run(content, key, cache)


def test_standings_stand_in_for_the_indexes_of_all_models(content: Content) -> None:
    known = Elsewhere(content)
    standings = known.standings("kept")
    assert len(standings.strongest) == min(STRONGEST + 1, 8)
    for key in content.runs:
        sent = Elsewhere(content, {"kept": standings})
        assert sent.digest(key) == known.digest(key)
        assert sent.of_run(key) == known.of_run(key)


def test_the_hash_of_a_text_may_be_known_already(content: Content) -> None:
    elsewhere = Elsewhere(content)
    assert stamp(content, INLINE, elsewhere, "0" * 64) != stamp(content, INLINE, elsewhere)
