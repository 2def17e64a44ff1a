"""Runs that hold the outputs of another run."""

import hashlib
from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.records.benchmark import Item
from generator.records.keys import RunKey, canonical_json
from generator.store.content import Content
from generator.store.inline import read_items, read_predictions

LONG = 40
"""Characters from which an output is unlikely to be another model's by chance."""
FEWEST = 20
"""Shared items from which two runs are compared."""
_SAME = 0.9
"""Share of shared items whose outputs must be equal."""

_Hashes = Mapping[str, bytes]


def find_twins(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of runs whose long outputs are word for word those of another run."""
    touched = set(scope.runs(content))
    for name, benchmark in content.benchmarks.items():
        runs = [key for key in content.runs if key[0] == name]
        if benchmark.source is not None or not touched.intersection(runs):
            continue
        items = read_items(content.layout, name, [])  # lines at fault are told elsewhere
        known: dict[RunKey, _Hashes] = {}
        for key in runs:
            known[key] = _hashes(content, key, items)
            for other in list(known)[:-1]:
                if key in touched or other in touched:
                    yield from _compared(content, (other, key), known)


def _hashes(content: Content, key: RunKey, items: dict[str, Item]) -> _Hashes:
    rows = read_predictions(content.layout, key, content.benchmarks[key[0]], items, [])
    outputs = ((row.item_id, row.model_dump(mode="json", include={"output"})) for row in rows)
    packed = ((item_id, canonical_json(output["output"])) for item_id, output in outputs)
    return {
        item_id: hashlib.blake2b(text, digest_size=12).digest()
        for item_id, text in packed
        if len(text) >= LONG
    }


def _compared(
    content: Content, keys: tuple[RunKey, RunKey], known: Mapping[RunKey, _Hashes]
) -> Iterator[Finding]:
    other, key = keys
    shared = known[other].keys() & known[key].keys()
    same = sum(known[other][item_id] == known[key][item_id] for item_id in shared)
    if len(shared) >= FEWEST and same >= _SAME * len(shared):
        path = content.layout.name(content.layout.outputs(*key))
        wrong = f"the outputs are those of {other[1]}"
        mend = "contribute a run once, under the model that made it"
        yield warning(Problem(path, 0, "output", f"{same} of {len(shared)}", wrong, mend))
