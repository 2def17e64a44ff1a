"""The data package: complete, described, the same bytes every time, without withheld text."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
import yaml

from generator.pages.downloads import downloads
from generator.pages.edition import Edition
from generator.records.verdict import Evidence
from generator.release.columns import COLUMNS, KEYS, NUMBERS, ROWS
from generator.release.opened import open_package
from generator.release.rows import item_rows, tagged, verdict_rows
from generator.stats.atlas import numbers
from generator.stats.collect import collect
from generator.stats.tables import Tables
from generator.store.content import load_content
from generator.store.verdicts import read_stamp, read_verdicts, write_verdicts
from tests.integration.made_up import files
from tests.release.conftest import EDITION, HIDDEN, commit, erroratlas


def texts(path: Path) -> dict[str, str]:
    """Return every file of a package as text, packed ones unpacked, tables as CSV."""
    found = {}
    for name, data in open_package(path).items():
        if name.endswith(".gz"):
            found[name] = gzip.decompress(data).decode()
        elif name.endswith(".parquet"):
            found[name] = pd.read_parquet(io.BytesIO(data)).to_csv()
        found[f"{name} (bytes)"] = data.decode("latin-1")
    return found


def test_it_holds_every_table_and_its_descriptions(package: Path) -> None:
    held = set(open_package(package))
    assert {f"{name}.csv" for name in KEYS if name not in ROWS} <= held
    assert {f"{name}.{form}" for name in ROWS for form in ("parquet", "csv.gz")} <= held
    assert held >= {
        "README.md", "LICENCES.txt", "CITATION.cff", ".zenodo.json", "SHA256SUMS", "release.json",
        "taxonomy.json", "datapackage.json", "croissant.json", "citation.bib", "citation.ris",
        "citation.csl.json", "citation.txt",
    }  # fmt: skip


def test_what_it_says_to_people_can_be_read_as_plain_text(package: Path) -> None:
    held = open_package(package)
    assert b"at level 95 %" in held["README.md"]
    assert b"&#160;" not in held["README.md"] + held["LICENCES.txt"]


def test_no_text_of_a_withheld_benchmark_is_in_it(packaged: Path, package: Path) -> None:
    cached = "".join(
        path.read_text() for path in (packaged / "cache/sources").rglob("*") if path.is_file()
    )
    verdicts = packaged / "content/verdicts/notes/acme__alpha.parquet"
    planted = pd.read_parquet(verdicts)[["title", "summary"]].to_csv()
    for words in HIDDEN:
        assert words in cached + planted, "it has to be there to be found"
        for name, text in texts(package).items():
            assert words not in text, name


def test_no_line_of_an_item_or_output_of_a_withheld_benchmark_is_in_it(
    packaged: Path, package: Path
) -> None:
    (source,) = (path for path in (packaged / "cache/sources").rglob("*") if path.is_file())
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    planted = {
        line
        for row in rows
        for said in (row["question"], row["ground_truth"], *map(_solution, row.values()))
        for line in said.splitlines()
        if len(line) > len("A: 1234")
    }
    assert len(planted) > len(rows)
    for name, text in texts(package).items():
        assert [line for line in planted if line in text] == [], name


def _solution(value: object) -> str:
    return str(value["solution"]) if isinstance(value, dict) else ""


def test_a_quote_that_should_not_be_there_stays_behind(root: Path) -> None:
    """Validation refuses such a verdict; the package does not rely on it."""
    path = root / "content/verdicts/notes/acme__alpha.parquet"
    verdicts = read_verdicts(path)
    quoted = Evidence(quote="PLANTEDQUOTE", start=4, end=16)
    said = [one.model_copy(update={"evidence": (quoted,)}) for one in verdicts]
    write_verdicts(path, said, read_stamp(path))
    content = load_content(root / "content")
    rows = verdict_rows(content, collect(content))
    assert "4-16" in set(rows["evidence"])
    assert "PLANTED" not in rows.to_csv()


def test_titles_are_given_where_the_text_is_shown(package: Path) -> None:
    rows = pd.read_parquet(package / "verdicts.parquet")
    assert set(rows.loc[rows["title"].notna(), "benchmark"]) == {"sums"}


def test_a_benchmark_that_hides_its_text_hides_its_titles(root: Path) -> None:
    path = root / "content/benchmarks/sums/benchmark.yml"
    path.write_text(path.read_text().replace("display: full", "display: withheld"))
    assert erroratlas(root, "judge", "--workers", "1") == 0
    commit(root)
    assert erroratlas(root, "release", EDITION) == 0
    for name, text in texts(root / f"build/release/erroratlas-{EDITION}").items():
        for words in ("The answer is 7", "What is 3 + 1", "3 + 1 = 5"):
            assert words not in text, name


def test_it_is_the_same_bytes_elsewhere_and_on_another_day(packaged: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-m", "generator", "--root", str(root)]
    arguments = ["release", EDITION, "--date", "2026-01-31"]
    subprocess.run([*command, *arguments], env=environment, check=True, capture_output=True)
    assert files(root / "build/release") == files(packaged / "build/release")
    assert files(root / "content") == files(packaged / "content")


def test_the_zip_file_holds_the_folder(packaged: Path) -> None:
    name = f"erroratlas-{EDITION}"
    with zipfile.ZipFile(packaged / f"build/release/{name}.zip") as archive:
        assert archive.testzip() is None
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    folder = files(packaged / "build/release" / name)
    assert held == {f"{name}/{file}": data for file, data in folder.items()}


def test_the_checksums_are_those_that_sha256sum_reads(package: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=package, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == len(open_package(package)) - 1


def test_the_numbers_are_those_of_the_site(packaged: Path, package: Path) -> None:
    content = load_content(packaged / "content")
    order = [entry.id for entry in content.taxonomy.categories]
    atlas = content.atlas
    found = numbers(collect(content), order, atlas.judges, atlas.confidence_level, seed=atlas.seed)
    (shares,) = (one for one in downloads(Edition(content, found)) if one.path == "data/shares.csv")
    site = pd.read_csv(io.BytesIO(shares.data)).rename(columns={"classified": "n"})
    own = pd.read_csv(package / "shares_by_run.csv")
    keys = [*KEYS["shares_by_run"]]
    pd.testing.assert_frame_equal(
        own.sort_values(keys).reset_index(drop=True),
        site.sort_values(keys).reset_index(drop=True)[[*own.columns]],
    )
    rates = pd.read_csv(package / "rates_by_run.csv")
    keys = [*KEYS["rates_by_run"]]
    pd.testing.assert_frame_equal(
        rates.sort_values(keys).reset_index(drop=True),
        site[site["numbers"] == "primary"].sort_values(keys).reset_index(drop=True)[[*rates]],
    )
    whole = pd.read_csv(package / "shares_by_benchmark.csv").set_index(["benchmark", "category"])
    for benchmark, made in found.benchmarks.items():
        expected = made.shares.set_index("category")["high"]
        assert whole.loc[benchmark]["high"].to_numpy() == pytest.approx(
            expected.to_numpy(), rel=1e-5
        )


def test_tags_that_cut_into_no_slices_stay_behind() -> None:
    ids = [f"q{place}" for place in range(6)]
    tags = [{"half": str(place % 2), "words": f"Ann has {place} pens"} for place in range(6)]
    items = pd.DataFrame({"benchmark": "sums", "item_id": ids, "variant": 0, "tags": tags})
    rows = item_rows(Tables(*[pd.DataFrame()] * 4, items))
    assert rows["tags"].tolist() == ['{"half": "0"}', '{"half": "1"}'] * 3
    assert tagged(rows)["tags"].tolist() == [{"half": str(place % 2)} for place in range(6)]


def test_every_column_is_described(package: Path) -> None:
    for name, data in open_package(package).items():
        if name.endswith(".csv"):
            assert set(pd.read_csv(io.BytesIO(data), nrows=1).columns) <= set(COLUMNS), name


def checked(package: Path, needed: str, code: str) -> str:
    """Run a check of others in a process of its own; their warnings are theirs."""
    if find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


FRICTIONLESS = """
from frictionless import Package
report = Package("datapackage.json").validate()
assert report.valid, report.flatten(["taskName", "type", "message"])
print(len(report.tasks))
"""
CROISSANT = """
import mlcroissant
found = mlcroissant.Dataset("croissant.json")
assert not found.metadata.issues.errors, found.metadata.issues.errors
assert not found.metadata.issues.warnings, found.metadata.issues.warnings
for name in ("runs", "verdicts", "taxonomy"):
    first = next(iter(found.records(record_set=name)))
print(len(found.metadata.record_sets))
"""


def test_frictionless_finds_it_valid(package: Path) -> None:
    assert int(checked(package, "frictionless", FRICTIONLESS)) > len(KEYS)


def test_frictionless_would_find_a_strange_category(package: Path) -> None:
    path = package / "shares_by_run.csv"
    path.write_text(path.read_text().replace(",E13,", ",E99,"))
    with pytest.raises(AssertionError, match="foreign-key"):
        checked(package, "frictionless", FRICTIONLESS)


def test_croissant_finds_it_valid(package: Path) -> None:
    assert int(checked(package, "mlcroissant", CROISSANT)) == len(KEYS)


def test_the_croissant_names_what_is_there(package: Path) -> None:
    """What can be told without the validator, which cannot be installed everywhere."""
    told = json.loads((package / "croissant.json").read_text())
    held = open_package(package)
    files = {one["@id"]: one for one in told["distribution"]}
    for name, one in files.items():
        assert one["sha256"] == hashlib.sha256(held[name]).hexdigest()
    fields = {field["@id"] for part in told["recordSet"] for field in part["field"]}
    for part in told["recordSet"]:
        (source,) = {field["source"]["fileObject"]["@id"] for field in part["field"]}
        read = pd.read_parquet if source.endswith(".parquet") else pd.read_csv
        assert [field["name"] for field in part["field"]] == [*read(package / source).columns]
        named = [
            *part["key"],
            *(f["references"]["field"] for f in part["field"] if "references" in f),
        ]
        assert {one["@id"] for one in named} <= fields


def test_the_citation_file_is_valid(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
         "vendor.citation-file-format", "CITATION.cff"],
        cwd=package, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    told = yaml.safe_load((package / "CITATION.cff").read_text())
    assert (told["version"], told["type"]) == (EDITION, "dataset")


def test_zenodo_is_told_what_the_citation_says(package: Path) -> None:
    told = json.loads((package / ".zenodo.json").read_text())
    assert told["version"] == EDITION
    assert told["publication_date"] == "2026-01-31"
    assert told["creators"] == [{"name": "The ErrorAtlas contributors"}]


def test_the_description_names_what_numbers_rest_on(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text())
    tables = {one["name"]: one for one in described["resources"] if one["type"] == "table"}
    assert {name.replace("_", "-") for name in NUMBERS} <= set(tables)
    for one in tables.values():
        assert all(field["description"] for field in one["schema"]["fields"])
