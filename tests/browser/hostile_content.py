"""A made-up checkout in which every free text of a contributor, model or judge is hostile.

``wild=False`` gives the same checkout with a few plain words in place of each hostile text, to hold
the pages against: what the two differ in came from the hostile texts.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.records.base import Record
from generator.records.benchmark import Benchmark, Item
from generator.records.keys import prediction_key
from generator.records.model import Model
from generator.records.prediction import Prediction, Run
from generator.records.sample import Sample, SampleRow, Stratum
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.documents import write_document
from generator.store.layout import Layout
from generator.store.lines import write_lines
from generator.store.samples import write_sample_rows
from generator.store.verdicts import write_verdicts
from tests.integration.made_up import checkout
from tests.store.tree import write

LOOP = "again " * 2_500
"""15,000 characters, more than a page shows; no syntax at all, so it stands in both checkouts."""

LINES: tuple[str, ...] = (
    '<script>alert(1)</script></script><img src="//evil.example/a.png" onerror=alert(2)>',
    "[link](javascript:alert(3)) ![picture](//evil.example/b.png) <svg onload=alert(4)>",
    '{{ 7*7 }} {% include "model.md.j2" %} {# gone #} {: onclick="alert(5)" .stolen #stolen }',
    "</pre></code></details></table></figure></title><iframe src=//evil.example/> | a || b |",
    "right\u202eto\u2066left\u2069 form\x0cfeed \x01\x08\x1b[31m\x7f \\ud800 ze\u200bro \u2028 x",
    "very" + "Long" * 110 + "Word",
    '": stolen" --- # not a comment \\" \' & &lt;b&gt; &#60; %{ !!python/object',
    "# heading *star* _under_ `tick` ~~gone~~ [^1] [TOC] <!-- comment --> $x$ \\* :smile: ++ins++",
    "__config",  # the theme's settings are in an element of this name
)
"""Hostile texts for fields of one line."""

BLOCKS: tuple[str, ...] = (
    (
        "<p onclick='alert(6)'>Text\n\n<script>alert(7)\n</script>\n\n<style>*{display:none}"
        "</style>\n</pre></code></details></article>\n<form action=//evil.example><input autofocus "
        "onfocus=alert(8)></form>\n<a href='javascript:alert(9)'>x</a><base href=//evil.example/>"
    ),
    (
        "# Stolen\n\nSetext\n===\n\n- list\n- more\n\n1. one\n\n> quote\n\n| a | b |\n|---|---|\n"
        "| c | d |\n\n```html\n<script>alert(10)</script>\n```\n\n    indented\n\n[ref]\n\n[ref]: "
        "javascript:alert(11)\n\nnote[^1]\n\n[^1]: foot\n\n*[HTML]: abbr\n\nTerm\n:   meaning"
    ),
    (
        '!!! note "Stolen"\n    box\n\n??? tip\n    closed\n\n=== "Tab"\n    tab\n\n'
        'Words\n{: onclick="alert(12)" #stolen .stolen }\n\n--8<-- "mkdocs.yml"\n\n'
        "--8<--\nmkdocs.yml\n--8<--\n\n[TOC]\n\n![i](x){: onerror=alert(13) }"
    ),
    (
        "{{ 7*7 }}\n{% raw %}\n{% include 'partials/head.md.j2' %}\n{{ config.items() }}\n"
        "{% endraw %}\n{# gone #}\n${7*7} <%= 7*7 %> #{7*7}\n---\ntitle: stolen\nhide: [toc]\n---\n"
        "%YAML 1.2\n..."
    ),
    (
        "nul \x00 bell \x07 back \x08 feed \x0c escape \x1b[31m del \x7f next \x85 line\u2028 "
        "para\u2029 end\r\nreturn\r only\ttab \u202eturned\u202c \u2066alone\u2069 \u200f zero"
        "\u200bwidth\u200d \ufeffmark \\ud800\\u202e \U000e0041tag \ufffe"
    ),
    (
        "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 &lt;b&gt; &#60; &amp;amp; \\* \\& <![CDATA[ x ]]> "
        "<?php x ?> <!-- open\n\n\n\n   leading and trailing   \n" + "Unbreakable" * 60
    ),
)
"""Hostile texts for fields that may have several lines."""

PLAIN = "a few plain words"
FALSE_SUM = "3 + 1 = 5"
"""Evidence that both the annotator and the rules point at."""
ANNOTATOR = "annotator-1"
SAMPLED = "acme__alpha"
RULED = tuple(f"acme__ruled-{place}" for place in range(len(LINES)))
PROGRAM = "acme__program"
WITHHELD = "acme__beta"
MODELS = (SAMPLED, WITHHELD, *RULED, PROGRAM)
"""Models; each is named by the line at its place."""
OUTPUTS = len(BLOCKS)
CATEGORIES = ("E13", "E02")


class Failed(NamedTuple):
    """One failure with its evidence, for what a page must show of it."""

    item: Item
    prediction: Prediction
    evidence: tuple[int, int]


class Texts:
    """Gives hostile texts, or plain words in their place."""

    def __init__(self, *, wild: bool) -> None:
        self._wild = wild

    def line(self, place: int) -> str:
        """Return the text of a field of one line."""
        return LINES[place % len(LINES)] if self._wild else f"{PLAIN} {place % len(LINES)}"

    def block(self, place: int) -> str:
        """Return the text of a longer field."""
        return BLOCKS[place % len(BLOCKS)] if self._wild else PLAIN

    def failures(self) -> list[Failed]:
        """Return one failed item for each block, and one with the loop."""
        made = []
        for place in range(OUTPUTS):
            item = Item(
                item_id=f"q{place}",
                input=f"What is 3 + 1? {self.block(place)}",
                choices=(self.block(place + 1), self.line(place)),
                references=("4", self.block(place + 2)),
                solution=self.block(place + 3),
                tags={self.line(place): self.line(place + 1)},
            )
            ending = LOOP if place == 0 else ""
            before = f"{self.block(place)}\n\n"
            output = f"{before}{FALSE_SUM}\n\n{self.block(place + 1)}\n\nThe answer is 5. {ending}"
            prediction = Prediction(
                item_id=item.item_id,
                output=output,
                score=0.0,
                extracted="5",
                finish_reason=self.block(place),
            )
            made.append(Failed(item, prediction, (len(before), len(before) + len(FALSE_SUM))))
        return made


def title(texts: Texts, place: int) -> str:
    """Return what the annotator calls a failure."""
    return texts.line(place + 1)


def summary(texts: Texts, place: int) -> str:
    """Return what the annotator says of it."""
    return texts.block(place + 4)


def hostile_checkout(root: Path, project: Path, *, wild: bool) -> Path:
    """Write the checkout and return it.

    Args:
        root: Empty folder.
        project: The real checkout, see ``tests.integration.made_up``.
        wild: Whether the texts are hostile.
    """
    texts = Texts(wild=wild)
    content = checkout(root, project) / "content"
    # Its one inline run is made anew below; the benchmark kept by reference stays, with new names.
    for slug, synthetic in (("sums", False), ("plants", True)):
        _put(content, f"benchmarks/{slug}/benchmark.yml", _benchmark(texts, synthetic=synthetic))
        _put_all(content, f"benchmarks/{slug}/items.jsonl", [f.item for f in texts.failures()])
    for place, model in enumerate(MODELS):
        _put(content, f"models/{model}.yml", _model(texts, place, model))
        if model != WITHHELD:
            slug = "plants" if model == PROGRAM else "sums"
            _put(content, f"predictions/{slug}/{model}/run.yml", _run(texts, place))
            # The rules keep silent on the first: its work is read as markup, not as arithmetic.
            spoken_on = texts.failures()[0 if model == SAMPLED else 1 :]
            made = [failed.prediction for failed in spoken_on]
            _put_all(content, f"predictions/{slug}/{model}/predictions.jsonl", made)
    _annotate(content, texts)
    return root


def _put(content: Path, name: str, record: Record) -> None:
    write(content, name, write_document(record))


def _put_all(content: Path, name: str, records: Sequence[Record]) -> None:
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_lines(records))


def _benchmark(texts: Texts, *, synthetic: bool) -> Benchmark:
    return Benchmark(
        name=texts.line(3 if synthetic else 0),
        description=texts.block(0),
        task_type="short-answer",
        licence=texts.line(4),
        citation=texts.block(1),
        canary=texts.line(1),
        metric=texts.line(2),
        success_threshold=1.0,
        display="full",
        synthetic=synthetic,
    )


def _model(texts: Texts, place: int, model: str) -> Model:
    return Model(
        name=texts.line(place),
        developer=texts.line(place + 1),
        kind="program" if model == PROGRAM else "language-model",
        licence=texts.line(place + 2),
        note=texts.line(place + 3),
        aliases=(f"alias {place} {texts.line(place)}",),
    )


def _run(texts: Texts, place: int) -> Run:
    return Run(
        harness=texts.line(place + 4),
        harness_version=texts.line(place + 5),
        prompt=texts.block(place),
        generation={texts.line(place + 6): texts.block(place + 1)},
        contributor=texts.line(place + 7),
        licence=texts.line(place),
        trained_on_test="unknown",
        note=texts.block(place + 2),
    )


def _annotate(content: Path, texts: Texts) -> None:
    """Let an annotator speak on every failure of one run."""
    judge = JudgeId(name=ANNOTATOR, version="1", prompt_hash="", taxonomy="1.0")
    verdicts, rows = [], []
    for place, (item, prediction, (start, end)) in enumerate(texts.failures()):
        quote = str(prediction.output)[start:end]
        verdicts.append(
            Verdict(
                key=prediction_key("sums", item, prediction),
                item_id=item.item_id,
                judge=judge,
                status="verdict",
                attribution="model",
                category=CATEGORIES[place % len(CATEGORIES)],
                title=title(texts, place),
                summary=summary(texts, place),
                evidence=(Evidence(quote=quote, start=start, end=end),),
                confidence=1.0,
            )
        )
        rows.append(SampleRow(benchmark="sums", model=SAMPLED, item_id=item.item_id, weight=1.0))
    layout = Layout(content)
    path = layout.verdicts("sums", SAMPLED)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_verdicts(path, verdicts, {})
    stratum = Stratum(benchmark="sums", model=SAMPLED, population=OUTPUTS, sampled=OUTPUTS)
    sample = Sample(
        title=texts.line(0),
        judge=ANNOTATOR,
        judge_description=texts.block(2),
        design=texts.block(3),
        population={"sums": texts.line(1)},
        seed=1,
        drawn=date(2026, 1, 1),
        strata=(stratum,),
    )
    _put(content, "samples/hostile.yml", sample)
    write_sample_rows(layout.sample_rows("hostile"), rows)
