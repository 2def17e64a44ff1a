"""Rows as Markdown, for a terminal and for benchmarks/README.md."""

from collections.abc import Sequence

from generator.records.speed import Row


def table(rows: Sequence[Row]) -> str:
    """Return what was measured."""
    columns = ["row", "on", "processor s", "elapsed s", "peak MiB", "against", "its s", "ratio"]
    lines = [f"| {' | '.join(columns)} |", "|---|---|---:|---:|---:|---|---:|---:|"]
    for row in rows:
        cost = row.cost
        told = f"{cost.processor_s:,.1f} | {cost.elapsed_s:,.1f} | {cost.peak_mib:,.0f}"
        on = "; ".join(f"{number:,} {name}" for name, number in row.counts.items())
        for place, one in enumerate(row.beside or (None,)):
            start = f"{row.name} | {on} | {told}" if place == 0 else " | | | | "
            plain = (
                "| |" if one is None else f"{one.what} | {one.processor_s:,.2f} | {one.ratio:,.2f}"
            )
            lines.append(f"| {start} | {plain} |")
    return "\n".join(lines)


UNITS = ("rows", "failures")
"""What the cost of a stage should grow with, the first that is counted."""


def growth(rows: Sequence[Row]) -> str:
    """Return what a thousand units cost at each scale: the same everywhere where it is linear."""
    lines = ["| row | a thousand | processor ms | of the smallest |", "|---|---|---:|---:|"]
    smallest: dict[str, float] = {}
    for row in rows:
        unit = next((name for name in UNITS if row.counts.get(name)), None)
        if unit is None or not row.scale.endswith("x"):
            continue
        # Starting takes the same whatever follows.
        spent = row.cost.processor_s - row.parts.get("start", 0.0)
        each = 1e6 * spent / row.counts[unit]
        first = smallest.setdefault(row.stage, each)
        lines.append(f"| {row.name} | {unit} | {each:,.1f} | {each / first:.2f} |")
    return "\n".join(lines) if smallest else ""


def targets(rows: Sequence[Row]) -> str:
    """Return what had to be kept to, and whether it was."""
    lines = ["| row | target | is | at most |  |", "|---|---|---:|---:|---|"]
    for row in rows:
        for one in row.targets:
            kept = "kept" if one.kept else "**missed**"
            lines.append(
                f"| {row.name} | {one.what} | {one.value:,.2f} | {one.limit:,.0f} | {kept} |"
            )
    return "\n".join(lines)


def missing(rows: Sequence[Row]) -> list[str]:
    """Return what was not measured, and why."""
    return [f"{row.name}: {why}" for row in rows for why in row.missing]
