"""Made-up attempts: who answered what to which item."""

import pandas as pd

from generator.records.keys import answer_hash
from generator.stats.compositions import Composition, compose
from generator.stats.tables import ANSWER_COLUMNS, FAILURE_COLUMNS, ITEM_COLUMNS

KINDS = ("E02", "E11", "E13")
LEVEL = 0.95


def answers(given: dict[str, str], benchmark: str = "sums", right: str = "A") -> pd.DataFrame:
    """Return attempts from one letter per item and model: ``{"model": "AAB."}``; ``.`` is none."""
    rows = [
        (benchmark, model, f"q{place}", 0, letter != right, answer_hash(letter.strip(".")))
        for model, letters in given.items()
        for place, letter in enumerate(letters)
    ]
    return pd.DataFrame(rows, columns=list(ANSWER_COLUMNS)).astype({"answer": object})


def items(count: int, benchmark: str = "sums", right: str = "A") -> pd.DataFrame:
    """Return items; even ones are tagged ``odd: no``."""
    rows = [
        (benchmark, f"q{n}", 0, answer_hash(right), {"odd": "yes" if n % 2 else "no", "id": f"{n}"})
        for n in range(count)
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def failures(*cells: tuple[str, str, str], benchmark: str = "sums") -> pd.DataFrame:
    """Return failures judged by the rules from (model, item, category or outcome)."""
    rows = []
    for model, item, what in cells:
        fault = "model" if what.startswith("E") else what
        status = what if what == "undetermined" else "verdict"
        row = (benchmark, model, item, "rules", status, None if status != "verdict" else fault)
        rows.append((*row, None, what if fault == "model" else None, None, None, 0.9, None))
    frame = pd.DataFrame(rows, columns=list(FAILURE_COLUMNS))
    return frame.astype({"weight": float})


def composition(**counts: int) -> Composition:
    """Return a composition with so many failures of each kind."""
    cells = [("m", f"q{n}", kind) for kind, count in counts.items() for n in range(count)]
    return compose(failures(*cells), KINDS, LEVEL)
