"""A made-up checkout: an inline benchmark, and one kept by reference whose text is in a cache."""

import hashlib
import json
import shutil
from pathlib import Path

from tests.store.tree import RUN, lines, sound, write

SYSTEMS = {"alpha": "6b_finetuning", "beta": "6b_verification"}
"""Models of the benchmark kept by reference, and what the file calls them."""
NOTES = 40
"""Items of the benchmark kept by reference."""

BY_REFERENCE = """\
name: Notes
description: Made-up questions kept by reference.
task_type: short-answer
licence: CC0-1.0
citation: None.
metric: exact match
success_threshold: 1.0
display: withheld
source:
  reader: gsm8k_solutions
  files:
    - name: notes
      url: https://example.org/notes.jsonl
      revision: "1"
      sha256: {sha256}
      bytes: {size}
      licence: CC0-1.0
"""


def _solutions() -> bytes:
    """Return made-up solutions of two systems in the shape of the real file."""
    rows = []
    for number in range(NOTES):
        row: dict[str, object] = {
            "question": f"Ann has {number} pens and buys {number + 2}. How many has she?",
            "ground_truth": f"{number} + {number + 2} = {2 * number + 2}\nA: {2 * number + 2}",
        }
        for place, name in enumerate(SYSTEMS.values()):
            off = (number + place) % 3
            total = 2 * number + 2 + off
            work = f"{number} + {number + 2} = <<{number}+{number + 2}={total}>>{total}"
            text = work if off == 2 else f"{work}\nA: {total}"
            row[name] = {"is_correct": off == 0, "solution": text}
        rows.append(row)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def checkout(root: Path, project: Path) -> Path:
    """Write a checkout with content, cache and the project's own templates; return it.

    Args:
        root: Empty folder.
        project: The real checkout, for taxonomy, templates, prose and ``mkdocs.yml``.
    """
    content = sound(root / "content")
    shutil.copytree(project / "content/pages", content / "pages")
    shutil.copytree(project / "site_templates", root / "site_templates")
    for name in ("mkdocs.yml", "pyproject.toml", "CHANGELOG.md", "CITATION.cff"):
        shutil.copy(project / name, root / name)
    shutil.copy(project / "content/taxonomy/atlas.yml", content / "taxonomy/atlas.yml")
    data = _solutions()
    sha256 = hashlib.sha256(data).hexdigest()
    text = BY_REFERENCE.format(sha256=sha256, size=len(data))
    write(content, "benchmarks/notes/benchmark.yml", text)
    for system, name in SYSTEMS.items():
        write(content, f"models/acme__{system}.yml", f"name: {system}\ndeveloper: Acme\n")
        run = f"{RUN}source: {{files: [notes], select: {name}}}\n"
        write(content, f"predictions/notes/acme__{system}/run.yml", run)
    cached = root / "cache/sources" / sha256[:2] / sha256
    cached.parent.mkdir(parents=True)
    cached.write_bytes(data)
    return root


def many_predictions(content: Path, number: int) -> None:
    """Give the inline benchmark many items, so that judging takes a while."""
    items = [
        {"item_id": f"q{n}", "input": f"What is {n} + 1?", "references": [str(n + 1)]}
        for n in range(number)
    ]
    predictions = [
        {
            "item_id": f"q{n}",
            "output": f"{n} + 1 = {n + 2}. The answer is {n + 2}.",
            "score": 0.0,
            "extracted": str(n + 2),
        }
        for n in range(number)
    ]
    write(content, "benchmarks/sums/items.jsonl", lines(items))
    write(content, "predictions/sums/acme__alpha/predictions.jsonl", lines(predictions))


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
