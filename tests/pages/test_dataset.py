"""What the downloads say of themselves to machines, and the page on editions."""

import hashlib
import json
import re
from dataclasses import replace
from typing import Any

from generator.pages.changes import changes_page
from generator.pages.data import data_page
from generator.pages.dataset import SUMS
from generator.pages.edition import Edition
from tests.pages.test_citing import released
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


def test_an_atlas_with_an_address_says_where_and_when_the_dataset_is(small: World) -> None:
    edition = small.edition()
    about = _about(edition)
    assert "url" not in about
    assert "datePublished" not in about
    assert about["distribution"][0]["contentUrl"] == "attempts.csv"
    atlas = edition.content.atlas.model_copy(
        update={"url": "https://atlas.example.org/errors", "edition": "2026.12"}
    )
    release = released().model_copy(update={"version": "2026.12"})
    content = replace(edition.content, atlas=atlas, releases={"2026.12": release})
    about = _about(replace(edition, content=content))
    assert about["url"] == "https://atlas.example.org/errors/2026.12/data/"
    assert about["datePublished"] == release.date.isoformat()
    assert about["distribution"][0]["contentUrl"] == f"{about['url']}attempts.csv"


def _about(edition: Edition) -> Any:
    (text,) = re.findall(r'ld\+json">(.*)</script>', data_page(edition).text)
    return json.loads(text)


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
