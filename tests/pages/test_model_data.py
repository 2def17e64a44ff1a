"""The failures of a model as a file of its own."""

import gzip
import hashlib
import io

import pandas as pd

from generator.pages.data import data_page
from generator.pages.dataset import SUMS
from generator.pages.examples import Examples
from generator.pages.model import model_page
from generator.pages.model_data import COLUMNS, FOLDER, model_download, model_downloads
from tests.pages.world import World


def read(data: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(gzip.decompress(data)), dtype=str, keep_default_na=False)


def test_the_files_hold_every_failure_once(small: World) -> None:
    edition = small.edition()
    files = {one.path: read(one.data) for one in model_downloads(edition)}
    settled = edition.numbers.settled
    assert sorted(files) == sorted(f"{FOLDER}/{m}.csv.gz" for m in settled["model"].unique())
    for path, rows in files.items():
        assert list(rows.columns) == COLUMNS
        model = path.removeprefix(f"{FOLDER}/").removesuffix(".csv.gz")
        mine = settled[settled["model"] == model]
        assert sorted(zip(rows["benchmark"], rows["item_id"], strict=True)) == sorted(
            zip(mine["benchmark"], mine["item_id"], strict=True)
        )


def test_a_file_is_the_same_each_time_and_tells_no_day(small: World) -> None:
    first, second = (model_downloads(small.edition()) for _ in range(2))
    assert first == second
    assert all(one.data[4:8] == bytes(4) for one in first)


def test_a_model_links_its_file_and_the_data_page_has_its_checksum(small: World) -> None:
    edition = small.edition()
    data = data_page(edition)
    sums = data.files[SUMS].decode()
    for model in sorted(set(edition.numbers.settled["model"])):
        found = model_download(edition, model)
        assert found is not None
        assert data.files[found.path] == found.data
        digest = hashlib.sha256(found.data).hexdigest()
        assert f"{digest}  models/{model}.csv.gz\n" in sums
        text = model_page(edition, Examples({}, {}), model).text
        assert f'href="../../{found.path}"' in text.replace("&#95;", "_")


def test_a_model_that_failed_nothing_has_no_file(small: World) -> None:
    assert model_download(small.edition(), "nobody__nothing") is None
