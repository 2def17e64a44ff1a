"""The drawing of a proposal holds every branch, in words, as boxes and as a table."""

from generator.charts.found import found_tree, standing_of
from generator.records.proposal import Branch, Proposal


def branch(name: str, failures: int, *below: Branch, **more: object) -> Branch:
    return Branch.model_validate(
        {"name": name, "failures": failures, "titles": 1, "branches": below, **more}
    )


TREE = (
    branch("adds, added", 60, branch("carries", 40, proposed=True), branch("sums", 20)),
    branch("No Answer", 30, atlas="E02"),
    branch("Other", 10, kind="other"),
    branch("Unclear", 0, kind="unclear"),
)


def test_boxes_are_as_high_as_their_share_and_lie_on_one_another() -> None:
    chart = found_tree(Proposal.model_construct(branches=TREE))
    (data,) = chart.spec["datasets"].values()
    boxes = {row["name"]: row for row in data}
    assert {name: (row["low"], row["high"]) for name, row in boxes.items()} == {
        "adds, added": (0.0, 0.6),
        "carries": (0.0, 0.4),
        "sums": (0.4, 0.6),
        "No Answer": (0.6, 0.9),
        "Other": (0.9, 1.0),
    }
    assert chart.title == "Largest of 2 categories at the top: adds, added, 60\N{NO-BREAK SPACE}%"
    assert "n = 100" in chart.subtitle
    assert chart.table["Category"].tolist() == [
        "adds, added",
        "adds, added: carries",
        "adds, added: sums",
        "No Answer",
        "Other",
    ]


def test_colours_say_what_the_atlas_has_of_a_branch() -> None:
    adds, known, other, _ = TREE
    assert [standing_of(one) for one in (adds, adds.branches[0], known, other)] == [
        "mostly in the Atlas",
        "proposed",
        "in the Atlas",
        "no category",
    ]


def test_without_a_category_the_title_says_so() -> None:
    chart = found_tree(Proposal.model_construct(branches=(branch("Other", 3, kind="other"),)))
    assert chart.title == "No category was found"
