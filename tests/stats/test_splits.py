"""A judge on the developed and the held-out part."""

import pandas as pd

from generator.stats.splits import by_split, family_of
from generator.stats.tables import ITEM_COLUMNS
from tests.stats.test_agreement import failures, labels

ANSWERS = {"story-1": "E13", "story-2": "E13", "list-of-words-1": "E02"}
SPLIT_OF = {"story-1": "developed", "story-2": "held-out", "list-of-words-1": "held-out"}


def items(**more: str) -> pd.DataFrame:
    tags = SPLIT_OF | more
    rows = [("sums", name, 0, None, {"split": split}) for name, split in tags.items()]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def renamed(frame: pd.DataFrame) -> pd.DataFrame:
    names = dict(zip(("q0", "q1", "q2"), ANSWERS, strict=True))
    return frame.assign(item_id=frame["item_id"].map(names))


def test_each_part_is_scored_by_itself_and_by_family() -> None:
    said = renamed(failures("rules", "E13", "E02", "E02"))
    known = renamed(labels(q0="E13", q1="E13", q2="E02"))
    found = by_split(said, known, items(), 0.95)["sums"]
    assert list(found) == ["developed", "held-out"]
    assert found["developed"].whole.precision[:2] == (1, 1)
    assert found["held-out"].whole.precision[:2] == (1, 2)
    assert found["held-out"].whole.found[:2] == (1, 2)
    assert sorted(found["held-out"].benchmarks) == ["list-of-words", "story"]


def test_benchmarks_without_parts_have_none() -> None:
    said, known = failures("rules", "E13"), labels(q0="E13")
    assert by_split(said, known, items(), 0.95) == {}
    assert by_split(said, known, items(q0="test"), 0.95) == {}
    assert by_split(said, known, items().iloc[:0], 0.95) == {}


def test_several_wordings_of_an_item_do_not_count_twice() -> None:
    said, known = failures("rules", "E13"), labels(q0="E13")
    twice = pd.concat([items(q0="developed"), items(q0="developed").assign(variant=1)])
    assert by_split(said, known, twice, 0.95)["sums"]["developed"].whole.failures == 1


def test_the_family_is_what_an_identifier_begins_with() -> None:
    assert family_of("word-problem-0001") == "word-problem"
