"""What the site is held to, and which figures miss it."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Target(NamedTuple):
    """What a figure has to keep to."""

    figure: str
    """Name of the figure."""
    least: float | None
    """Smallest value that will do."""
    most: float | None
    """Largest value that will do."""

    def missed(self, value: float) -> bool:
        """Tell whether a value will not do."""
        low = self.least is not None and value < self.least
        return low or (self.most is not None and value > self.most)

    def __str__(self) -> str:
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"


CHART_KB, PLAIN_KB = 700, 150
"""Most kB over the wire, of 1,000 bytes, of a page with charts and of one without."""
PER_PAGE = (
    Target("chart desktop s", None, 1.5),
    Target("chart slow s", None, 4.0),
    Target("largest paint slow s", None, 2.5),
    Target("shift", None, 0.02),
    Target("blocked by policy", None, 0),
    Target("other hosts", None, 0),
    Target("errors", None, 0),
    Target("sideways px", None, 0),
    Target("axe light", None, 0),
    Target("axe dark", None, 0),
    Target("performance", 90, None),
    Target("accessibility", 100, None),
    Target("best practices", 100, None),
)
"""Of every page kind."""
WHOLE = (Target("site MB", None, 100), Target("search index kB", None, 40))
"""Of the site as a whole; the index as gzip."""


def weight(charts: int) -> Target:
    """Return what the weight of a page is held to."""
    return Target("kB", None, CHART_KB if charts else PLAIN_KB)


def figures(kind: str, raw: Mapping[str, Any]) -> dict[str, float]:
    """Return the figures of a page by name; those that were not measured are left out."""
    sent: Mapping[str, int] = raw["bytes"]
    # What Explore counts and shows is fetched for it, and measured apart.
    counted = sum(number for name, number in sent.items() if kind != "explore" or name != "data")
    found = {
        "kB": counted / 1000,
        "data kB": sent.get("data", 0) / 1000,
        "chart desktop s": raw.get("chart_desktop"),
        "chart slow s": raw.get("chart_slow"),
        "largest paint slow s": raw["largest_paint_slow"],
        "shift": max(raw["shift_wide"], raw["shift_narrow"]),
        "blocked by policy": len(raw["blocked"]),
        "other hosts": len(raw["elsewhere"]),
        "errors": len(raw["errors"]) + len(raw["errors_narrow"]),
        "sideways px": raw["sideways"],
        "axe light": len(raw["axe_light"]),
        "axe dark": len(raw["axe_dark"]),
        **{
            shown: raw["lighthouse"][name]
            for shown, name in (
                ("performance", "performance"),
                ("accessibility", "accessibility"),
                ("best practices", "best-practices"),
            )
            if "lighthouse" in raw
        },
    }
    return {name: float(value) for name, value in found.items() if value is not None}


def missed(kind: str, raw: Mapping[str, Any]) -> dict[str, str]:
    """Return the targets that a page misses, in words, by figure."""
    measured = figures(kind, raw)
    return {
        target.figure: f"{kind}: {target.figure} {measured[target.figure]:.4g}, is held to {target}"
        for target in (weight(raw["charts"]), *PER_PAGE)
        if target.figure in measured and target.missed(measured[target.figure])
    }
