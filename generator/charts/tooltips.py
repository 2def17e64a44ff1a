"""What a chart says of the mark under the pointer."""

from collections.abc import Mapping

import altair as alt


def tooltips(fields: Mapping[str, str]) -> list[alt.Tooltip]:
    """Return the lines of a tooltip.

    Args:
        fields: Fields of the table, which hold words, with what each is called.
    """
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in fields.items()]
