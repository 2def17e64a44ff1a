"""Every failure of one model, with the verdict that counts, as a file to download."""

import pandas as pd

from generator.charts.export import cell
from generator.pages.downloads import Download, table_file
from generator.pages.edition import Edition, Size
from generator.store.content import Content
from generator.store.kept import file_hash, recalled
from generator.store.verdict_details import read_titles

FOLDER = "data/models"
"""Where the files lie."""
COLUMNS = [
    "benchmark",
    "item_id",
    "status",
    "attribution",
    "attribution_subtype",
    "category",
    "subcategory",
    "confidence",
    "judge",
    "rule",
    "weight",
    "title",
    "summary",
]
"""What is told of a failure; title and summary only where the text of the benchmark is shown."""
_ABOUT = "One row per failure of the model with the verdict that counts."


def model_download(edition: Edition, model: str) -> Download | None:
    """Return the failures of a model as a file; None where it has none.

    Args:
        edition: Content and numbers.
        model: Id of the model.
    """
    rows = edition.failures_of(model)
    if rows is None:
        return None
    content = edition.content
    files = {
        benchmark: file_hash(content.layout.verdicts(benchmark, model))
        for benchmark in sorted(rows["benchmark"].unique())
        if content.benchmarks[benchmark].display == "full"
    }
    return recalled(
        "failures of a model",
        (model, rows, files, COLUMNS),
        lambda: table_file(
            f"{FOLDER}/{model}.csv.gz", _ABOUT, _titled(content, model, rows, list(files))
        ),
    )


def model_downloads(edition: Edition) -> list[Download]:
    """Return the files of all models that failed anything, in the order of their ids."""
    found = (model_download(edition, model) for model in sorted(edition.content.models))
    made = [one for one in found if one is not None]
    edition.sizes.update({one.path: Size(one.rows, len(one.data)) for one in made})
    return made


def model_file(edition: Edition, model: str) -> tuple[str, Size] | None:
    """Return path and size of the file of a model; None where it has none.

    The page on the data makes it; where that page was not made, it is made here.
    """
    path = f"{FOLDER}/{model}.csv.gz"
    if path not in edition.sizes:
        made = model_download(edition, model)
        if made is None:
            return None
        edition.sizes[path] = Size(made.rows, len(made.data))
    return path, edition.sizes[path]


def _titled(
    content: Content, model: str, rows: pd.DataFrame, benchmarks: list[str]
) -> pd.DataFrame:
    """Return the rows with title and summary, those of these benchmarks alone."""
    said = {
        (benchmark, item, judge): (cell(title), cell(summary or ""))
        for benchmark in benchmarks
        for item, judge, title, summary in read_titles(content.layout.verdicts(benchmark, model))
    }
    places = zip(*(rows[name].tolist() for name in ("benchmark", "item_id", "judge")), strict=True)
    texts = [said.get(place, ("", "")) for place in places]
    return rows.assign(
        title=[title for title, _ in texts], summary=[summary for _, summary in texts]
    )[COLUMNS]
