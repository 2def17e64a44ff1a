"""``erroratlas verify``: an honest package passes, a changed cell is found, bombs are refused."""

import gzip
import json
import os
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from generator.errors import InputError
from generator.release import opened, reading
from generator.release.files import checksum, checksums, csv_text, parquet_bytes
from generator.release.opened import open_package, unpacked
from generator.release.verify import DESCRIPTIONS, verify
from generator.store.packing import gzipped
from tests.release.conftest import EDITION, erroratlas


def mended(package: Path) -> None:
    """Write checksums that fit what is there now, wherever they stand."""
    before = dict(
        line.split("  ")[::-1] for line in (package / "SHA256SUMS").read_text().split("\n")[:-1]
    )
    for path in (package / name for name in DESCRIPTIONS):
        told = path.read_bytes() if path.exists() else None
        for file, old in before.items() if told is not None else ():
            data = (package / file).read_bytes() if (package / file).exists() else None
            new = "no such file" if data is None else checksum(data)
            told = told.replace(old.encode(), new.encode()) if told else told
        if told is not None:
            path.write_bytes(told)
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    del files["SHA256SUMS"]
    (package / "SHA256SUMS").write_bytes(checksums(files))


def test_a_description_that_states_another_checksum_is_found(package: Path) -> None:
    (package / "README.md").write_text("Other words")
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    del files["SHA256SUMS"]
    (package / "SHA256SUMS").write_bytes(checksums(files))
    (one,) = verify(open_package(package)).differences
    assert one[:3] == ("datapackage.json", "README.md", "hash")


def changed(package: Path, file: str, column: str, value: str, row: int = 0) -> str:
    """Change one cell of a CSV file; return what was there."""
    frame = pd.read_csv(package / file, dtype=str, keep_default_na=False)
    before = str(frame.loc[row, column])
    frame.loc[row, column] = value
    frame.to_csv(package / file, index=False, lineterminator="\n")
    mended(package)
    return before


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_an_honest_package_passes(
    packaged: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = packaged / f"build/release/erroratlas-{EDITION}{ending}"
    assert erroratlas(packaged, "verify", str(path)) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{EDITION}: the package is what it says (")
    (number,) = re.findall(r"([\d,]+) published numbers", said)
    assert int(number.replace(",", "")) > 500


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("shares_by_run.csv", "count"),
        ("shares_by_run.csv", "low"),
        ("shares_by_benchmark.csv", "share"),
        ("outcomes_by_run.csv", "population"),
        ("outcomes_by_benchmark.csv", "high"),
        ("rates_by_run.csv", "rate_high"),
        ("shares_by_slice.csv", "high"),
        ("runs.csv", "failures"),
        ("runs.csv", "accuracy"),
    ],
)
def test_a_changed_number_is_found_although_checksums_fit(
    package: Path, file: str, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = changed(package, file, column, "0.123", row=3 if file != "runs.csv" else 0)
    assert erroratlas(package, "verify", str(package), "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    found = {(one["file"], one["column"]): one for one in report["differences"]}
    assert found[file, column]["published"] == "0.123"
    assert found[file, column]["derived"] == before


def test_a_changed_verdict_is_found_in_all_that_rests_on_it(package: Path) -> None:
    frame = pd.read_parquet(package / "verdicts.parquet").astype(object)
    frame = frame.where(frame.notna(), None)
    place = frame.index[frame["status"].eq("verdict") & frame["judge"].eq("rules")][-1]
    frame.loc[place, "category"] = "E17"
    (package / "verdicts.parquet").write_bytes(parquet_bytes(frame))
    (package / "verdicts.csv.gz").write_bytes(gzipped(csv_text("verdicts", frame).encode()))
    mended(package)
    found = {one.file for one in verify(open_package(package)).differences}
    assert {"shares_by_run.csv", "shares_by_benchmark.csv", "failures.csv.gz"} <= found


def test_a_removed_attempt_is_found(package: Path) -> None:
    frame = pd.read_parquet(package / "attempts.parquet").iloc[1:]
    (package / "attempts.parquet").write_bytes(parquet_bytes(frame))
    mended(package)
    found = {(one.file, one.column) for one in verify(open_package(package)).differences}
    assert ("attempts.csv.gz", "-") in found
    assert ("runs.csv", "attempted") in found
    assert ("release.json", "predictions") in found


def test_copies_that_differ_are_found(package: Path) -> None:
    path = package / "verdicts.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode().replace(",E13,", ",E14,", 1)
    path.write_bytes(gzipped(text.encode()))
    mended(package)
    (one,) = verify(open_package(package)).differences
    assert (one.file, one.column, one.published, one.derived) == (
        "verdicts.csv.gz", "category", "E14", "E13",
    )  # fmt: skip


def test_a_row_too_many_and_a_row_too_few_are_found(package: Path) -> None:
    path = package / "shares_by_benchmark.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:1], *lines[2:], lines[2]]))
    mended(package)
    found = {(one.published, one.derived) for one in verify(open_package(package)).differences}
    assert found == {("no such row", "a row"), ("there twice", "once")}


def test_files_that_are_not_what_the_checksums_say_are_found(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "README.md").write_text("Other words\n")
    (package / "extra.txt").write_text("More\n")
    (package / "citation.txt").unlink()
    assert erroratlas(package, "verify", str(package)) == 1
    said = capsys.readouterr().err
    assert "README.md: -: sha256: published " in said
    assert "extra.txt: -: sha256: published not listed, derived " in said
    assert re.search(r"citation\.txt: -: sha256: published \w{64}, derived no such file", said)


@pytest.mark.parametrize(
    "name", ["verdicts.parquet", "release.json", "taxonomy.json", "runs.csv", "croissant.json"]
)
@pytest.mark.parametrize("data", [None, b"", b"PAR1 no", b"[[", b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_said_in_one_line(
    package: Path, name: str, data: bytes | None
) -> None:
    if data is None:
        (package / name).unlink()
    else:
        (package / name).write_bytes(data)
    mended(package)
    found = verify(open_package(package)).differences
    assert found[-1].file == name
    assert "\n" not in str(found[-1].published)


def test_counts_that_no_rows_give_are_found(package: Path) -> None:
    path = package / "release.json"
    told = json.loads(path.read_text())
    told["counts"]["failures"] += 1
    told["spoke"][0]["verdicts"] += 1
    path.write_text(json.dumps(told))
    mended(package)
    found = verify(open_package(package)).differences
    assert [(one.file, one.row) for one in found] == [
        ("release.json", "counts"), ("release.json", "spoke"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"judges": ["nobody"]}, {"confidence_level": 0.9}, {"confidence_level": 7},
        {"judges": []}, {"version": "../../x"}, {"runs": [1]}, {"counts": None},
    ],
)  # fmt: skip
def test_settings_that_give_other_numbers_are_found(package: Path, changes: dict[str, Any]) -> None:
    path = package / "release.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    mended(package)
    assert verify(open_package(package)).differences


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "fine"), ("attribution", "nobody"), ("status", None), ("item_id", None),
        ("item_id", "x" * 501), ("weight", -1.0), ("weight", float("inf")), ("weight", 0.0),
        ("category", "E99"), ("model", "../x"), ("confidence", 2.0),
    ],
)  # fmt: skip
def test_strange_rows_are_said_and_nothing_breaks(package: Path, column: str, value: Any) -> None:
    frame = pd.read_parquet(package / "verdicts.parquet").astype(object)
    frame = frame.where(frame.notna(), None)
    frame.loc[0, column] = value
    (package / "verdicts.parquet").write_bytes(parquet_bytes(frame))
    mended(package)
    assert verify(open_package(package)).differences


@pytest.mark.parametrize("tags", ["", "[1]", '{"a": 1}', "[" * 400, "{"])
def test_strange_tags_are_said_and_nothing_breaks(package: Path, tags: str) -> None:
    frame = pd.read_parquet(package / "items.parquet").assign(tags=tags)
    (package / "items.parquet").write_bytes(parquet_bytes(frame))
    (package / "items.csv.gz").write_bytes(gzipped(csv_text("items", frame).encode()))
    mended(package)
    (one,) = verify(open_package(package)).differences
    assert one.column == "-"
    assert "no numbers follow from these rows: " in one.published


def test_another_slice_of_an_item_is_found_in_all_that_rests_on_it(package: Path) -> None:
    frame = pd.read_parquet(package / "items.parquet")
    half = frame["benchmark"].eq("notes") & (frame.index % 2 == 0)
    frame.loc[frame["benchmark"].eq("notes"), "tags"] = '{"half": "one"}'
    frame.loc[half, "tags"] = '{"half": "other"}'
    (package / "items.parquet").write_bytes(parquet_bytes(frame))
    (package / "items.csv.gz").write_bytes(gzipped(csv_text("items", frame).encode()))
    mended(package)
    found = {one.file for one in verify(open_package(package)).differences}
    assert found == {"slices.csv", "slices_by_run.csv", "shares_by_slice.csv"}


def test_a_short_file_that_stands_for_endless_rows_is_refused(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 100_000)
    frame = pd.read_parquet(package / "attempts.parquet").iloc[[0] * 100_001]
    data = parquet_bytes(frame.reset_index(drop=True))
    assert len(data) < 20_000
    (package / "attempts.parquet").write_bytes(data)
    mended(package)
    found = verify(open_package(package)).differences
    assert "more than 100,000 rows" in found[-1].published


def archive(path: Path, entries: dict[str, bytes], mode: int = 0o100644) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return path


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/../../x", "a/b/c", "a\\..\\x", "a/..", "C:/x", "a/x\ny"]
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "a.zip", {"a/SHA256SUMS": b"", name: b"x"})
    with pytest.raises(InputError, match="no name of a file of a package"):
        open_package(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_BYTES", 1_000_000)
    path = archive(tmp_path / "a.zip", {"a/x": bytes(3_000_000)})
    assert path.stat().st_size < 10_000
    with pytest.raises(InputError, match="unfolds to more than 1,000,000 bytes"):
        open_package(path)


def test_a_packed_table_that_unfolds_to_too_much_is_refused() -> None:
    with pytest.raises(InputError, match="unfolds to more than 1,000 bytes"):
        unpacked("x.csv.gz", gzip.compress(bytes(100_000)), 1_000)
    with pytest.raises(InputError, match="cut off"):
        unpacked("x.csv.gz", gzip.compress(b"abc")[:-4])


def test_many_files_links_and_doubles_are_refused(tmp_path: Path) -> None:
    many = archive(tmp_path / "many.zip", {f"a/x{number}": b"" for number in range(201)})
    with pytest.raises(InputError, match="more than 200 files"):
        open_package(many)
    link = archive(tmp_path / "link.zip", {"a/x": b"/etc/passwd"}, stat.S_IFLNK | 0o777)
    with pytest.raises(InputError, match="a link"):
        open_package(link)
    double = archive(tmp_path / "double.zip", {"a/x1": b"1", "a/x2": b"2"})
    double.write_bytes(double.read_bytes().replace(b"a/x2", b"a/x1"))
    with pytest.raises(InputError, match="there twice"):
        open_package(double)


def test_a_link_in_a_folder_is_not_followed(package: Path) -> None:
    (package / "secret.txt").symlink_to("/etc/hostname")
    with pytest.raises(InputError, match="no folders and no links"):
        open_package(package)


def test_what_is_no_package_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK no")
    with pytest.raises(InputError, match="no zip file that can be read: File is not"):
        open_package(tmp_path / "x.zip")
    os.mkfifo(tmp_path / "pipe")
    for name in ("none", "pipe"):
        with pytest.raises(InputError, match="no folder and no file"):
            open_package(tmp_path / name)
