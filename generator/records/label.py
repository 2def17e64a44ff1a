"""``content/labels/<benchmark>.jsonl``: reference labels, for measuring judges."""

from typing import Literal

from generator.records.base import (
    CategoryId,
    ItemId,
    Line,
    ModelId,
    Record,
    Sha256,
    Slug,
    SubcategoryId,
)
from generator.records.taxonomy import Attribution


class Label(Record):
    """The cause of one failure as known or agreed, never shown to a judge."""

    item_id: ItemId
    """Item."""
    model: ModelId
    """Model."""
    labeller: Slug
    """Who says so; ``planted`` where a program put the fault there."""
    status: Literal["verdict", "undetermined"] = "verdict"
    """Whether the output shows a cause."""
    attribution: Attribution = "model"
    """Whose fault it is."""
    attribution_subtype: SubcategoryId | None = None
    """Finer, for faults of the benchmark or the harness."""
    category: CategoryId | None = None
    """Category of the first major error."""
    subcategory: SubcategoryId | None = None
    """Subcategory of it."""
    acceptable: tuple[CategoryId, ...] = ()
    """Other categories that a careful labeller could defend."""
    note: Line | None = None
    """Why."""
    key: Sha256 | None = None
    """For a correction of a verdict, the prediction that it speaks of; corrections measure no
    judge, since their failures were chosen because a verdict was wrong."""
