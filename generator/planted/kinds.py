"""The kinds of fault that can be planted. A kind has the name of its subcategory."""

KINDS: dict[str, str] = {
    "refusal": "E01",
    "asks-back": "E01",
    "declares-unanswerable": "E01",
    "empty": "E02",
    "truncated": "E02",
    "loop": "E02",
    "no-conclusion": "E02",
    "wrong-marker": "E03",
    "wrapped": "E03",
    "wrong-literal": "E03",
    "wrong-option-for-value": "E04",
    "copies-wrong-line": "E04",
    "ignores-own-result": "E04",
    "wrong-quantity": "E06",
    "ignored-condition": "E06",
    "wrong-target": "E06",
    "missing-part": "E07",
    "invented-quantity": "E08",
    "wrong-operation": "E11",
    "stops-short": "E12",
    "unjustified-jump": "E12",
    "arithmetic": "E13",
    "off-by-one": "E14",
    "skipped": "E14",
    "repeated": "E14",
    "unit": "E15",
    "factor-of-ten": "E15",
    "percentage": "E15",
    "time-base": "E15",
    "wrong-function": "E16",
    "wrong-value": "E16",
    "missing-argument": "E16",
    "extra-argument": "E16",
    "wrong-type": "E16",
    "wrong-count": "E16",
    "no-call": "E16",
}
"""Kind (subcategory) to category."""

ACCEPTABLE: dict[str, tuple[str, ...]] = {
    "no-conclusion": ("E01",),
    "unjustified-jump": ("E04",),
    "wrong-target": ("E12",),
    "percentage": ("E11",),
}
"""Other categories that a careful labeller could defend, by kind."""

DELIVERED_NOTHING = frozenset({"E01", "E02"})
"""Categories after which no answer may be found in the output."""
