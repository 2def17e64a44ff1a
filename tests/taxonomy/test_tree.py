"""The published taxonomy hangs together, and a broken one is told apart."""

from pathlib import Path

import pytest

from generator.records.taxonomy import Taxonomy
from generator.store.documents import read_document
from generator.taxonomy import tree
from generator.taxonomy.check import faults


@pytest.fixture(scope="module")
def taxonomy(content_root: Path) -> Taxonomy:
    record, problems = read_document(
        content_root / "taxonomy" / "atlas.yml", Taxonomy, "taxonomy/atlas.yml"
    )
    assert problems == []
    assert record is not None
    return record


def test_published_taxonomy_has_no_fault(taxonomy: Taxonomy) -> None:
    assert [*faults(taxonomy)] == []


def test_published_taxonomy_has_the_seventeen_categories_in_order(taxonomy: Taxonomy) -> None:
    assert [entry.id for entry in taxonomy.categories] == [f"E{n:02d}" for n in range(1, 18)]
    assert taxonomy.version == "1.0"


def test_five_names_are_marked_as_those_of_the_paper(taxonomy: Taxonomy) -> None:
    marked = [entry.id for entry in taxonomy.categories if entry.paper]
    assert marked == ["E06", "E07", "E10", "E11", "E13"]


def test_every_category_tells_itself_from_at_least_one_neighbour(taxonomy: Taxonomy) -> None:
    assert [entry.id for entry in taxonomy.categories if not entry.excludes] == []


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


def test_the_group_of_a_category_that_is_not_declared_is_named(taxonomy: Taxonomy) -> None:
    changed = taxonomy.model_copy(update={"groups": taxonomy.groups[1:]})
    with pytest.raises(ValueError, match="category E01 names group delivery"):
        tree.group_of(changed, "E01")
