"""What changed between two versions, and how many verdicts it touches."""

from pathlib import Path

from generator.records.taxonomy import Retired, Taxonomy, TaxonomyExample
from generator.store.content import load_content
from generator.store.verdicts import verdict_bytes
from generator.taxonomy.diff import Change, changes, effect, touched, verdict_counts
from tests.store.test_checks import WRONG_SUM, on, put
from tests.store.tree import sound


def tree(tmp_path: Path) -> Taxonomy:
    return load_content(sound(tmp_path)).taxonomy


def altered(old: Taxonomy, place: int, **fields: object) -> Taxonomy:
    """Return the tree with one category changed."""
    entries = list(old.categories)
    entries[place] = entries[place].model_copy(update=fields)
    return old.model_copy(update={"categories": tuple(entries)})


def test_nothing_changed_is_no_change(tmp_path: Path) -> None:
    old = tree(tmp_path)
    assert changes(old, old) == []


def test_each_kind_of_change_is_told(tmp_path: Path) -> None:
    old = tree(tmp_path)
    new = altered(old, 1, name="Sum Error", definition="A sum is wrong.", group="delivery")
    first, second = old.categories[0].subcategories
    new = altered(new, 0, subcategories=(first, second.model_copy(update={"id": "cut"})))
    gone = Retired(
        id="E02/truncated", name="Cut off", retired="1.1", redirect="E02/cut", reason="Shorter."
    )
    new = new.model_copy(update={"retired": (gone,)})
    assert changes(old, new) == [
        Change("added", "E02/cut", "", "Cut off"),
        Change("retired", "E02/truncated", "Cut off", "E02/cut"),
        Change("renamed", "E13", "Computation Error", "Sum Error"),
        Change("redefined", "E13", "The result of a calculation is wrong.", "A sum is wrong."),
        Change("moved", "E13", "calculation", "delivery"),
    ]


def test_an_id_that_is_gone_unretired_is_told_apart(tmp_path: Path) -> None:
    old = tree(tmp_path)
    new = old.model_copy(update={"categories": old.categories[:1]})
    found = changes(old, new)
    assert [(one.kind, one.id) for one in found] == [
        ("removed", "E13"),
        ("removed", "E13/arithmetic"),
    ]
    assert "until the id is retired" in effect(found[0])


def test_other_cases_are_a_new_meaning(tmp_path: Path) -> None:
    old = tree(tmp_path)
    found = changes(old, altered(old, 0, includes=("A blank.",)))
    assert [(one.kind, one.id) for one in found] == [("redefined", "E02")]


def test_tie_breaks_and_attributions_are_part_of_the_meaning(tmp_path: Path) -> None:
    """They stand in the prompt of a judge, so a change of theirs is no silent one."""
    old = tree(tmp_path)
    old = old.model_copy(update={"tie_breaks": ("First E02.", "Then E13.")})
    first, *others = old.attributions
    changed = first.model_copy(update={"definition": "Another one.", "subtypes": ("new",)})
    new = old.model_copy(update={"tie_breaks": ("First E13.",), "attributions": (changed, *others)})
    found = changes(old, new)
    assert [(one.kind, one.id) for one in found] == [
        ("redefined", first.id),
        ("added", f"{first.id}/new"),
        ("redefined", "tie-break 1"),
        ("removed", "tie-break 2"),
    ]
    assert "under another wording" in effect(found[-1])


def test_other_examples_are_told_and_change_no_count(tmp_path: Path) -> None:
    old = tree(tmp_path)
    example = TaxonomyExample(benchmark="sums", model="lab__model", item_id="q1")
    found = changes(old, altered(old, 1, examples=(example,)))
    assert [(one.kind, one.id) for one in found] == [("illustrated", "E13")]
    assert effect(found[0]) == "counted as before"


def test_verdicts_are_counted_by_judge_category_and_subcategory(tmp_path: Path) -> None:
    root = sound(tmp_path)
    put(root, verdict_bytes([WRONG_SUM, on("q2")], {}))
    counts = verdict_counts(load_content(root))
    judge = WRONG_SUM.judge.name
    assert counts == {judge: {"E13": 1, "E13/arithmetic": 1}}
    assert touched(Change("renamed", "E13", "a", "b"), counts) == {judge: 1}
    assert touched(Change("renamed", "E02", "a", "b"), counts) == {}


def test_what_a_retired_id_does_to_the_counts_is_said() -> None:
    assert effect(Change("retired", "E18", "Sums", "E13")) == "counted as E13"
    assert "judged again" in effect(Change("retired", "E18", "Sums", ""))
