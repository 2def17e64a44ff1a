"""Verdicts that an annotator gave outside the generator, as JSON Lines.

Keys of a line: ``benchmark``, ``item``, ``model`` (a name that ``models/*.yml`` lists as an
alias), the fields of a verdict, and ``quote_start`` and ``quote_end`` as offsets into the output.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from generator.errors import ContentError, Problem
from generator.records.base import CategoryId, Line, Record, Share, Slug, SubcategoryId
from generator.records.taxonomy import Attribution
from generator.store.lines import Numbered, read_lines

Title = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\r\n]*$")]
Summary = Annotated[str, StringConstraints(max_length=2_000)]


class Annotation(Record):
    """One verdict as an annotator wrote it down."""

    model_config = ConfigDict(extra="ignore")

    benchmark: Slug
    """Benchmark."""
    item: Line
    """Item."""
    model: Line
    """Model, by one of its aliases."""
    status: Literal["verdict", "undetermined"]
    """Whether the output shows a cause."""
    attribution: Attribution | None
    """Whose fault it is."""
    attribution_subtype: SubcategoryId | None
    """Finer, for faults of the benchmark or the harness."""
    category: CategoryId | None
    """Category of the first major error."""
    subcategory: SubcategoryId | None
    """Subcategory of it."""
    secondary: tuple[CategoryId, ...]
    """Further errors."""
    title: Title
    """The error in a few words, in the annotator's own; empty where none was seen."""
    summary: Summary
    """The error in a sentence or two, in the annotator's own words; may be empty."""
    confidence: Share
    """Probability, as stated, that a careful second annotator agrees."""
    quote_start: int | None
    """Offset of the evidence in the output."""
    quote_end: int | None
    """Offset after the evidence."""


def read_annotations(path: Path, benchmark: str) -> Iterator[Numbered[Annotation]]:
    """Yield the annotations of one benchmark with their line.

    Raises:
        ContentError: Lines are at fault; raised after the last row.
    """
    problems: list[Problem] = []
    for row in read_lines(path, Annotation, str(path), problems):
        if row.record.benchmark == benchmark:
            yield row
    if problems:
        raise ContentError(problems)
