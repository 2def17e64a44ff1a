"""Templates of charts are built once, and found again by a later build."""

from pathlib import Path

import pytest

from generator.charts.responsive import made_once
from generator.store.kept import keeping

calls: list[tuple[str, bool]] = []


@pytest.fixture(autouse=True)
def _forget() -> None:
    calls.clear()


def build(name: str, *, pooled: bool) -> str:
    calls.append((name, pooled))
    return f"{name} {pooled}"


def test_a_template_is_built_once_for_the_same_values() -> None:
    made = made_once(build)
    assert [made("a", pooled=True), made("a", pooled=True)] == ["a True", "a True"]
    assert made("a", pooled=False) == "a False"
    assert calls == [("a", True), ("a", False)]


def test_a_template_is_kept_for_the_next_build_and_stays_while_it_is_used(tmp_path: Path) -> None:
    made = made_once(build)
    for _ in range(2):  # the second time it is known to this process as well
        with keeping(tmp_path):
            made("a", pooled=True)
        assert len(list(tmp_path.iterdir())) == 1
    with keeping(tmp_path):
        assert made_once(build)("a", pooled=True) == "a True"
    assert calls == [("a", True)]
