"""A small made-up Atlas: one benchmark withheld, one shown, one made by a program."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from generator.pages.edition import Edition
from generator.pages.examples import Examples, Text, pick_examples
from generator.records.atlas import Atlas
from generator.records.benchmark import Benchmark, Item, Source, SourceFile
from generator.records.crosswalk import Crosswalk, CrosswalkEntry, Match
from generator.records.keys import RunKey, answer_hash
from generator.records.model import Model
from generator.records.prediction import Run, RunSource
from generator.records.sample import Sample, Stratum
from generator.records.taxonomy import (
    AttributionKind,
    Boundary,
    Category,
    Group,
    Retired,
    Subcategory,
    Taxonomy,
)
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.stats.atlas import AtlasNumbers, numbers
from generator.stats.steps import Step
from generator.stats.tables import (
    ANSWER_COLUMNS,
    ATTEMPT_COLUMNS,
    FAILURE_COLUMNS,
    ITEM_COLUMNS,
    LABEL_COLUMNS,
    Tables,
)
from generator.store.content import Content

ANNOTATOR = "annotator-2026-11"


def taxonomy(**changes: Any) -> Taxonomy:
    def category(key: str, name: str, group: str, then: str) -> Category:
        return Category(
            id=key,
            name=name,
            group=group,
            definition=f"Fails by {name.lower()}.",
            paper=key == "E13",
            subcategories=(
                Subcategory(id="first", name="First kind", definition="The first kind."),
                Subcategory(id="second", name="Second kind", definition="The second kind."),
            ),
            includes=("It is this as well.",),
            excludes=(Boundary(when="It is rather the other.", then=then),),
        )

    made = Taxonomy(
        version="1.0",
        unit="One failed prediction.",
        attributions=(
            AttributionKind(id="model", name="The model's fault", definition="The default."),
            AttributionKind(
                id="benchmark",
                name="The benchmark's fault",
                definition="The item is faulty.",
                subtypes=("wrong-reference",),
            ),
            AttributionKind(
                id="harness",
                name="The harness's fault",
                definition="The answer was missed.",
                subtypes=("extraction",),
            ),
        ),
        groups=(
            Group(id="delivery", name="Delivery", question="What came out"),
            Group(id="calculation", name="Calculation", question="What was computed"),
        ),
        categories=(
            category("E02", "No Answer", "delivery", "E13"),
            category("E13", "Computation Error", "calculation", "E14"),
            category("E14", "Counting Error", "calculation", "E13"),
        ),
        retired=(
            Retired(id="E90", name="Sum Error", retired="1.0", since="0.9", redirect="E13"),
            Retired(
                id="E13/third",
                name="Third kind",
                retired="1.0",
                since="0.9",
                reason="Nobody could tell it.",
            ),
        ),
        tie_breaks=("Content before form: E02 is decided first.",),
    )
    return made.model_copy(update=changes)


def crosswalks() -> dict[str, Crosswalk]:
    return {
        "other": Crosswalk(
            title="Other scheme",
            work="How sums fail",
            authors="A. Adder",
            year=2026,
            url="https://example.org/how-sums-fail",
            source="https://example.org/scheme",
            licence="CC BY 4.0; names alone.",
            checked="Read in the source.",
            complete=False,
            missing="The last page.",
            entries=(
                CrosswalkEntry(
                    code="1.1",
                    name="Bad sum",
                    part="Sums",
                    matches=(
                        Match(to="E13", relation="broad"),
                        Match(to="E13/first", relation="close"),
                        Match(to="harness/extraction", relation="related"),
                    ),
                    note="Both speak of sums.",
                ),
                CrosswalkEntry(name="Boredom", matches=(), note="We do not know it."),
            ),
        )
    }


def benchmarks() -> dict[str, Benchmark]:
    common = {"citation": "Nobody (2026). Made up.", "metric": "1 if right", "licence": "CC0-1.0"}
    withheld = Benchmark(
        name="Hidden Sums",
        description="Sums that are kept by reference.",
        task_type="short-answer",
        success_threshold=1.0,
        display="withheld",
        canary="canary 123",
        source=Source(
            reader="gsm8k_solutions",
            files=(
                SourceFile(
                    name="rows",
                    url="https://example.org/rows.jsonl",
                    revision="abc",
                    sha256="0" * 64,
                    bytes=1234,
                    licence="CC0-1.0",
                ),
            ),
        ),
        **common,
    )
    shown = Benchmark(
        name="Open Sums",
        description="Sums that are shown.",
        task_type="multiple-choice",
        success_threshold=1.0,
        display="full",
        **common,
    )
    planted = shown.model_copy(
        update={"name": "Planted Faults", "description": "Made by a program.", "synthetic": True}
    )
    return {"hidden_sums": withheld, "open_sums": shown, "planted-faults": planted}


def models() -> dict[str, Model]:
    return {
        "lab__large": Model(
            name="Large",
            developer="Lab",
            released=date(2026, 1, 2),
            parameters=7_200_000_000,
            open_weights=True,
            licence="Apache-2.0",
            url="https://example.org/large",
            note="Not the one of last year.",
        ),
        "lab__small": Model(name="Small", developer="Lab"),
        "other__plain": Model(name="Plain", developer="Other"),
        "erroratlas__planted": Model(name="Planted", developer="ErrorAtlas", kind="program"),
    }


def runs() -> dict[RunKey, Run]:
    run = Run(
        harness="example-harness",
        harness_version="1.4",
        prompt="Five examples, then the question.",
        generation={"temperature": 0, "greedy": True, "stop": None},
        contributor="Lab",
        licence="CC0-1.0",
        trained_on_test="unknown",
    )
    by_reference = run.model_copy(update={"source": RunSource(files=("rows",))})
    return {
        ("hidden_sums", "lab__large"): by_reference,
        ("hidden_sums", "lab__small"): by_reference,
        ("hidden_sums", "other__plain"): by_reference,
        ("open_sums", "other__plain"): run,
        ("planted-faults", "erroratlas__planted"): run,
    }


def sample() -> Sample:
    return Sample(
        title="First sample",
        judge=ANNOTATOR,
        judge_description=(
            "A language model following the codebook. It is not a human. It looked once."
        ),
        design="A simple random sample of each model's failures.",
        population={"hidden_sums": "failures on the common items"},
        seed=17,
        drawn=date(2026, 11, 2),
        strata=(
            Stratum(benchmark="hidden_sums", model="lab__large", population=40, sampled=4),
            Stratum(benchmark="hidden_sums", model="lab__small", population=60, sampled=4),
        ),
    )


FINDINGS: dict[RunKey, list[tuple[str, str, str | None, str | None, float | None, float | None]]]
FINDINGS = {
    ("hidden_sums", "lab__large"): [
        ("i1", ANNOTATOR, "E13", "first", 0.9, 10.0),
        ("i2", ANNOTATOR, "E13", "second", 0.8, 10.0),
        ("i3", ANNOTATOR, "E14", "first", 0.7, 10.0),
        ("i4", ANNOTATOR, None, None, None, 10.0),
        ("i1", "rules", None, None, None, None),
        ("i2", "rules", "E02", "first", 0.95, None),
    ],
    ("hidden_sums", "lab__small"): [
        ("i1", ANNOTATOR, "E02", "first", 0.6, 15.0),
        ("i2", ANNOTATOR, "E13", "first", 0.5, 15.0),
        ("i5", ANNOTATOR, "benchmark", None, 0.9, 15.0),
        ("i6", ANNOTATOR, None, None, None, 15.0),
    ],
    ("hidden_sums", "other__plain"): [
        ("i1", "rules", "E02", "second", 0.97, None),
        ("i2", "rules", None, None, None, None),
    ],
    ("open_sums", "other__plain"): [
        ("q1", "rules", "E13", "first", 0.93, None),
        ("q2", "rules", None, None, None, None),
    ],
    ("planted-faults", "erroratlas__planted"): [
        ("p1", "rules", "E13", "first", 0.93, None),
        ("p2", "rules", "E02", "first", 0.99, None),
    ],
}


def tables() -> Tables:
    attempts = pd.DataFrame(
        [(*key, 100, 10 * len(found)) for key, found in FINDINGS.items()],
        columns=list(ATTEMPT_COLUMNS),
    )
    rows = []
    for key, found in FINDINGS.items():
        for item, judge, what, sub, confidence, weight in found:
            status = "undetermined" if what is None else "verdict"
            fault = what if what in {"benchmark", "harness"} else "model" if what else None
            category = what if fault == "model" else None
            row = (*key, item, judge, status, fault, None, category, sub, None)
            rows.append((*row, confidence, weight))
    failures = pd.DataFrame(rows, columns=list(FAILURE_COLUMNS))
    planted = ("planted-faults", "erroratlas__planted")
    known = [
        (*planted, "p1", "verdict", "model", "E13", ("E14",)),
        (*planted, "p2", "verdict", "model", "E13", ("E02",)),
    ]
    labels = pd.DataFrame(known, columns=list(LABEL_COLUMNS), dtype=object)
    judged = failures.astype({"confidence": float, "weight": float})
    return Tables(attempts, judged, labels, answers(), wordings())


def answers() -> pd.DataFrame:
    """Return what was answered to ten items of the withheld benchmark; all fail the first."""
    given = {"lab__large": "7711555505", "lab__small": "7711445555", "other__plain": "7715555555"}
    rows = [
        ("hidden_sums", model, f"i{place}", 0, answer != "5", answer_hash(answer))
        for model, row in given.items()
        for place, answer in enumerate(row, start=1)
    ]
    return pd.DataFrame(rows, columns=list(ANSWER_COLUMNS))


def wordings() -> pd.DataFrame:
    """Return those items: each comes in two kinds, and files disagree on one."""
    rows = [
        (
            "hidden_sums",
            f"i{place}",
            0,
            answer_hash("5"),
            {"kind": "long" if place > 4 else "short"},
        )
        for place in range(1, 11)
    ]
    rows.append(("hidden_sums", "i3", 1, answer_hash("1"), {"kind": "short"}))
    rows += [
        ("planted-faults", item, 0, answer_hash("1"), {"split": split})
        for item, split in (("p1", "developed"), ("p2", "held-out"))
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


@cache
def counted(order: tuple[str, ...], judges: tuple[str, ...]) -> AtlasNumbers:
    """Return the numbers, which rest on the findings above alone; computed once."""
    steps = [
        Step("lab__large", "lab__small", "size"),
        Step("lab__large", "other__plain", "variant"),
    ]
    return numbers(tables(), order, judges, 0.95, delivery=["E02"], steps=steps)


@dataclass
class World:
    """The made-up Atlas; change what a test is about before asking for the edition."""

    content: Content
    title: str = "A false sum"
    summary: str = "A sum in the work does not hold."
    text: Text | None = None

    def edition(self) -> Edition:
        order = tuple(entry.id for entry in self.content.taxonomy.categories)
        return Edition(self.content, counted(order, self.content.atlas.judges))

    def examples(self, edition: Edition) -> Examples:
        return pick_examples(edition, self.verdicts_of, self.texts_of)

    def verdicts_of(self, benchmark: str, model: str, wanted: Collection[str]) -> list[Verdict]:
        made = []
        for item, judge, what, sub, confidence, _ in FINDINGS[benchmark, model]:
            if item not in wanted:
                continue
            fault = what if what in {"benchmark", "harness"} else "model" if what else None
            key = hashlib.sha256(f"{benchmark}{model}{item}{judge}".encode()).hexdigest()
            made.append(
                Verdict(
                    key=key,
                    item_id=item,
                    judge=JudgeId(name=judge, version="1", prompt_hash="0", taxonomy="1.0"),
                    status="verdict" if what else "undetermined",
                    attribution=fault,
                    category=what if fault == "model" else None,
                    subcategory=sub,
                    secondary=("E14",) if what == "E13" else (),
                    title=self.title if what else None,
                    summary=self.summary if what else None,
                    evidence=(Evidence(start=7, end=17),) if what else (),
                    confidence=confidence,
                )
            )
        return made

    def texts_of(self, benchmark: str, model: str, wanted: Collection[str]) -> Mapping[str, Text]:
        del model
        if self.content.benchmarks[benchmark].display != "full":
            return {}
        item = Item(
            item_id="q1",
            input="What is 6 + 4?\n\nThink.",
            choices=("10", "11"),
            references=("A",),
            solution="6 + 4 = 10",
        )
        text = self.text or Text(item, "First, 6 + 4 = 11\n\nso the answer is B.")
        return dict.fromkeys(wanted, text)


def world(root: Path) -> World:
    """Return the Atlas with its content root, which need hold nothing but ``pages``."""
    atlas = Atlas(
        title="Example Atlas",
        description="Why made-up models fail.",
        edition="2026.12",
        judges=("person", ANNOTATOR, "rules"),
        seed=5,
    )
    samples = {"first": sample()}
    content = Content(
        root, atlas, taxonomy(), models(), benchmarks(), runs(), samples, crosswalks()
    )
    return World(content)
