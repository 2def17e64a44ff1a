"""From content files to tables."""

from pathlib import Path

from generator.judging.run import judge_run, seal
from generator.records.keys import answer_hash
from generator.stats.collect import collect
from generator.store.content import load_content
from generator.store.references import IndexRow, index_bytes
from generator.store.verdicts import write_verdicts
from tests.store.test_references import HASHES, INDEX, kept
from tests.store.tree import sound


def test_attempts_and_wordings_of_texts_that_are_here(tmp_path: Path) -> None:
    content = load_content(sound(tmp_path))
    seal(content, judge_run(content, ("sums", "acme__alpha"), tmp_path))
    tables = collect(content)
    assert tables.attempts.iloc[0].tolist() == ["sums", "acme__alpha", 4, 3]
    answers = tables.answers.set_index("item_id")
    assert answers["failed"].to_dict() == {"q1": False, "q2": True, "q3": True, "q4": True}
    assert answers["answer"].tolist() == [
        answer_hash("2"),
        None,
        answer_hash("5"),
        answer_hash("7"),
    ]
    items = tables.items.set_index("item_id")
    assert items.loc["q4", "reference"] == answer_hash("5.0")
    assert items.loc["q4", "tags"] == {}


def test_attempts_and_wordings_of_a_set_by_reference(tmp_path: Path) -> None:
    root = kept(tmp_path)
    write_verdicts(root / "verdicts/kept/acme__alpha.parquet", [], {})
    tables = collect(load_content(root))
    of_kept = tables.answers[tables.answers["benchmark"] == "kept"]
    assert of_kept["failed"].tolist() == [False, True, True]
    assert tables.items["item_id"].tolist()[:3] == ["q1", "q2", "q3"]
    assert (root / HASHES).is_file()
    (root / INDEX).write_bytes(index_bytes([IndexRow("q1", 0, 1.0)]))
    assert collect(load_content(root)).attempts["attempted"].tolist() == [1]
