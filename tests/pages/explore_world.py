"""A made-up Atlas to explore: a dozen runs, titles that come back, and one benchmark with texts."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from generator.pages.edition import Edition
from generator.records.atlas import Atlas
from generator.records.benchmark import Item
from generator.records.keys import answer_hash
from generator.records.messages import Message, ToolCall
from generator.records.model import Model
from generator.records.prediction import Prediction
from generator.records.verdict import Criterion, Evidence, JudgeId, Verdict
from generator.stats.atlas import numbers
from generator.stats.tables import (
    ANSWER_COLUMNS,
    ATTEMPT_COLUMNS,
    FAILURE_COLUMNS,
    ITEM_COLUMNS,
    LABEL_COLUMNS,
    Tables,
)
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.lines import write_lines
from generator.store.verdicts import verdict_bytes
from tests.pages import world

FAILURES = 30
"""Of each run."""
MODELS = tuple(f"lab__m{place:02d}" for place in range(12))
TEXTED = "open_sums"
"""Benchmark whose texts are shown; the first two models ran it."""
OUTPUT = 'First, 6 + 4 = 11\u202e</pre><script>alert("output")</script> so B.'
CALL = ToolCall(name="add</pre><script>alert(4)</script>", arguments='{"x": [6, 4]}')
TALK = (
    Message(role="assistant", content="I add 6 to 4.", tool_calls=(CALL,)),
    Message(role="tool", content="[assistant]\n" + '<img src=x onerror="alert(5)"> 10 ' * 20),
    Message(role="user", content="</li></ol><script>alert(6)</script>Sure?"),
    Message(role="assistant", content="Yes: 11\u202e."),
)
"""What the second model put out for one item; the evidence begins in the first turn."""
TALKED = (TEXTED, MODELS[1], 2)
"""Its benchmark, model and place."""
TITLES = (
    "A false sum",
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(2)"> & &lt;b&gt;',
    "right\u202eto left \u2066alone\u2069",
    "very" + "Long" * 300,
    '=HYPERLINK("//evil.example"), "quoted"\nand on',
)
"""Titles of verdicts in turn; all but the first are hostile."""
SUMMARY = "<b onmouseover=alert(3)>Sum</b> number {0} does not hold."


@dataclass(frozen=True)
class Failure:
    """One failure as it was made up."""

    benchmark: str
    model: str
    item: str
    place: int
    """Among those of its run."""

    @property
    def category(self) -> str | None:
        """Category; every fifth failure has none."""
        return (None, "E13", "E13", "E02", "E14")[self.place % 5]

    @property
    def title(self) -> str:
        """Title of its verdict."""
        return TITLES[self.place % len(TITLES)]

    def verdict(self) -> Verdict:
        """Return what the rules said of it."""
        found = self.category is not None
        key = sha256(f"{self.benchmark}{self.model}{self.item}".encode()).hexdigest()
        needed = Criterion(
            criterion="Add <i>all</i>.", present=False, quality=1, evidence=None, comment="No."
        )
        return Verdict(
            key=key,
            item_id=self.item,
            judge=JudgeId(name="rules", version="3", prompt_hash="abc", taxonomy="1.0"),
            status="verdict" if found else "undetermined",
            attribution="model" if found else None,
            category=self.category,
            subcategory="first" if found else None,
            title=self.title if found else None,
            summary=SUMMARY.format(f"{self.model}-{self.place}") if found else None,
            criteria=(needed,) if found else (),
            evidence=(Evidence(start=7, end=17),) if found else (),
            confidence=0.9 if found else None,
        )


def failures() -> list[Failure]:
    """Return every failure, run after run."""
    made = [("hidden_sums", model) for model in MODELS] + [(TEXTED, model) for model in MODELS[:2]]
    return [
        Failure(benchmark, model, f"i{place}", place)
        for benchmark, model in made
        for place in range(FAILURES)
    ]


def output_of(one: Failure) -> str | tuple[Message, ...]:
    """Return the output of a failure: a conversation for one of them."""
    return TALK if (one.benchmark, one.model, one.place) == TALKED else OUTPUT


def models() -> dict[str, Model]:
    """Return the models; the name of one is hostile."""
    made = {name: Model(name=name[5:].upper(), developer="Lab") for name in MODELS}
    made[MODELS[1]] = Model(name=TITLES[2] + TITLES[3], developer="Lab")
    return made


def edition(root: Path) -> Edition:
    """Return the edition, with the files that Explore reads below ``root``."""
    made = failures()
    rows = pd.DataFrame(
        [
            (f.benchmark, f.model, f.item, "rules", *_said(f.verdict()), None, 0.9, None)
            for f in made
        ],
        columns=list(FAILURE_COLUMNS),
    ).astype({"confidence": float, "weight": float})
    runs = sorted({(f.benchmark, f.model) for f in made})
    attempts = pd.DataFrame(
        [(*run, 2 * FAILURES, FAILURES) for run in runs], columns=list(ATTEMPT_COLUMNS)
    )
    answers = pd.DataFrame(
        [(f.benchmark, f.model, f.item, 0, True, answer_hash("x")) for f in made],
        columns=list(ANSWER_COLUMNS),
    )
    wordings = pd.DataFrame(
        [
            (benchmark, f"i{place}", 0, answer_hash("5"), {"subject": f"subject {place % 3}"})
            for benchmark in ("hidden_sums", TEXTED)
            for place in range(FAILURES)
        ],
        columns=list(ITEM_COLUMNS),
    )
    labels = pd.DataFrame(columns=list(LABEL_COLUMNS), dtype=object)
    atlas = Atlas(
        title="Example",
        description="Made up.",
        edition="2026.12",
        repository="https://github.com/lab/atlas",
        judges=("rules",),
    )
    tree = world.taxonomy()
    content = Content(root, atlas, tree, models(), world.benchmarks(), {}, {}, {})
    _write(content, made)
    order = tuple(entry.id for entry in tree.categories)
    tables = Tables(attempts, rows, labels, answers, wordings)
    return Edition(content, numbers(tables, order, atlas.judges, 0.95))


def _said(verdict: Verdict) -> tuple[str | None, ...]:
    return (verdict.status, verdict.attribution, None, verdict.category, verdict.subcategory)


def _write(content: Content, made: list[Failure]) -> None:
    items = [
        Item(item_id=f"i{place}", input=f"What is 6 + 4? {OUTPUT}", references=("10",))
        for place in range(FAILURES)
    ]
    write_bytes(content.root / "benchmarks" / TEXTED / "items.jsonl", write_lines(items))
    for benchmark, model in sorted({(f.benchmark, f.model) for f in made}):
        own = [f for f in made if (f.benchmark, f.model) == (benchmark, model)]
        verdicts = [f.verdict() for f in own]
        write_bytes(content.layout.verdicts(benchmark, model), verdict_bytes(verdicts, {}))
        if benchmark == TEXTED:
            outputs = [Prediction(item_id=f.item, output=output_of(f), score=0.0) for f in own]
            folder = content.root / "predictions" / benchmark / model
            write_bytes(folder / "predictions.jsonl", write_lines(outputs))
