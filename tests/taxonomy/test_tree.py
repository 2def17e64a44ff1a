"""The published taxonomy hangs together, and a broken one is told apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.taxonomy import Boundary, Taxonomy
from generator.store.documents import read_document
from generator.taxonomy import tree


@pytest.fixture(scope="module")
def taxonomy(content_root: Path) -> Taxonomy:
    record, problems = read_document(
        content_root / "taxonomy" / "atlas.yml", Taxonomy, "taxonomy/atlas.yml"
    )
    assert problems == []
    assert record is not None
    return record


def test_published_taxonomy_has_no_fault(taxonomy: Taxonomy) -> None:
    assert tree.check(taxonomy) == []


def test_published_taxonomy_has_the_seventeen_categories_in_order(taxonomy: Taxonomy) -> None:
    assert [entry.id for entry in taxonomy.categories] == [f"E{n:02d}" for n in range(1, 18)]
    assert taxonomy.version == "1.0"


def test_five_names_are_marked_as_those_of_the_paper(taxonomy: Taxonomy) -> None:
    marked = [entry.id for entry in taxonomy.categories if entry.paper]
    assert marked == ["E06", "E07", "E10", "E11", "E13"]


def test_every_category_tells_itself_from_at_least_one_neighbour(taxonomy: Taxonomy) -> None:
    assert [entry.id for entry in taxonomy.categories if not entry.boundaries] == []


def test_every_definition_is_a_sentence(taxonomy: Taxonomy) -> None:
    said = [
        (entry.id, text.definition)
        for entry in taxonomy.categories
        for text in (entry, *entry.subcategories)
    ]
    assert [pair for pair in said if not (pair[1][0].isupper() and pair[1].endswith("."))] == []


def test_no_two_subcategories_share_a_definition(taxonomy: Taxonomy) -> None:
    said = [sub.definition for entry in taxonomy.categories for sub in entry.subcategories]
    assert len(said) == len(set(said))


def test_names_are_looked_up_by_id(taxonomy: Taxonomy) -> None:
    assert tree.name_of(taxonomy, "E13") == "Computation Error"
    assert tree.name_of(taxonomy, "E13", "rounding") == "Rounding"
    assert tree.group_of(taxonomy, "E13").name == "Calculation"
    assert [entry.id for entry in tree.members(taxonomy, "action")] == ["E16", "E17"]


@pytest.mark.parametrize("asked", [("E99", None), ("E13", "no-such")])
def test_unknown_ids_are_refused(taxonomy: Taxonomy, asked: tuple[str, str | None]) -> None:
    with pytest.raises(KeyError):
        tree.name_of(taxonomy, *asked)


def broken(taxonomy: Taxonomy, **changes: object) -> list[str]:
    return tree.check(taxonomy.model_copy(update=changes))


def test_a_category_given_twice_is_found(taxonomy: Taxonomy) -> None:
    faults = broken(taxonomy, categories=(*taxonomy.categories, taxonomy.categories[0]))
    assert "category E01 is there 2 times" in faults


def test_a_group_without_category_is_found(taxonomy: Taxonomy) -> None:
    kept = tuple(entry for entry in taxonomy.categories if entry.group != "action")
    faults = broken(taxonomy, categories=kept)
    assert "group action has no category" in faults
    assert "a boundary of category E03 names E16, unknown here" in faults


def test_a_group_that_is_not_declared_is_found(taxonomy: Taxonomy) -> None:
    faults = broken(taxonomy, groups=taxonomy.groups[1:])
    assert "category E01 names group delivery, which is not declared" in faults


def test_the_group_of_a_category_that_is_not_declared_is_named(taxonomy: Taxonomy) -> None:
    changed = taxonomy.model_copy(update={"groups": taxonomy.groups[1:]})
    with pytest.raises(ValueError, match="category E01 names group delivery"):
        tree.group_of(changed, "E01")


def test_a_boundary_that_leads_back_is_found(taxonomy: Taxonomy) -> None:
    first = taxonomy.categories[0]
    looped = first.model_copy(update={"boundaries": (Boundary(when="Ever.", then=first.id),)})
    faults = broken(taxonomy, categories=(looped, *taxonomy.categories[1:]))
    assert faults == ["a boundary of category E01 leads back to it"]


def test_a_missing_attribution_is_found(taxonomy: Taxonomy) -> None:
    faults = broken(taxonomy, attributions=taxonomy.attributions[:2])
    assert faults == ["attribution harness is missing: every verdict names one of the three"]


@given(st.text(max_size=5))
def test_check_never_raises_on_repeated_subtypes(text: str) -> None:
    """The check reports, whatever the ids say."""
    assert tree._repeated("x", [text, text]) == [f"x {text} is there 2 times"]
