"""Verdicts on text that is here: tied to its bytes, quoting it word for word."""

from collections.abc import Iterator

import pyarrow as pa

from generator.errors import Problem
from generator.records.keys import RunKey, output_text, prediction_key
from generator.store.checks.brief import Fault, rows_at_fault
from generator.store.checks.held import Held

_MEND = "run `erroratlas judge`"


def quoted_problems(name: str, key: RunKey, table: pa.Table, held: Held) -> Iterator[Problem]:
    """Yield verdicts on other text than is here, and quotes that do not stand in it.

    Args:
        name: Path of the verdicts as messages show it.
        key: Benchmark and model.
        table: The verdicts.
        held: What the runs hold; nothing is checked where their text is not here.
    """
    failed = held.failed.get(key)
    if failed is None:
        return
    items = held.items[key[0]]
    stale: list[str] = []
    misquoted: list[str] = []
    rows = table.select(["item_id", "key", "evidence"]).to_pylist()
    for row in rows:
        item_id = row["item_id"]
        prediction = failed.get(item_id)
        if prediction is None:
            continue
        if prediction_key(key[0], items[item_id], prediction) != row["key"].hex():
            stale.append(item_id)
            continue  # its quotes are of another text
        output = output_text(prediction)
        for span in row["evidence"] or ():
            start, end, quote = span["start"], span["end"], span["quote"]
            if start is None or end is None or not 0 <= start <= end:
                continue  # reported as no span
            if end > len(output) or (quote is not None and quote != output[start:end]):
                misquoted.append(f"{item_id}: {start} to {end}")
    other = Fault("key", "a verdict on another text than the item and output here", _MEND)
    yield from rows_at_fault(name, other, stale)
    quoted = Fault("evidence", "not word for word what the output says there", _MEND)
    yield from rows_at_fault(name, quoted, misquoted)
