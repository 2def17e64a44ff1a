"""What the downloads say of themselves to machines, and the page on editions."""

import hashlib
import json
import re

from generator.pages.changes import changes_page
from generator.pages.data import data_page
from generator.pages.dataset import SUMS
from tests.pages.world import World


def test_the_dataset_names_every_download_with_its_size_and_sum(small: World) -> None:
    page = data_page(small.edition())
    (text,) = re.findall(r'<script type="application/ld\+json">(.*)</script>', page.text)
    assert not set("<>&") & set(text)
    about = json.loads(text)
    assert about["@type"] == "Dataset"
    assert about["distribution"]
    for one in about["distribution"]:
        data = page.files[f"data/{one['name']}"]
        assert one["contentSize"] == f"{len(data)} B"
        assert one["sha256"] == hashlib.sha256(data).hexdigest()


def test_checksums_are_of_the_files_beside_them(small: World) -> None:
    files = data_page(small.edition()).files
    lines = files[SUMS].decode().splitlines()
    assert lines
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256(files[f"data/{name}"]).hexdigest() == digest


def test_an_edition_in_preparation_says_so_and_what_it_holds(small: World) -> None:
    edition = small.edition()
    text = changes_page(edition).text
    assert ("in preparation" in text) is not edition.content.atlas.released
    attempts = edition.numbers.attempts
    for benchmark in attempts["benchmark"].unique():
        assert edition.content.benchmarks[benchmark].name.split()[0] in text
