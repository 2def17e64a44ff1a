"""The wordings of the items of a set by reference, as a table."""

from pathlib import Path

import pandas as pd

from generator.store.parquet import read_table

COLUMNS = ("item_id", "variant", "reference", "tags")


def read_wordings(path: Path) -> pd.DataFrame:
    """Return item_id (str), variant (int), reference (bytes or None), tags (dict of str).

    Empty if there is no file. Files of before references were kept have none.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS))
    refused = f"{path.name}: not a Parquet file of this generator: run `erroratlas judge` again"
    table = read_table(path, None, refused)
    found = {name: table[name].to_pylist() for name in COLUMNS if name in table.schema.names}
    count = table.num_rows
    return pd.DataFrame(
        {
            "item_id": pd.Series(found.get("item_id", []), dtype=object),
            "variant": pd.Series(found.get("variant", []), dtype="int64"),
            "reference": pd.Series(found.get("reference", [None] * count), dtype=object),
            "tags": pd.Series([dict(tags) for tags in found.get("tags", [])], dtype=object),
        }
    )
