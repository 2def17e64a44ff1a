"""Retired ids: what they count as, and that no verdict is lost by retiring one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.taxonomy import Released, Retired, Taxonomy
from generator.stats.collect import collect, read_current_table
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.documents import read_document
from generator.store.verdicts import verdict_bytes
from generator.taxonomy.retirement import as_now, current, placed, snapshot, successor
from tests.store.test_checks import PARQUET, on, put
from tests.store.test_round_trips import FULL
from tests.store.tree import TAXONOMY, sound, write

GONE = (
    Retired(id="E18", name="Sums", since="0.8", retired="0.9", redirect="E19"),
    Retired(id="E19", name="Adding", since="0.8", retired="1.0", redirect="E13/arithmetic"),
    Retired(id="E02/lost", name="Lost", since="0.9", retired="1.0", reason="Never seen."),
    Retired(id="E20", name="Split", since="0.9", retired="1.0", reason="It was two things."),
    Retired(id="E20/half", name="Half", since="0.9", retired="1.0", redirect="E02/empty"),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    root = tmp_path_factory.mktemp("tree")
    made, problems = read_document(write(root, "t.yml", TAXONOMY), Taxonomy, "t.yml")
    assert problems == []
    assert made is not None
    return made.model_copy(update={"retired": GONE})


@pytest.mark.parametrize(
    ("given_ids", "now"),
    [
        (("E13", "arithmetic"), ("E13", "arithmetic")),
        (("E18", None), ("E13", "arithmetic")),
        (("E18", "any"), ("E13", "arithmetic")),
        (("E02", "lost"), ("E02", None)),
        (("E20", "half"), ("E02", "empty")),
        (("E20", None), (None, None)),
        (("E20", "other"), (None, None)),
        ((None, None), (None, None)),
    ],
)
def test_retired_ids_count_as_what_took_their_place(
    tree: Taxonomy, given_ids: tuple[str | None, str | None], now: tuple[str | None, str | None]
) -> None:
    assert current(tree, *given_ids) == now


@given(redirects=st.lists(st.sampled_from(["E80", "E81", "E82", "E13", None]), min_size=3))
def test_following_redirects_always_ends(tree: Taxonomy, redirects: list[str | None]) -> None:
    """In a circle as well: it leads nowhere, and the check reports it."""
    gone = tuple(
        Retired(
            id=f"E8{place}", name="X", since="0.9", retired="1.0", redirect=redirect, reason="Y."
        )
        for place, redirect in enumerate(redirects[:3])
    )
    looped = tree.model_copy(update={"retired": gone})
    assert {successor(looped, entry.id) for entry in gone} <= {None, "E13"}


def test_secondary_ids_are_read_through_too(tree: Taxonomy) -> None:
    verdict = FULL.model_copy(
        update={"category": "E18", "subcategory": None, "secondary": ("E20", "E18", "E02")}
    )
    now = as_now(tree, verdict)
    assert (now.category, now.subcategory, now.secondary) == ("E13", "arithmetic", ("E02",))


def retired_content(tmp_path: Path) -> Path:
    """Return content whose verdicts hold retired ids."""
    root = sound(tmp_path)
    gone = "".join(
        f"  - {{id: {entry.id}, name: X, since: '{entry.since}', retired: '{entry.retired}', "
        + (f"redirect: {entry.redirect}}}\n" if entry.redirect else "reason: Y.}\n")
        for entry in GONE
    )
    write(root, "taxonomy/atlas.yml", f"{TAXONOMY}retired:\n{gone}")
    fields = {name: getattr(FULL, name) for name in FULL.model_fields_set - {"key"}}
    changes = {"secondary": (), "evidence": ()}
    given_ids = {"q2": ("E18", None), "q3": ("E20", None), "q4": ("E02", "lost")}
    verdicts = [
        on(item, **fields).model_copy(
            update={**changes, "item_id": item, "category": category, "subcategory": sub}
        )
        for item, (category, sub) in given_ids.items()
    ]
    put(root, verdict_bytes(verdicts, {}))
    return root


def test_verdicts_with_retired_ids_are_sound_and_counted_as_their_successor(
    tmp_path: Path,
) -> None:
    root = retired_content(tmp_path)
    content = load_content(root)
    assert check_content(content) == []
    rows = collect(content).failures.set_index("item_id")
    assert (rows.loc["q2", "category"], rows.loc["q2", "subcategory"]) == ("E13", "arithmetic")
    assert (rows.loc["q4", "category"], rows.loc["q4", "subcategory"]) == ("E02", None)
    assert rows.loc["q3", "status"] == "no_verdict"
    assert rows.loc["q3", "category"] is None
    assert rows.loc["q3", "attribution"] is None


def test_a_table_without_retired_ids_is_left_alone(tmp_path: Path) -> None:
    content = load_content(retired_content(tmp_path))
    path = content.layout.root / PARQUET
    bare = content.taxonomy.model_copy(update={"retired": ()})
    assert list(read_current_table(path, bare)["category"]) == ["E18", "E20", "E02"]


def test_a_snapshot_has_every_id_in_use_and_every_retired_one(tree: Taxonomy) -> None:
    frozen = snapshot(tree)
    assert frozen.ids == ("E02", "E02/empty", "E02/truncated", "E13", "E13/arithmetic")
    assert frozen.retired == tuple(entry.id for entry in GONE)


def test_the_committed_ids_are_those_of_the_last_release_and_none_is_lost(
    content_root: Path,
) -> None:
    content = load_content(content_root)
    assert content.released is not None
    known = {*placed(content.taxonomy), *(gone.id for gone in content.taxonomy.retired)}
    assert set(content.released.ids) <= known
    assert isinstance(content.released, Released)
