"""A short run of the simulation that shows intervals to hold what they promise."""

import importlib.util
from pathlib import Path


def test_intervals_hold_and_a_mix_brings_back_the_signature(project_root: Path) -> None:
    path = project_root / "benchmarks" / "mix_adjustment.py"
    spec = importlib.util.spec_from_file_location("mix_adjustment", path)
    assert spec is not None
    assert spec.loader is not None
    simulation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(simulation)
    found = simulation.figures(20, seed=7)
    assert found["raw share, largest mean error"] > 0.10
    assert found["adjusted share, largest mean error"] < 0.03
    for figure in ("adjusted share", "adjusted difference", "paired difference"):
        assert 0.88 <= found[f"{figure}, interval holds"] <= 1.0
    assert found["McNemar, called where there is none"] < 0.15
