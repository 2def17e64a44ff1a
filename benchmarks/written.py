"""Figures of a simulation as a Markdown table."""

import pandas as pd


def markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown, shares in per cent."""
    whole = {"called", "atlases", "intervals"}
    lines = [
        f"| {table.index.name} | {' | '.join(table.columns)} |",
        f"|---|{'---:|' * len(table.columns)}",
    ]
    for name, row in table.iterrows():
        cells = (
            f"{value:,.0f}" if column in whole else "" if pd.isna(value) else f"{value * 100:.1f}"
            for column, value in row.items()
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
