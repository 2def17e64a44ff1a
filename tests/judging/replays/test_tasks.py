"""Truth values, drawn paths, sorting and ordering."""

import pytest

from generator.judging.replays import booleans, ordering, polygons, sorting

PATH = 'This element <path d="M 1.0,2.0 L 3.0,4.0 L 5.0,1.0 L 1.0,2.0"/> draws a'
LISTED = [
    "(1) M 1.0,2.0: Move.",
    "(2) L 3.0,4.0: Line.",
    "(3) L 5.0,1.0: Line.",
    "(4) L 1.0,2.0: Line.",
]
PUZZLE = (
    "Three objects are arranged in a fixed order. On a shelf, there are three books: a red book, a"
    " tan book, and an old map. The tan book is to the left of the red book. The old map is the"
    " leftmost.\nOptions:\n(A) The red book is the leftmost"
)
WORDS = "Sort the following words alphabetically: List: pear fig apple"


@pytest.mark.parametrize(
    ("output", "kind", "quote"),
    [
        ("A: not ( True ) = not True = False", None, ""),
        ("so not not False = True.", "truth-wrong", "not not False = True"),
        (
            "not True and False = not (True and False) = True",
            "truth-regrouped",
            "not True and False = not (True and False)",
        ),
        ("Z = A or B = True", None, ""),
    ],
)
def test_false_equalities_of_truth_values_are_found(
    output: str, kind: str | None, quote: str
) -> None:
    slip = booleans.replay("not ( True and False ) is", output)
    assert (slip.kind if slip else None) == kind
    assert slip is None or output[slip.span.start : slip.span.end] == quote


def test_truth_values_in_other_tasks_are_left_alone() -> None:
    assert booleans.replay("Is it True that water is wet?", "not not False = True") is None


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([*LISTED, "It creates three consecutive and touching lines."], None),
        ([*LISTED, "It creates four consecutive and touching lines."], "count-wrong"),
        ([LISTED[0], LISTED[2], LISTED[3], "It draws two lines."], "segment-skipped"),
        ([*LISTED[:2], "It draws one line."], "segment-skipped"),
        (["It draws nine lines."], None),
    ],
)
def test_the_segments_of_a_path_are_counted(lines: list[str], kind: str | None) -> None:
    slip = polygons.replay(PATH, "\n".join(lines))
    assert (slip.kind if slip else None) == kind


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        ("apple fig pear", None),
        ("fig apple pear", "words-misordered"),
        ("apple pear", "answer-incomplete"),
        ("apple apple fig pear", "words-repeated"),
        ('We now have: "apple" < "fig" < "pear". So the answer is apple fig pear', None),
        ('Hence, we have "apple" < "pear" < "fig". So the answer is apple fig pear', "misordered"),
        ('We now have: "apple" < "pear". So the answer is apple fig pear.', "words-skipped"),
    ],
)
def test_sorted_words_are_checked(output: str, kind: str | None) -> None:
    slip = sorting.replay(WORDS, output)
    assert (slip is None) == (kind is None)
    assert slip is None or (kind or "") in slip.kind


def test_a_puzzle_is_solved_from_its_statements() -> None:
    puzzle = ordering.puzzle_of(PUZZLE)
    assert puzzle is not None
    assert puzzle.orders == ((2, 1, 0),)
    assert ordering.puzzle_of(PUZZLE.replace("is to the left of", "admires")) is None


@pytest.mark.parametrize(
    ("output", "follows"),
    [
        ('(1) The tan book is to the left of the red book: "(left) ? tan ? red ? (right)".', True),
        ('(1) The tan book is to the left of the red book: "(left) ? red ? tan ? (right)".', False),
        ('Combining we get: "(left) old map tan red (right)".', True),
        ('Combining we get: "(left) tan old map red (right)".', False),
        ('Combining we get: "(right) red tan old map (left)".', True),
        ("The red book is the rightmost. So the answer is (C).", True),
        ("The tan book is the rightmost. So the answer is (B).", False),
        ("The tan book cannot be the rightmost.", True),
    ],
)
def test_an_order_that_the_statements_rule_out_is_found(output: str, follows: bool) -> None:
    assert (ordering.replay(PUZZLE, output) is None) == follows
