"""An annotator's verdicts are tied to outputs, all of them or none."""

import json
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.judging.annotated import tie_annotations, write_annotations
from generator.store.content import Content, load_content
from generator.store.verdicts import read_verdicts
from tests.store.tree import MODEL, sound, write

SAMPLE = """\
title: A sample
judge: annotator-1
judge_description: Made up.
design: Made up.
population: {sums: failures}
seed: 1
drawn: 2026-01-01
strata:
  - {benchmark: sums, model: acme__alpha, population: 3, sampled: 2}
"""
NOTE = {
    "benchmark": "sums",
    "item": "q3",
    "model": "alpha-1",
    "status": "verdict",
    "attribution": "model",
    "attribution_subtype": None,
    "category": "E13",
    "subcategory": "arithmetic",
    "secondary": [],
    "title": "A false sum",
    "summary": "The sum does not hold.",
    "confidence": 0.9,
    "quote_start": 0,
    "quote_end": 9,
}
UNSURE = {
    **NOTE,
    "item": "q4",
    "status": "undetermined",
    "category": None,
    "subcategory": None,
    "title": "",
    "summary": "",
    "quote_start": None,
    "quote_end": None,
}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    root = sound(tmp_path / "content")
    write(root, "models/acme__alpha.yml", MODEL)
    write(root, "samples/one.yml", SAMPLE)
    return load_content(root)


def notes(tmp_path: Path, *rows: dict[str, object]) -> Path:
    """Write annotations and return the file."""
    return write(tmp_path, "notes.jsonl", "".join(json.dumps(row) + "\n" for row in rows))


def fault(content: Content, file: Path) -> str:
    """Return the one message on a file that is refused."""
    with pytest.raises(ContentError) as caught:
        tie_annotations(content, "one", file, Path("none"))
    assert len(caught.value.problems) == 1
    return str(caught.value.problems[0]).removeprefix(str(file))


def test_verdicts_are_written_with_their_quotes_and_weights(
    content: Content, tmp_path: Path
) -> None:
    elsewhere = {**NOTE, "benchmark": "other", "item": "x"}
    file = notes(tmp_path, UNSURE, NOTE, elsewhere)
    tied = tie_annotations(content, "one", file, Path("none"))
    assert write_annotations(content, "one", tied) == 2
    first, second = read_verdicts(content.layout.verdicts("sums", "acme__alpha"))
    assert (first.item_id, first.category, first.evidence[0].quote) == ("q3", "E13", "3 + 1 = 5")
    assert (second.item_id, second.status, second.title) == ("q4", "undetermined", None)
    rows = content.layout.sample_rows("one").read_text(encoding="utf-8")
    assert rows.splitlines()[1:] == ["sums,acme__alpha,q3,1.5", "sums,acme__alpha,q4,1.5"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"item": "q99"}, ":1: item: q99: the run has no such item: correct the item or"),
        ({"item": "q1"}, ":1: item: q1: not a failure: remove the line"),
        ({"model": "beta"}, ":1: model: beta: no run of this model: add it as an alias"),
        ({"category": "E99"}, ":1: category: E99: no such category: use one of the taxonomy"),
        ({"category": None, "subcategory": None}, ":1: -: "),
        ({"subcategory": "odd"}, ":1: subcategory: odd: E13 has no such subcategory: use"),
        ({"quote_end": 999}, ":1: quote_start: 0..999: outside the output of 27 characters:"),
        ({"quote_end": None}, ":1: quote_start: 0..None: half a span: give both ends or none"),
    ],
)
def test_a_line_at_fault_is_named(
    content: Content, tmp_path: Path, changed: dict[str, object], message: str
) -> None:
    assert fault(content, notes(tmp_path, {**NOTE, **changed}, UNSURE)).startswith(message)


@pytest.mark.parametrize("rows", [(), (NOTE,), (NOTE, NOTE)])
def test_a_file_that_does_not_fit_the_design_changes_nothing(
    content: Content, tmp_path: Path, rows: tuple[dict[str, object], ...]
) -> None:
    message = fault(content, notes(tmp_path, *rows))
    assert "different failures where the design says 2" in message
    assert not content.layout.sample_rows("one").exists()
    assert not content.layout.verdicts("sums", "acme__alpha").exists()
