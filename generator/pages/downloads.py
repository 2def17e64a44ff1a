"""The numbers of the pages as tables to download."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from generator.pages.benchmark_sections import items_path
from generator.pages.edition import Edition
from generator.pages.suspects import suspects_path
from generator.stats.parts import stacked
from generator.stats.similarity import Similarity
from generator.stats.stacks import of_benchmarks, of_similarities, of_slices
from generator.store.aside import recalled_aside
from generator.store.kept import recalled
from generator.store.packing import gzipped_parts


class Download(NamedTuple):
    """A table to download."""

    path: str
    """Path below the folder of all pages."""
    about: str
    """What one row is."""
    columns: tuple[str, ...]
    """Names of the columns."""
    rows: int
    """Number of rows."""
    data: bytes
    """The file."""


def downloads(edition: Edition) -> list[Download]:
    """Return the tables of an edition, the same bytes for the same numbers."""
    return downloads_begun(edition)()


def downloads_begun(edition: Edition) -> Callable[[], list[Download]]:
    """Begin the largest of the tables; return how to get all. See :func:`downloads`."""
    alike = edition.numbers.similarities
    worth = sum(len(one.models) ** 2 for one in alike) > _MANY
    work = partial(_similarity_file, alike)
    return partial(_downloads, edition, recalled_aside("similarity file", alike, work, worth=worth))


_MANY = 50_000
"""Rows of similarities from which a process of its own is worth starting."""


def _similarity_file(alike: tuple[Similarity, ...]) -> Download:
    about = "One row per model and other model: distance of their signatures, interval."
    return tables_file("data/similarity.csv.gz", about, of_similarities(alike))


def _downloads(edition: Edition, similarity: Callable[[], Download]) -> list[Download]:
    numbers = edition.numbers
    runs = numbers.attempts.sort_values(["benchmark", "model"], kind="stable")
    made = [
        table_file(
            "data/attempts.csv", "One row per run: items answered and failed, accuracy.", runs
        ),
        table_file(
            "data/shares.csv",
            "One row per run and category, zeros included: failures, share, rate, intervals.",
            _with_rates(edition, _stacked(edition, "share_part")),
        ),
        table_file(
            "data/outcomes.csv",
            "One row per run and outcome: what came of looking at its failures.",
            _stacked(edition, "outcome_part"),
        ),
        table_file(
            "data/distinctive.csv",
            "One row per run and category that it or its pool has: log-odds, z, p, p adjusted for "
            "all comparisons.",
            numbers.distinctive,
        ),
        table_file(
            "data/corrected.csv",
            "One row per run with a sample and category: share of all failures, from the sample "
            "alone and corrected with what rules say of all; conservative where few are labelled.",
            numbers.corrected,
        ),
    ]
    made += _about_benchmarks(edition, similarity)
    for benchmark, rows in sorted(numbers.failures.groupby("benchmark", observed=True)):
        made.append(_failures_file(edition, str(benchmark), rows))
    return made


def _failures_file(edition: Edition, benchmark: str, rows: pd.DataFrame) -> Download:
    """Return the failures on a benchmark, which are worth keeping for the next build."""
    path = f"data/failures/{benchmark}.csv.gz"
    about = "One row per failure that the numbers rest on, with the verdict that counts."
    ordered = rows.sort_values(["model", "item_id"], kind="stable", ignore_index=True)
    told = edition.numbers.told.get(benchmark) or ordered
    return recalled("failures file", (path, about, told), partial(table_file, path, about, ordered))


def _about_benchmarks(edition: Edition, similarity: Callable[[], Download]) -> list[Download]:
    """Return what benchmarks measure, their suspect items, and which models fail alike.

    Args:
        edition: Content and numbers.
        similarity: Gives the table of which models fail alike.
    """
    numbers, made = edition.numbers, []
    if numbers.anatomies:
        about = "One row per slice of a benchmark: items, predictions that failed, rate, interval."
        slices = of_benchmarks({name: part.slices for name, part in numbers.anatomies.items()})
        made.append(table_file("data/slices.csv", about, slices))
        about = "One row per run and slice: predictions that failed, rate, interval; all others."
        slices = of_benchmarks({name: part.by_model for name, part in numbers.anatomies.items()})
        made.append(table_file("data/run-slices.csv", about, slices))
        about = "One row per slice of a benchmark and category: failures, share, intervals."
        made.append(table_file("data/slice-shares.csv", about, of_slices(numbers.anatomies)))
    if numbers.similarities:
        made.append(similarity())
    for name, part in sorted(numbers.anatomies.items()):
        about = "One row per item: models that attempted it and that failed it."
        made.append(table_file(items_path(name), about, part.items))
    for name, rows in sorted(numbers.suspects.items()):
        if len(rows) and not edition.content.benchmarks[name].synthetic:
            about = "One row per item whose reference may be wrong, with the evidence."
            made.append(table_file(suspects_path(name), about, rows))
    return made


def _stacked(edition: Edition, part: Literal["share_part", "outcome_part"]) -> pd.DataFrame:
    """Return one part of all compositions as one table, with what each of its rows is of."""
    told = [
        (*key, basis, composition)
        for basis, compositions in (
            ("primary", edition.numbers.primary),
            ("rules_alone", edition.numbers.rules_alone),
        )
        for key, composition in sorted(compositions.items())
    ]
    if not told:
        return pd.DataFrame()
    parts = [getattr(one, part) for *_, one in told]
    rows, sizes = stacked(parts), [one.many for one in parts]
    about = {
        "benchmark": [benchmark for benchmark, *_ in told],
        "model": [model for _, model, *_ in told],
        "numbers": [basis for _, _, basis, _ in told],
        "basis": [one.basis for *_, one in told],
        "judges": ["+".join(one.judges) for *_, one in told],
        "population": [one.population for *_, one in told],
        "looked_at": [one.looked_at for *_, one in told],
        "classified": [one.classified for *_, one in told],
    }
    place = np.repeat(np.arange(len(told)), sizes)
    runs = pd.DataFrame(about).iloc[place].reset_index(drop=True)
    return runs.join(rows)


def _with_rates(edition: Edition, shares: pd.DataFrame) -> pd.DataFrame:
    """Add the rate of each category, which is not known of what rules alone settle."""
    known = edition.numbers.rates.parts
    if not known:
        return shares
    place = np.repeat(np.arange(len(known)), [part.many for part in known.values()])
    runs = pd.DataFrame(list(known), columns=["benchmark", "model"]).iloc[place]
    rates = stacked(list(known.values()))
    rates = runs.reset_index(drop=True).assign(numbers="primary").join(rates)
    return shares.merge(rates, on=["benchmark", "model", "numbers", "category"], how="left")


def table_file(path: str, about: str, frame: pd.DataFrame) -> Download:
    """Return a table as CSV, packed where its path ends so; the same bytes for the same rows.

    Args:
        path: Path below the folder of all pages.
        about: What one row is.
        frame: The table.
    """
    return tables_file(path, about, [frame])


def tables_file(path: str, about: str, frames: Iterable[pd.DataFrame]) -> Download:
    """Return tables as one; only one of them is held at a time. See :func:`table_file`.

    Args:
        path: Path below the folder of all pages.
        about: What one row is.
        frames: Tables with the same columns, at least one.
    """
    columns: list[str] = []
    rows = 0

    def text() -> Iterator[bytes]:
        nonlocal columns, rows
        for frame in frames:
            if not columns:
                columns = list(map(str, frame.columns))
                yield _lines([columns])
            rows += len(frame)
            yield from _csv(frame)

    data = gzipped_parts(text()) if path.endswith(".gz") else b"".join(text())
    return Download(path, about, tuple(columns), rows, data)


_AT_A_TIME = 10_000
"""Rows that are held as Python values at a time."""


def _csv(frame: pd.DataFrame) -> Iterator[bytes]:
    """Yield the rows of a frame as CSV; not by pandas, which takes some four times as long."""
    for first in range(0, len(frame), _AT_A_TIME):
        some = frame.iloc[first : first + _AT_A_TIME]
        yield _lines(zip(*(_cells(some[name]) for name in frame.columns), strict=True))


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _cells(column: pd.Series) -> Iterable[object]:
    """Return the values of a column as they are written; what is missing is empty."""
    if pd.api.types.is_float_dtype(column.dtype):
        # Most stand in many rows; told apart by their bits, because 0 and -0 are equal.
        which, bits = pd.factorize(column.to_numpy(float).view(np.int64))
        values = bits.view(float).tolist()
        texts = ["" if value != value else f"{value:.6g}" for value in values]  # noqa: PLR0124
        found: list[object] = np.array(texts, dtype=object)[which].tolist()
        return found
    missing = column.isna()
    if not missing.any():
        return column.tolist()
    return column.astype(object).where(~missing, "").tolist()


def files_of(tables: Iterable[Download]) -> dict[str, bytes]:
    """Return the files by path."""
    return {table.path: table.data for table in tables}
