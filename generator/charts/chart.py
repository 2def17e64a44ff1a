"""What a page needs of a chart, and what all charts are made of."""

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Order:
    """One order of the rows of a chart."""

    id: str
    """What the signal ``order`` of the specification takes."""
    name: str
    """What a reader chooses: rows in order of …"""


@dataclass(frozen=True)
class Chart:
    """One chart in words, as a drawing and as a table. No chart goes without its n."""

    id: str
    """Slug, unique on its page."""
    title: str
    """The finding, computed from the data, as one sentence without a full stop."""
    subtitle: str
    """The measure, the population and n."""
    description: str
    """Text alternative: one or two sentences."""
    spec: dict[str, Any]
    """Vega-Lite, data inline. Colours that follow the scheme come from ``charts.theme``."""
    table: pd.DataFrame
    """The same numbers as text, column names as shown; see ``told.texts``."""
    orders: tuple[Order, ...] = ()
    """Orders that a reader can put the rows in, the first being the one drawn; mostly none."""
