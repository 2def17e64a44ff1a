"""How often the rules say what is known of a failure from elsewhere."""

from typing import NamedTuple

import pandas as pd

from generator.stats.intervals import wilson

_PLACE = ["benchmark", "model", "item_id"]
_SAID = ["attribution", "category"]
AGREEMENT_COLUMNS = ("rule", "spoke", "agreed", "share", "low", "high")


class RuleAgreement(NamedTuple):
    """Per rule, where it settled and something else is known of the failure.

    Both tables have one row per rule that spoke: rule, spoke, agreed (int), share, low, high.
    """

    annotated: pd.DataFrame
    """Against the annotators' verdicts, on failures drawn at random."""
    planted: pd.DataFrame
    """Against the causes that were planted."""


def rule_agreement(failures: pd.DataFrame, labels: pd.DataFrame, level: float) -> RuleAgreement:
    """Compare the rules' verdicts with the annotators' and with planted causes.

    A rule agrees where attribution and category are the same; a failure that the annotator
    found undetermined counts against it.

    Args:
        failures: One row per failure and judge, see ``generator.stats.tables``.
        labels: benchmark, model, item_id, attribution, category; one row per failure.
        level: Confidence level of the Wilson intervals.
    """
    by_rules = failures[(failures["judge"] == "rules") & failures["rule"].notna()]
    sampled = failures[(failures["judge"] != "rules") & failures["weight"].notna()]
    return RuleAgreement(
        annotated=_compared(by_rules, sampled, level), planted=_compared(by_rules, labels, level)
    )


def _compared(by_rules: pd.DataFrame, known: pd.DataFrame, level: float) -> pd.DataFrame:
    """Count agreement rule by rule."""
    both = by_rules[[*_PLACE, "rule", *_SAID]].merge(
        known[[*_PLACE, *_SAID]], on=_PLACE, suffixes=("", "_known")
    )
    same = pd.Series(data=True, index=both.index)
    for column in _SAID:
        said, told = both[column], both[f"{column}_known"]
        same &= (said == told) | (said.isna() & told.isna())
    rows = []
    for rule, part in both.assign(same=same).groupby("rule", observed=True):
        spoke, agreed = len(part), int(part["same"].sum())
        rows.append((rule, spoke, agreed, agreed / spoke, *wilson(agreed, spoke, level)))
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))
