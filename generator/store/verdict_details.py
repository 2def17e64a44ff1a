"""What verdicts say beyond their kind, read by column: whole records of all of them take long."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from generator.errors import InputError
from generator.store.parquet import read_table


class Detail(NamedTuple):
    """What a judge said of one failure, as the file has it."""

    item_id: str
    """Item."""
    judge: str
    """Name of the judge."""
    title: str
    """The error in a few words."""
    summary: str | None
    """The error in a sentence or two."""
    category: str | None
    """Category of the first major error."""
    subcategory: str | None
    """Subcategory of it."""
    rule: str | None
    """The rule that settled it."""
    subtype: str | None
    """Finer, for faults of the benchmark or the harness."""
    version: str
    """Version of the judge."""
    prompt: str
    """Hash of the prompt."""
    taxonomy: str
    """Version of the taxonomy used."""
    secondary: tuple[str, ...]
    """Further errors."""
    spans: tuple[tuple[int, int], ...]
    """Where the output shows it."""
    criteria: tuple[dict[str, Any], ...]
    """What a right answer needs; none where they were not asked for."""


_PLAIN = (
    "item_id", "judge", "title", "summary", "category", "subcategory", "rule",
    "attribution_subtype", "judge_version", "prompt_hash", "taxonomy",
)  # fmt: skip


def read_details(path: Path, *, criteria: bool) -> Iterator[Detail]:
    """Yield what verdicts with a title say; the others say no more than *undetermined*.

    Args:
        path: Parquet file that was checked; none are yielded if there is no such file.
        criteria: Whether criteria are wanted.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return
    refused = f"{path.name}: not verdicts of this generator: run `erroratlas judge` again"
    wanted = [*_PLAIN, "secondary", "evidence", *(["criteria"] if criteria else [])]
    table = read_table(path, wanted, refused)
    table = table.filter(pc.is_valid(table["title"])).combine_chunks()
    columns = [table[name].to_numpy().tolist() for name in _PLAIN]
    try:
        evidence = _lists(table["evidence"])
        spans = [tuple((span["start"], span["end"]) for span in spans) for spans in evidence]
    except (KeyError, TypeError) as error:
        raise InputError(refused) from error
    further = _lists(table["secondary"])
    told = _lists(table["criteria"]) if criteria else [()] * len(table)
    for plain, *others in zip(zip(*columns, strict=True), further, spans, told, strict=True):
        yield Detail(*plain, *others)


def _lists(column: pa.ChunkedArray) -> list[tuple[Any, ...]]:
    """Return a column of lists; most of them are empty, and one by one would take long."""
    found: list[tuple[Any, ...]] = [()] * len(column)
    filled = pc.greater(pc.fill_null(pc.list_value_length(column), 0), 0)
    places = pc.indices_nonzero(filled).to_pylist()
    for place, values in zip(places, column.filter(filled).to_pylist(), strict=True):
        found[place] = tuple(values)
    return found
