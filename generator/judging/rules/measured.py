"""What the confidences of the rules rest on: counts against labels, and firings read by hand.

Labels: the annotated sample and the labelled development set, 1,300 real failures. A rule is
counted where it speaks and nothing shows that no answer was delivered, which is decided first.
Readings: firings on further real failures, read against the codebook. Rules that are missing
here, or have nothing in either column, rest on their construction alone.
"""

from typing import NamedTuple


class Measured(NamedTuple):
    """How often findings of a rule were the first major error."""

    right: int
    """Labelled failures on which the label agrees."""
    spoke: int
    """Labelled failures on which the rule spoke."""
    read_right: int = 0
    """Firings read by hand and found right."""
    read: int = 0
    """Firings read by hand."""


MEASURED: dict[str, Measured] = {
    "loop": Measured(44, 46),
    "truncated": Measured(72, 75),
    "no-conclusion": Measured(2, 2),
    "declares-unanswerable": Measured(1, 2),
    "wrong-marker": Measured(2, 3),
    "several-finals": Measured(9, 10),
    "text-of-another-option": Measured(2, 2),
    "truth-values-of-another-option": Measured(1, 1),
    "result-not-given": Measured(1, 1),
    "false-result": Measured(15, 16),
    "false-step-of-expression": Measured(8, 8),
    "order-of-operations": Measured(2, 3, 25, 25),
    "false-equation": Measured(26, 50),
    "false-order": Measured(0, 1),
    "other-operation": Measured(8, 8, 14, 16),
    "other-operation-open": Measured(22, 30),
    "other-quantity": Measured(4, 4, 8, 9),
    "number-from-nowhere": Measured(0, 1),
    "conversion-missing": Measured(2, 2),
    "stops-short": Measured(0, 3),
    "condition-ignored": Measured(1, 1, 9, 10),
    "given-unused": Measured(29, 47),
    "term-dropped": Measured(3, 3, 6, 7),
    "state-lost": Measured(13, 13),
    "member-skipped": Measured(4, 4),
    "member-repeated": Measured(4, 4),
    "count-not-of-list": Measured(7, 7),
    "answer-cut-short": Measured(1, 1),
    "order-impossible": Measured(0, 0, 3, 3),
    "false-truth-value": Measured(7, 7),
    "truth-regrouped": Measured(1, 1),
    "right-by-another-file": Measured(7, 8),
    "strong-models-agree": Measured(40, 115),
    "solution-differs": Measured(0, 0),
    "call-wrapped": Measured(6, 6),
    "call-missing": Measured(1, 1),
    "call-needless": Measured(2, 2),
    "call-count": Measured(1, 2),
    "call-function": Measured(1, 1),
    "call-argument-missing": Measured(3, 3),
    "call-argument-extra": Measured(2, 2),
    "call-argument-flag": Measured(2, 2, 8, 8),
    "call-argument-number": Measured(0, 0, 8, 9),
    "call-argument-list": Measured(1, 1, 7, 8),
    "call-argument-scale": Measured(1, 1),
    "call-argument-text": Measured(1, 1, 6, 9),
    "call-argument-value-open": Measured(5, 7),
    "call-as-due": Measured(1, 1, 11, 11),
}
