"""Made-up failures for the statistics: so many of each category for each model."""

from collections.abc import Mapping, Sequence

import pandas as pd

from generator.stats.tables import FAILURE_COLUMNS

CATEGORIES = ["E02", "E11", "E13"]


def failing(counts: Mapping[str, Sequence[int]], judge: str = "rules") -> pd.DataFrame:
    """Return failures of each model, categories in order; the models share the items."""
    rows = [
        ("sums", model, f"q{place}", judge, "verdict", "model", category)
        for model, many in counts.items()
        for place, category in enumerate(
            name for name, count in zip(CATEGORIES, many, strict=True) for _ in range(count)
        )
    ]
    frame = pd.DataFrame(rows, columns=[*FAILURE_COLUMNS[:5], "attribution", "category"])
    return frame.reindex(columns=list(FAILURE_COLUMNS)).astype({"weight": float})
