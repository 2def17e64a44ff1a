"""What is read by column is what whole verdicts say."""

from pathlib import Path

import pytest

from generator.records.verdict import Criterion, Evidence, Verdict
from generator.store import verdict_details
from generator.store.verdict_details import read_details, read_titles
from generator.store.verdicts import read_verdicts, write_verdicts
from tests.store.test_round_trips import verdict


@pytest.mark.parametrize("few", [0, 500])
def test_details_are_those_of_the_verdicts_that_have_a_title(
    tmp_path: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict_details, "_FEW", few)
    path = tmp_path / "x.parquet"
    said: list[Verdict] = [
        verdict("q1", title="Adds wrong", summary="2 + 2 is 5.", secondary=("E02", "E03")),
        verdict("q2"),
        verdict(
            "q10",
            title="Stops",
            evidence=(Evidence(start=3, end=9), Evidence(start=12, end=12)),
            criteria=(Criterion(criterion="a number", present=False, comment="none"),),
        ),
    ]
    write_verdicts(path, said, {})
    found = list(read_details(path, criteria=True))
    whole = read_verdicts(path, titled=True)
    assert [one.item_id for one in found] == ["q1", "q10"]
    told = [(one.item_id, one.judge, one.title, one.summary) for one in found]
    assert list(read_titles(path)) == told
    for one, verdict_ in zip(found, whole, strict=True):
        assert one.judge == verdict_.judge.name
        assert one.version == verdict_.judge.version
        assert one.prompt == verdict_.judge.prompt_hash
        assert one.taxonomy == verdict_.judge.taxonomy
        for name in ("title", "summary", "secondary"):
            assert getattr(one, name) == getattr(verdict_, name)
        assert one.spans == tuple((span.start, span.end) for span in verdict_.evidence)
        assert one.criteria == tuple(each.model_dump() for each in verdict_.criteria)


def test_criteria_are_left_out_where_nobody_asks_and_no_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    written = verdict("q1", title="x", criteria=(Criterion(criterion="a", present=True),))
    write_verdicts(path, [written], {})
    assert [one.criteria for one in read_details(path, criteria=False)] == [()]
    assert list(read_details(tmp_path / "none.parquet", criteria=True)) == []
    assert list(read_titles(tmp_path / "none.parquet")) == []
