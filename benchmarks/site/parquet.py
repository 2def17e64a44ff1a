"""Measure what Explore's files cost a reader beside one Parquet file read by hyparquet.

In a checkout with a built site, the packages of ``benchmarks/site`` and a Chromium::

    .venv/bin/python -m benchmarks.site.parquet build/site

Writes every failure of the site into Parquet twice (in one row group, and with one for each run so
that a run can be asked for alone), serves it with byte ranges, and asks all for the same: failures
by category, the columns that every filter needs, one failure with its words.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import Browser

from benchmarks.site import browsing
from benchmarks.site.serving import packed

HERE = Path(__file__).resolve().parent
_TYPES = {1: np.uint8, 2: np.uint16, 4: np.uint32}
_NONE = 100
"""Largest confidence in per cent; above stands for none."""


def failures(data: Path) -> pa.Table:
    """Return every failure that Explore shows, a row each, in words and not in codes.

    Args:
        data: Folder ``explore.data`` of a built site.
    """
    index = json.loads((data / "index.json").read_text("utf-8"))
    raw = (data / "failures.bin").read_bytes()
    rows = index["failures"]["rows"]
    codes = {
        one["name"]: np.frombuffer(raw, _TYPES[one["width"]], rows, one["offset"])
        for one in index["failures"]["columns"]
    }
    words: list[list[str]] = [["", ""]]
    for place in range(len(list((data / "texts").iterdir()))):
        words += json.loads((data / f"texts/{place}.json").read_text("utf-8"))
    names = {name: [None, *(one[0] for one in own)] for name, own in index["values"].items()}
    columns: dict[str, list[Any]] = {
        name: [names[name][code] for code in own] for name, own in codes.items() if name in names
    }
    columns |= {"benchmark": [], "model": [], "item": [], "detail": []}
    for run in index["runs"]:
        benchmark, model = (names[key][run[key]] for key in ("benchmark", "model"))
        shard = json.loads((data / f"runs/{benchmark}/{model}.json").read_text("utf-8"))
        columns["benchmark"] += [benchmark] * run["rows"]
        columns["model"] += [model] * run["rows"]
        columns["item"] += shard["items"]
        told = shard["verdicts"]
        columns["detail"] += [
            json.dumps(told[str(place)]) if str(place) in told else None
            for place in range(run["rows"])
        ]
    columns["confidence"] = [int(one) if one <= _NONE else None for one in codes["confidence"]]
    columns["title"] = [words[code][0] for code in codes["text"]]
    columns["summary"] = [words[code][1] for code in codes["text"]]
    return pa.table(columns)


def write(table: pa.Table, sizes: list[int], target: Path) -> None:
    """Write a Parquet file with a row group of each of these sizes."""
    with pq.ParquetWriter(target, table.schema, compression="zstd") as writer:
        start = 0
        for size in sizes:
            writer.write_table(table.slice(start, size), row_group_size=size)
            start += size


class Ranges(SimpleHTTPRequestHandler):
    """A file host that knows byte ranges, packs what is text, and counts what it sends."""

    sent = 0
    asked = 0
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - by the library
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Say how long a file is."""
        self._send(with_body=False)

    def do_GET(self) -> None:
        """Send a file or a part of it."""
        self._send(with_body=True)

    def _send(self, *, with_body: bool) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        parquet = path.suffix == ".parquet"
        body, wanted = path.read_bytes(), self.headers.get("Range")
        if wanted:
            first, last = wanted.removeprefix("bytes=").split("-")
            start, end = int(first), int(last) + 1 if last else len(body)
            span, body = f"bytes {start}-{end - 1}/{len(body)}", body[start:end]
        elif not parquet:
            body = packed(path)
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", span)
        elif not parquet:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        Ranges.asked += 1
        if with_body:
            Ranges.sent += len(body)
            self.wfile.write(body)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback for a while."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Ranges, directory=str(folder))) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def asked(browser: Browser, address: str, question: str, *, slow: bool) -> dict[str, Any]:
    """Return what one question costs a reader who opens an empty page to ask it."""
    Ranges.sent = Ranges.asked = 0
    with browsing.opened(
        browser, address + question, address, size=browsing.WIDE, slow=slow
    ) as one:
        one.page.wait_for_function("() => globalThis.answered")
        said = one.page.evaluate("answered")
        return {**said, "kB": Ranges.sent / 1000, "requests": Ranges.asked - 1}


def main() -> None:
    """Write, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("site", type=Path, help="folder of the built site")
    site = parser.parse_args().site.resolve()
    executable = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    if not executable:
        sys.exit("needs a Chromium (CHROME_PATH)")
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "explore.data").symlink_to(site / "explore.data")
        (folder / "assets").symlink_to(site / "assets")
        shutil.copy(HERE / "parquet.html", folder)
        bundle = [HERE / "node_modules/.bin/esbuild", HERE / "parquet.js", "--bundle", "--minify"]
        bundle += ["--format=esm", "--splitting", "--external:/assets/*", f"--outdir={folder}"]
        subprocess.run([str(one) for one in bundle], check=True, capture_output=True)
        table = failures(site / "explore.data")
        index = json.loads((site / "explore.data/index.json").read_text("utf-8"))
        groups = {"whole": [table.num_rows], "runs": [run["rows"] for run in index["runs"]]}
        for way, sizes in groups.items():
            target = folder / f"{way}.parquet"
            write(table, sizes, target)
            print(f"{way}: {target.stat().st_size / 1e6:.2f} MB, {table.num_rows:,} failures")
        library = sum(len(packed(path)) for path in folder.glob("*.js"))
        print(f"hyparquet and fzstd: {library / 1000:.1f} kB packed")
        print("| | question | answer | kB | requests | desktop s | slow s |")
        print("|---|---|---|---:|---:|---:|---:|")
        with hosted(folder) as address, browsing.chromium(Path(executable)) as browser:
            for way in ("shards", *groups):
                for question in ("count", "filter", "one"):
                    path = f"parquet.html?{way}&{question}"
                    fast = asked(browser, address, path, slow=False)
                    late = asked(browser, address, path, slow=True)
                    print(
                        f"| {way} | {question} | {fast['answer']} | {fast['kB']:,.0f} | "
                        f"{fast['requests']} | {fast['seconds']:.2f} | {late['seconds']:.2f} |"
                    )


if __name__ == "__main__":
    main()
