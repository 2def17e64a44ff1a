"""A taxonomy that does not hang together is told apart, with path, line and mending."""

from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.store.content import load_content
from generator.taxonomy.check import check_taxonomy
from tests.store.tree import TAXONOMY, sound, write

TREE = "taxonomy/atlas.yml"
RELEASED = 'version: "1.0"\nids: [E02, E02/empty, E02/truncated, E13, E13/arithmetic]\n'
CROSSWALK = """\
title: Other
work: Other errors
authors: A. Nobody
year: 2026
url: https://example.org/paper
source: https://example.org/scheme
licence: CC0-1.0; names alone.
checked: In the source.
entries:
  - name: Bad sum
    matches:
      - {to: E13/arithmetic, relation: close}
    note: Both.
"""
SCHEME = "taxonomy/crosswalks/other.yml"
RETIRED = """\
retired:
  - {id: E18, name: Sums, since: "0.9", retired: "1.0", redirect: E13}
  - {id: E18/first, name: First, since: "0.9", retired: "1.0", redirect: E13/arithmetic}
"""


def messages(root: Path) -> list[str]:
    """Return every message on a content folder."""
    try:
        content = load_content(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in check_taxonomy(content)]


def tree(*changes: tuple[str, str], end: str = "") -> str:
    """Return the taxonomy with some of its text replaced."""
    text = TAXONOMY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text + end


def test_sound_files_have_no_message(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, TREE, tree(end=RETIRED))
    write(root, "taxonomy/released.yml", RELEASED)
    write(root, SCHEME, CROSSWALK)
    assert messages(root) == []


CIRCLE = "the redirects lead back to it: lead one of them to an id in use"
FAULTS = {
    "category twice": (
        tree(("id: E13", "id: E02")),
        f"{TREE}:18: categories.1.id: E02: it is there twice: keep one",
    ),
    "subcategory twice": (
        tree(("id: truncated", "id: empty")),
        f"{TREE}:17: categories.0.subcategories.1.id: empty: it is there twice: keep one",
    ),
    "two subcategories of one name": (
        tree(("name: Cut off", "name: EMPTY")),
        f"{TREE}:17: categories.0.subcategories.1.name: EMPTY: it is there twice: keep one",
    ),
    "group without category": (
        tree(("group: calculation", "group: delivery")),
        (
            f"{TREE}:9: groups.1.id: calculation: no category is in the group: "
            "remove it or put one in"
        ),
    ),
    "undeclared group": (
        tree(
            ("group: calculation", "group: sums"),
            ("  - {id: calculation, name: Calculation, question: What was computed}\n", ""),
        ),
        f"{TREE}:19: categories.1.group: sums: no such group: use one of groups or add it",
    ),
    "missing attribution": (
        tree(("  - {id: harness, name: The harness, definition: The answer was not found.}\n", "")),
        (
            f"{TREE}:3: attributions: : harness is missing: every verdict names one of the three: "
            "add it"
        ),
    ),
    "definition too long": (
        tree(("The result of a calculation is wrong.", "x" * 241)),
        (f"{TREE}:21: categories.1.definition: {'x' * 60}…: too long: use at most 240 characters"),
    ),
    "unknown exclude": (
        tree(end="    excludes:\n      - {when: Ever., then: E13/first}\n").replace(
            "E13/first", "E02/first"
        ),
        (
            f"{TREE}:25: categories.1.excludes.0.then: E02/first: no such id in the taxonomy: "
            "correct it or add it to the taxonomy"
        ),
    ),
    "exclude that leads back": (
        tree(end="    excludes:\n      - {when: Ever., then: E13/arithmetic}\n"),
        (
            f"{TREE}:25: categories.1.excludes.0.then: E13/arithmetic: it leads back to E13: "
            "name what applies instead"
        ),
    ),
    "unknown tie-break": (
        tree(end="tie_breaks:\n  - Content before form.\n  - E02 or E14/skipped.\n"),
        (
            f"{TREE}:26: tie_breaks.1: E14/skipped: no such id in the taxonomy: "
            "correct it or add it to the taxonomy"
        ),
    ),
    "later than the version": (
        tree(("group: calculation", 'group: calculation\n    since: "1.1"')),
        (
            f"{TREE}:21: categories.1.since: 1.1: later than version 1.0 of the taxonomy: "
            "raise version or correct it"
        ),
    ),
    "retired without redirect or reason": (
        tree(end='retired:\n  - {id: E18, name: S, since: "0.9", retired: "1.0"}\n'),
        (
            f"{TREE}:25: retired.0: {{'id': 'E18', 'name': 'S', 'since': '0.9', "
            "'retired': '1.0'}: a retired id needs a redirect or a reason: correct the values named"
        ),
    ),
    "redirect that leads nowhere": (
        tree(end=RETIRED.replace("redirect: E13}", "redirect: E19}")),
        (
            f"{TREE}:25: retired.0.redirect: E19: no such id, in use or retired: "
            "name a category or subcategory"
        ),
    ),
    "redirects in a circle": (
        tree(end=RETIRED.replace("redirect: E13}", "redirect: E18/first}")).replace(
            "redirect: E13/arithmetic", "redirect: E18"
        ),
        (
            f"{TREE}:25: retired.0.redirect: E18/first: {CIRCLE}",
            f"{TREE}:26: retired.1.redirect: E18: {CIRCLE}",
        ),
    ),
    "retired and in use": (
        tree(end=RETIRED.replace("id: E18,", "id: E02,").replace("E18/first", "E02/first")),
        f"{TREE}:25: retired.0.id: E02: it is retired and in use: take a new id for what is in use",
    ),
    "orphan subcategory": (
        tree(end=RETIRED.replace("id: E18/first", "id: E19/first")),
        (
            f"{TREE}:26: retired.1.id: E19/first: there is no category E19, in use or retired: "
            "correct the id or retire the category as well"
        ),
    ),
    "retired in a version to come": (
        tree(
            end=RETIRED.replace('retired: "1.0", redirect: E13}', 'retired: "1.2", redirect: E13}')
        ),
        (
            f"{TREE}:25: retired.0.retired: 1.2: not after since (0.9) and up to version (1.0): "
            "correct the versions"
        ),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_the_tree_has_its_exact_message(tmp_path: Path, fault: str) -> None:
    text, expected = FAULTS[fault]
    root = sound(tmp_path)
    write(root, TREE, text)
    assert messages(root) == ([expected] if isinstance(expected, str) else [*expected])


RELEASES = {
    "gone": (
        RELEASED.replace("E13/arithmetic", "E13/arithmetic, E13/algebra"),
        (
            f"{TREE}:10: categories: E13/algebra: released in version 1.0, and here no more: "
            "put it back, or under retired with a redirect or a reason"
        ),
    ),
    "used again": (
        RELEASED.replace(", E13/arithmetic]", "]\nretired: [E13/arithmetic]"),
        (
            f"{TREE}:10: categories: E13/arithmetic: retired in version 1.0, and used again: "
            "take a new id"
        ),
    ),
    "added without a version": (
        RELEASED.replace(", E13/arithmetic", ""),
        (
            f"{TREE}:1: version: E13/arithmetic: not in version 1.0, which was released: "
            "raise the minor version"
        ),
    ),
    "version goes back": (
        RELEASED.replace("1.0", "1.1"),
        f"{TREE}:1: version: 1.0: version 1.1 was released already: raise it",
    ),
}


@pytest.mark.parametrize("fault", RELEASES)
def test_what_was_released_is_never_used_otherwise(tmp_path: Path, fault: str) -> None:
    text, expected = RELEASES[fault]
    root = sound(tmp_path)
    write(root, "taxonomy/released.yml", text)
    assert messages(root) == [expected]


SCHEMES = {
    "unknown target": (
        CROSSWALK.replace("E13/arithmetic", "E13/sums"),
        (
            f"{SCHEME}:12: entries.0.matches.0.to: E13/sums: no such id in the taxonomy: "
            "correct it or add it to the taxonomy"
        ),
    ),
    "entry twice": (
        CROSSWALK + "  - {name: Bad sum, matches: [], note: Again.}\n",
        f"{SCHEME}:14: entries.1.name: Bad sum: it is there twice: keep one",
    ),
    "relation of another kind": (
        CROSSWALK.replace("relation: close", "relation: same"),
        (
            f"{SCHEME}:12: entries.0.matches.0.relation: same: not an allowed value: "
            "use 'exact', 'close', 'broad', 'narrow' or 'related'"
        ),
    ),
}


@pytest.mark.parametrize("fault", SCHEMES)
def test_each_fault_of_a_crosswalk_has_its_exact_message(tmp_path: Path, fault: str) -> None:
    text, expected = SCHEMES[fault]
    root = sound(tmp_path)
    write(root, SCHEME, text)
    assert messages(root) == [expected]


def test_a_scheme_that_is_not_whole_says_what_is_missing(tmp_path: Path) -> None:
    root = sound(tmp_path)
    write(root, SCHEME, CROSSWALK.replace("entries:", "complete: false\nentries:"))
    (message,) = messages(root)
    assert message.startswith(f"{SCHEME}:1: -: ")
    assert message.endswith(
        ": what is missing is given exactly when the scheme is not complete: "
        "correct the values named"
    )


def test_everyday_words_lead_to_one_category(tmp_path: Path) -> None:
    root = sound(tmp_path)
    first = ("name: No Final Answer", "name: No Final Answer\n    everyday: [cut off]")
    second = (
        "name: Computation Error",
        "name: Computation Error\n    everyday: [bad sum, Cut off]",
    )
    write(root, TREE, tree(first, second))
    (message,) = messages(root)
    assert "everyday" in message
    assert "Cut off: these words stand for E02 already: keep them where they fit best" in message
