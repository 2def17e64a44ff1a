"""What an id means stays while the version does: what was cited keeps its sense."""

from pathlib import Path

import pytest

from generator.records.taxonomy import Released, Taxonomy
from generator.store.documents import read_document, write_document
from generator.taxonomy.meaning import meanings
from generator.taxonomy.retirement import snapshot
from tests.store.tree import TAXONOMY, sound, write
from tests.taxonomy.test_check import RELEASED, TREE, messages, tree

NAME = ("name: Arithmetic", "name: Wrong language")
DEFINITION = ("definition: A false sum.", "definition: It answers in another language.")
BOUNDS = (
    "    definition: The result of a calculation is wrong.\n",
    "    definition: The result of a calculation is wrong.\n    includes: [A wrong year.]\n",
)
MINOR = ('version: "1.0"', 'version: "1.1"')
MAJOR = ('version: "1.0"', 'version: "2.0"')
EVERYDAY = ("    group: calculation\n", "    group: calculation\n    everyday: [bad sums]\n")
AT = f"{TREE}:23: categories.1.subcategories.0: E13/arithmetic"
SINCE = "in version 1.0, which was released,"
MEND = "put it back; for better words of the same meaning raise the minor version"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Content whose taxonomy was released."""
    made = sound(tmp_path)
    taxonomy, _ = read_document(write(made, TREE, TAXONOMY), Taxonomy, TREE)
    assert taxonomy is not None
    write(made, "taxonomy/released.yml", write_document(snapshot(taxonomy)))
    assert messages(made) == []
    return made


def test_another_name_and_definition_are_another_meaning(root: Path) -> None:
    expected = (
        f'{AT} Wrong language: {SINCE} its name was "Arithmetic" and '
        "its definition another: the id would mean something else: put one of them back, raise "
        "the major version, or retire it and take a new id"
    )
    for version in ((), (MINOR,)):
        write(root, TREE, tree(NAME, DEFINITION, *version))
        assert messages(root) == [expected]
    write(root, TREE, tree(NAME, DEFINITION, MAJOR))
    assert messages(root) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (NAME, f'{AT} Wrong language: {SINCE} its name was "Arithmetic": {MEND}'),
        (DEFINITION, f"{AT} Arithmetic: {SINCE} it was defined in other words: {MEND}"),
        (
            BOUNDS,
            (
                f"{TREE}:18: categories.1: E13 Computation Error: {SINCE} it was defined in other "
                f"words: {MEND}"
            ),
        ),
    ],
)
def test_better_words_need_a_higher_minor_version(
    root: Path, change: tuple[str, str], expected: str
) -> None:
    write(root, TREE, tree(change))
    assert messages(root) == [expected]
    write(root, TREE, tree(change, MINOR))
    assert messages(root) == []


def test_what_says_nothing_of_the_meaning_may_change(root: Path) -> None:
    write(root, TREE, tree(EVERYDAY))
    assert messages(root) == []


def test_a_release_from_before_meanings_were_kept_is_read_and_holds_nothing(root: Path) -> None:
    write(root, "taxonomy/released.yml", RELEASED)
    write(root, TREE, tree(NAME, DEFINITION))
    assert messages(root) == []


def test_meanings_are_of_all_ids_in_use_and_the_same_again(root: Path) -> None:
    taxonomy, _ = read_document(root / TREE, Taxonomy, TREE)
    released, _ = read_document(root / "taxonomy/released.yml", Released, "released.yml")
    assert taxonomy is not None
    assert released is not None
    assert released.meanings == meanings(taxonomy)
    assert tuple(meaning.id for meaning in released.meanings) == released.ids
