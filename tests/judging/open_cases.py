"""A made-up benchmark whose failures say nothing that a rule could settle, but for a few."""

from pathlib import Path

from tests.store.tree import RUN, lines, sound, write

WORDS = ("sheep", "ducks", "pears", "ships", "coins")


def output(model: str, number: int) -> str:
    """Return a failed output, another for every model and item."""
    word = WORDS[number % len(WORDS)]
    return f"Looking at the {word}, {model} has a guess. The answer is {number + 7}."


def correct(model: str, number: int) -> str:
    """Return a correct output that shows some work."""
    return f"{model} counts all of them, those in the field first. The answer is {number + 1}."


def write_cases(root: Path, models: int, items: int) -> Path:
    """Write a content folder; every third output is correct, every fifth failure is empty.

    Args:
        root: The content folder.
        models: Number of models.
        items: Number of items.
    """
    sound(root)
    rows = [
        {"item_id": f"q{n}", "input": f"Story {n}: how many are left?", "references": [str(n + 1)]}
        for n in range(items)
    ]
    write(root, "benchmarks/sums/items.jsonl", lines(rows))
    names = ["alpha", *(f"m{number}" for number in range(1, models))]
    for place, name in enumerate(names):
        write(root, f"models/acme__{name}.yml", f"name: {name}\ndeveloper: Acme\n")
        write(root, f"predictions/sums/acme__{name}/run.yml", RUN)
        write_outputs(root, name, place, items)
    return root


def write_outputs(root: Path, name: str, place: int, items: int, change: str = "") -> None:
    """Write the predictions of one model; ``change`` stands before every failed output."""
    rows: list[dict[str, object]] = []
    for n in range(items):
        right = (n + place) % 3 == 0
        text = correct(name, n) if right else change + output(name, n)
        empty = not right and (n + 2 * place) % 5 == 0
        row: dict[str, object] = {"item_id": f"q{n}", "score": float(right)}
        row |= {"output": ""} if empty else {"output": text, "extracted": text.split()[-1][:-1]}
        rows.append(row)
    write(root, f"predictions/sums/acme__{name}/predictions.jsonl", lines(rows))
