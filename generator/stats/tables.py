"""The tables that all numbers come from, and their columns.

``attempts``, one row per run:
    benchmark, model (str); attempted, failed (int).

``failures``, one row per failure and judge that spoke on it:
    benchmark, model, item_id, judge (str); status, attribution, attribution_subtype, category,
    subcategory, rule (str or missing); confidence (float or missing); weight (float: how many
    failures of its population the row stands for, missing where it is in no sample).

``labels``, one row per failure whose cause is known from elsewhere:
    benchmark, model, item_id; status, attribution, category (str or missing); acceptable (tuple
    of further categories that could be defended).

``answers``, one row per item attempted and run:
    benchmark, model, item_id (str); variant (int: which wording the model saw); failed (bool);
    answer (bytes or missing: hash of the answer that the harness took).

``items``, one row per wording:
    benchmark, item_id (str); variant (int); reference (bytes or missing: hash of the first
    reference); tags (dict of str: slices that it belongs to).

Where they were collected from content, benchmark and model are categories of all there are, so
that whoever groups by them says ``observed=True``.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from generator.records.judges import ordered
from generator.store.verdicts import VERDICT_COLUMNS

ATTEMPT_COLUMNS = ("benchmark", "model", "attempted", "failed")
FAILURE_COLUMNS = ("benchmark", "model", *VERDICT_COLUMNS, "weight")
LABEL_COLUMNS = (
    "benchmark",
    "model",
    "item_id",
    "status",
    "attribution",
    "category",
    "acceptable",
)
ANSWER_COLUMNS = ("benchmark", "model", "item_id", "variant", "failed", "answer")
ITEM_COLUMNS = ("benchmark", "item_id", "variant", "reference", "tags")
PLACE = ("benchmark", "model", "item_id")
"""What tells one failure from the others."""


class Tables(NamedTuple):
    """Everything the statistics need."""

    attempts: pd.DataFrame
    """One row per run."""
    failures: pd.DataFrame
    """One row per failure and judge."""
    labels: pd.DataFrame
    """One row per failure with a known cause."""
    answers: pd.DataFrame = pd.DataFrame(columns=list(ANSWER_COLUMNS))
    """One row per item attempted and run; none where only failures are known."""
    items: pd.DataFrame = pd.DataFrame(columns=list(ITEM_COLUMNS))
    """One row per wording."""


def attempts_of(answers: pd.DataFrame) -> pd.DataFrame:
    """Return how many items each run attempted and failed, by benchmark and model.

    Args:
        answers: One row per item attempted: benchmark, model, failed.
    """
    if answers.empty:
        return pd.DataFrame(columns=list(ATTEMPT_COLUMNS))
    runs = answers.groupby(["benchmark", "model"], observed=True)["failed"]
    return runs.agg(attempted="size", failed="sum").reset_index()


def settled(failures: pd.DataFrame, judges: Sequence[str]) -> pd.DataFrame:
    """Return one row per failure: that of the first judge in the order that looked.

    *Undetermined* is a finding too: a judge that looked and found too little evidence is not
    overruled by one that counts less. Only a judge that failed (``no_verdict``) is passed over,
    as long as another one looked.

    Args:
        failures: Rows as described above.
        judges: Judges as ``atlas.yml`` lists them, the one that counts most first; others are left
            out.
    """
    order = ordered(judges, failures["judge"].unique())
    rank = {judge: place for place, judge in enumerate(order)}
    listed = failures["judge"].isin(rank)
    known = failures if listed.all() else failures[listed]
    placed = known.assign(
        _failed=known["status"] == "no_verdict",
        _rank=known["judge"].map(rank).astype(int),
    ).sort_values(["benchmark", "model", "item_id", "_failed", "_rank"], kind="stable")
    first = placed.drop_duplicates(["benchmark", "model", "item_id"], keep="first")
    return first.drop(columns=["_failed", "_rank"]).reset_index(drop=True)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, each by column name, with Python's own numbers and texts."""
    # Not ``to_dict``, nor column by column, which take some ten or three times as long for the few
    # rows that most frames have.
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(object).tolist()]
