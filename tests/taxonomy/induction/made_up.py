"""Made-up failures with titles, and a language model that sorts them by rote."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from generator.records.benchmark import Item
from generator.records.keys import prediction_key
from generator.records.prediction import Prediction
from generator.records.proposal import Settings
from generator.records.verdict import JudgeId, Verdict
from generator.store.verdicts import write_verdicts
from generator.taxonomy.induction.failures import PLACE
from tests.judging.scripted_server import Request
from tests.store.tree import RUN, lines, sound, write

COLUMNS = [*PLACE, "status", "attribution", "category", "subcategory", "title", "summary"]
SETTINGS = Settings(prompt_hash="-", least=3, rare=0.02, most=6, batch=8)
KINDS = {
    "Adds": ("E13", "arithmetic", "Adds the {} wrongly", "The sum of the {} is not right."),
    "Stops": ("E02", "truncated", "Stops before the {}", "The output breaks off at the {}."),
    "Empties": ("E02", "empty", "Nothing but blanks for the {}", "No word is put out on {}."),
}
"""Kinds of failures by a word that the language model by rote knows them by."""
WORDS = ("sheep", "ducks", "pears", "ships", "coins", "trees", "books")
JUDGE = JudgeId(name="annotator-1", version="1", prompt_hash="-", taxonomy="1.0")
STEPS = {
    "Propose categories": "generate",
    "The failures above are a further batch": "update",
    "All failures have been read": "review",
    "Place each failure": "classify",
}


def title(number: int) -> tuple[str, str, str, str]:
    """Return category, subcategory, title and summary of a failure; some are alike."""
    category, part, name, summary = list(KINDS.values())[number % 3]
    word = WORDS[number % 7]
    return category, part, name.format(word), summary.format(word)


def frame(count: int) -> pd.DataFrame:
    """Return failures, every tenth undetermined, every eleventh without a verdict."""
    rows = []
    for number in range(count):
        place = ["sums", "acme__alpha", f"q{number}"]
        if number % 10 == 9:
            rows.append([*place, "undetermined", None, None, None, None, None])
        elif number % 11 == 10:
            rows.append([*place, None, None, None, None, None, None])
        else:
            rows.append([*place, "verdict", "model", *title(number)])
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def write_project(root: Path, count: int) -> Path:
    """Write a checkout in which an annotator has judged all failures but every eleventh."""
    content = sound(root / "content")
    items = [
        {"item_id": f"q{n}", "input": f"Story {n}?", "references": ["1"]} for n in range(count)
    ]
    write(content, "benchmarks/sums/items.jsonl", lines(items))
    write(content, "predictions/sums/acme__alpha/run.yml", RUN)
    outputs = [{"item_id": f"q{n}", "output": f"{n}", "score": 0.0} for n in range(count)]
    write(content, "predictions/sums/acme__alpha/predictions.jsonl", lines(outputs))
    keys = {
        str(item["item_id"]): prediction_key(
            "sums", Item.model_validate(item), Prediction.model_validate(output)
        )
        for item, output in zip(items, outputs, strict=True)
    }
    verdicts = []
    for row in frame(count).to_dict("records"):
        key = keys[str(row["item_id"])]
        said = {
            str(name): value
            for name, value in row.items()
            if name not in {"benchmark", "model"} and value is not None
        }
        status = said.pop("status", "no_verdict")
        verdicts.append(Verdict(key=key, judge=JUDGE, status=status, **said))
    write_verdicts(content / "verdicts/sums/acme__alpha.parquet", verdicts, {})
    return root


def is_step(request: Request) -> bool:
    """Tell a step from a request that tries the endpoint out."""
    return len(request.body["messages"]) > 1


def step_of(request: Request) -> str:
    """Return which step a request is."""
    text = request.body["messages"][1]["content"]
    return next(step for words, step in STEPS.items() if words in text)


def menu(request: Request) -> dict[str, str]:
    """Return the categories on offer, ids by name."""
    text = request.body["messages"][1]["content"]
    return {name: number for number, name in re.findall(r"^(C\d+) ([^:]+):", text, re.MULTILINE)}


def numbered(request: Request) -> list[tuple[int, str]]:
    """Return the failures of a request."""
    text = request.body["messages"][1]["content"]
    return [(int(n), row) for n, row in re.findall(r"^(\d+)\. (.*)$", text, re.MULTILINE)]


def by_rote(request: Request) -> str:
    """Answer a step: the three kinds are categories, and each failure says which it is."""
    if step_of(request) != "classify":
        return categories([*KINDS])
    offered = menu(request)
    first = {name: row.split(" ")[0] for name, row in ((n, r) for n, r in numbered(request))}
    words = {"Adds": "Adds", "Stops": "Stops", "Nothing": "Empties"}
    return placements(
        [(number, offered.get(words.get(word, ""), "other")) for number, word in first.items()]
    )


def categories(names: Sequence[str]) -> str:
    """Return an answer that names categories."""
    named = [{"name": name, "definition": f"It {name.lower()}."} for name in names]
    return json.dumps({"categories": named})


def placements(rows: Sequence[tuple[int, str]]) -> str:
    """Return an answer that places failures."""
    return json.dumps({"placements": [{"number": n, "category": name} for n, name in rows]})
