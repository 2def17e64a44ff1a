"""Every function that computes something says after whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

STATS = Path(__file__).parents[2] / "generator" / "stats"
ARRANGING = {
    "atlas",
    "coding",
    "collect",
    "parts",
    "proposals",
    "reviews",
    "stacks",
    "steps",
    "tables",
    "vectors",
}
"""Modules that read, choose and arrange rows; what is computed of them stands elsewhere."""
CHOOSING = {
    "agreement.answers",
    "agreement.pairs",
    "benchmarks.Anatomy.failed_by_all",
    "benchmarks.Anatomy.failed_by_none",
    "comparison.shared_items",
    "designs.Shares.columns",
    "designs.joining",
    "distinctive.compared",
    "precision.cells",
    "published.counting",
    "resampling.Draws.together",
    "similarity.comparable",
    "slices.tags_of",
    "splits.family_of",
    "suspects.strong_models",
    "trust.corrections",
    "trust.measuring",
}
"""Functions elsewhere that do no more than that."""


def public(tree: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node, f"{name}.{node.name}")
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{name}.{node.name}", ast.get_docstring(node) or ""


@pytest.mark.parametrize(
    "module", sorted({path.stem for path in STATS.glob("[!_]*.py")} - ARRANGING)
)
def test_what_computes_names_its_source(module: str) -> None:
    tree = ast.parse((STATS / f"{module}.py").read_text(encoding="utf-8"))
    silent = {name for name, said in public(tree, module) if "\nSource:\n" not in said}
    assert silent <= CHOOSING
