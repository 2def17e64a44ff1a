"""Count how often the rules say of a failed call what the checker of BFCL says of it.

Run it in a checkout, with a local copy of the upstream files::

    python -m benchmarks.checker_types --mirror DIR

The checker names the first difference that it meets between the calls that it read and those that
are due; the rules say what is wrong with the output. Which of our subcategories a type stands for
is in ``content/taxonomy/crosswalks/bfcl.yml``. Prints a Markdown table: failures of each type,
those of which a rule says something, and what it says.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.judging.judge import RULES_NAME
from generator.readers.bfcl_rows import Place, category_of, place_of
from generator.records.verdict import Verdict
from generator.store.content import Content, load_content
from generator.store.verdicts import read_verdicts

BENCHMARK = "bfcl"
SCORES = "*/HuanzhiMao/BFCL-Result/*/2024-08-11/score"


class Counted(NamedTuple):
    """What the rules say of the failures of one type."""

    failures: int = 0
    """Failures that the checker gives this type."""
    spoke: int = 0
    """Those of which a rule says something."""
    same: int = 0
    """Of those, in a subcategory that the type stands for."""
    other_call: int = 0
    """Of those, in another one of wrong calls."""
    right: int = 0
    """Of those, calls that are right: wrongly wrapped, or wrongly scored."""


def rows_of(path: Path) -> Iterator[tuple[Place, str]]:
    """Yield the place and the type of every failed row of a file of scores."""
    category = category_of(path.name.removesuffix("_score.json"))
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        number = row.get("id")
        place = place_of(number) if isinstance(number, str) else None
        if isinstance(number, int):
            place = (category, number - 1)
        if place is not None:
            yield place, str(row.get("error_type", "no type"))


def counts(content: Content, mirror: Path) -> dict[str, Counted]:
    """Return what the rules say, by type of the checker.

    Raises:
        SystemExit: The folder has no scores of the snapshot.
    """
    folder = next(iter(mirror.glob(SCORES)), None)
    if folder is None:
        msg = f"{mirror}: no scores of BFCL of 2024-08-11 in this folder"
        raise SystemExit(msg)
    meant = {
        entry.name: {match.to for match in entry.matches}
        for entry in content.crosswalks[BENCHMARK].entries
    }
    found: dict[str, Counter[str]] = {}
    for (benchmark, model), run in content.runs.items():
        if benchmark != BENCHMARK:
            continue
        # How a run was made names the model as upstream's folders do.
        scored = next(path for path in sorted(folder.iterdir()) if path.name in str(run.prompt))
        said = {
            place_of(verdict.item_id): verdict
            for verdict in read_verdicts(content.layout.verdicts(benchmark, model))
            if verdict.judge.name == RULES_NAME
        }
        for path in sorted(scored.glob("*.json")):
            for place, kind in rows_of(path):
                sums = found.setdefault(kind, Counter())
                sums.update(_told(said.get(place), meant.get(kind, set())))
    return {kind: Counted(**sums) for kind, sums in found.items()}


def _told(verdict: Verdict | None, meant: set[str]) -> Iterator[str]:
    """Yield what a failure counts as."""
    yield "failures"
    if verdict is None or verdict.status != "verdict":
        return
    yield "spoke"
    own = f"{verdict.category or verdict.attribution}"
    part = f"{own}/{verdict.subcategory or verdict.attribution_subtype}"
    if own in meant or part in meant:
        yield "same"
    elif verdict.category == "E16":
        yield "other_call"
    elif part in {"E03/wrapped", "harness/scoring"}:
        yield "right"


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mirror", type=Path, required=True, help="copy of the upstream files")
    parser.add_argument("--content", type=Path, default=Path("content"))
    options = parser.parse_args()
    found = counts(load_content(options.content), options.mirror)
    print(
        "| type | failures | a rule speaks | as the type says | another wrong call | right calls |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    for kind, sums in sorted(found.items(), key=lambda one: (-one[1].failures, one[0])):
        print(f"| {kind} | {' | '.join(map(str, sums))} |")


if __name__ == "__main__":
    main()
