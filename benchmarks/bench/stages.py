"""The stages of a build, each measured at one scale and held against something plain.

A stage works on what the one before it left: import, judge, statistics, pages, mkdocs.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench import checkout, repeated
from benchmarks.bench.process import Failed, erroratlas, module, report, run
from benchmarks.bench.records import against
from benchmarks.paper_scale import SEED, Writer
from benchmarks.paper_scale_draws import Scale
from generator.records.speed import Cost, Row, Target

MILLION = 1_000_000
ORJSON_SHARE = 3.0
"""Import may take three times what orjson takes to parse the same bytes."""
PAPER_S, PAPER_MIB = 90.0, 572.2
MILLION_S, MILLION_MIB = 60.0, 2_048.0


class Place(NamedTuple):
    """Where and how a scale is measured."""

    folder: Path
    """Its own folder, below build/bench."""
    scale: str
    """Its slug."""
    workers: int
    """Processes that judge."""

    @property
    def root(self) -> Path:
        """The Atlas."""
        return self.folder / "atlas"

    @property
    def settings(self) -> dict[str, str]:
        """Environment of its commands: a cache of its own."""
        return {"ERRORATLAS_CACHE": str(self.folder / "cache")}


def prepare(place: Place, data: Path, times: int) -> None:
    """Write the logs of a scale, if they are not there yet; not measured."""
    found = repeated.sources(data)
    if not found:
        msg = f"{data}: no logs named *{repeated.SUFFIX}: name their folder with --data"
        raise Failed(msg)
    checkout.make(place.root)
    logs = repeated.write(found, place.folder / "logs", times)
    checkout.write_plan(place.folder, place.root, logs.logs)


def imported(place: Place) -> Row:
    """Measure taking in all logs of a scale."""
    cost, told = report(_work("taking", place.folder), place.settings)
    _, plain = report(_work("parsing", place.folder))
    ratio = told["logs_s"] / plain["logs_s"]
    return Row(
        stage="import",
        scale=place.scale,
        what="erroratlas import mmlu-pro, log by log",
        cost=cost,
        counts={name: told[name] for name in ("rows", "taken", "failed", "dropped")}
        | {"bytes": plain["logs_bytes"]},
        parts={"start": told["start_s"], "logs": told["logs_s"]},
        beside=(
            against("orjson", "orjson.loads of the same bytes", plain["logs_s"], told["logs_s"]),
        ),
        targets=(Target(what="times orjson's processor time", value=ratio, limit=ORJSON_SHARE),),
    )


def judged(place: Place) -> Row:
    """Measure the rules on all failures of a scale, from nothing."""
    shutil.rmtree(place.root / "content" / "verdicts", ignore_errors=True)
    command = ["judge", "--all", "--workers", str(place.workers), "--format", "json"]
    cost, told = report(erroratlas(place.root, *command), place.settings)
    _, plain = report(_work("parsing", place.folder))
    return Row(
        stage="judge",
        scale=place.scale,
        what=f"erroratlas judge, the rules, {place.workers} workers",
        cost=cost,
        counts={name: told[name] for name in ("predictions", "failures", "settled")}
        | {"bytes": plain["texts_bytes"]},
        beside=(
            against(
                "orjson", "orjson.loads of the texts judged", plain["texts_s"], cost.processor_s
            ),
        ),
    )


def counted(place: Place) -> Row:
    """Measure the numbers: reading all tables, and computing everything."""
    command = module("benchmarks.counting", "--root", place.root, "--json")
    cost, told = report(command, place.settings)
    _, plain = report(_work("grouping", place.root))
    failures = told["failures"]
    return Row(
        stage="statistics",
        scale=place.scale,
        what="collect and numbers, all that pages show",
        cost=cost,
        counts={name: told[name] for name in ("attempts", "failures", "verdicts")},
        parts={name: told[f"{name}_s"] for name in ("start", "read", "collect", "numbers")},
        beside=(
            against(
                "pandas",
                "reading the verdicts and one pandas groupby",
                plain["groupby_s"],
                told["collect_s"] + told["numbers_s"],
            ),
        ),
        targets=(
            Target(what="processor seconds", value=cost.processor_s, limit=MILLION_S),
            Target(what="peak MiB", value=cost.peak_mib, limit=MILLION_MIB),
        )
        if failures >= MILLION
        else (),
    )


def paged(place: Place) -> Row:
    """Measure the pages, numbers not among them."""
    _, told = report(_work("paging", place.root), place.settings)
    plain = told["templates_s"]
    # Starting and counting are other rows: what is left of the process is the pages alone.
    return Row(
        stage="pages",
        scale=place.scale,
        what="all pages, charts and data, without the numbers",
        cost=Cost(
            processor_s=told["pages_s"], elapsed_s=told["elapsed_s"], peak_mib=told["peak_mib"]
        ),
        counts={name: told[name] for name in ("pages", "files", "templates", "bytes")},
        beside=(against("jinja2", "the same templates filled alone", plain, told["pages_s"]),),
    )


def published(place: Place) -> Row:
    """Measure making the site of the pages."""
    cost, told = report(_work("publishing", place.root), place.settings)
    plain, _ = run(
        module("mkdocs", "build", "--quiet", "--strict", "--site-dir", "build/plain"),
        place.settings,
        folder=place.root,
    )
    shutil.rmtree(place.root / "build" / "plain", ignore_errors=True)
    return Row(
        stage="mkdocs",
        scale=place.scale,
        what="mkdocs, policy, search and links checked",
        cost=cost,
        counts={name: told[name] for name in ("files", "bytes")},
        beside=(
            against(
                "mkdocs", "mkdocs build alone", plain.processor_s, cost.processor_s, plain.peak_mib
            ),
        ),
    )


STAGES: dict[str, Callable[[Place], Row]] = {
    "import": imported,
    "judge": judged,
    "statistics": counted,
    "pages": paged,
    "mkdocs": published,
}
"""In the order of a build."""


def write_paper(place: Place) -> None:
    """Write the made-up Atlas of the paper's size; not measured."""
    shutil.rmtree(place.root, ignore_errors=True)
    Writer(place.root, SEED, Scale()).write()


def built(place: Place) -> Row:
    """Measure one command from verdicts to the finished site, with nothing kept from before."""
    shutil.rmtree(place.root / "build", ignore_errors=True)
    command = erroratlas(place.root, "build", "--format", "json")
    cost, told = report(command, place.settings)
    return Row(
        stage="build",
        scale=place.scale,
        what="erroratlas build, all judged, nothing kept from before",
        cost=cost,
        counts={"files": told["files"]},
        parts=told["seconds"],
        targets=(
            Target(what="processor seconds", value=cost.processor_s, limit=PAPER_S),
            Target(what="peak MiB", value=cost.peak_mib, limit=PAPER_MIB),
        ),
    )


def write_million(place: Place, source: Place) -> None:
    """Make an Atlas of a million failures of that of a large scale: benchmarks stand in twice.

    Files are linked and not copied; numbers read them and write none.
    """
    shutil.rmtree(place.root, ignore_errors=True)
    shutil.copytree(source.root, place.root, copy_function=_link, ignore=_SITE)
    content = place.root / "content"
    have = sorted(path.name for path in (content / "benchmarks").iterdir())
    failures = _failures(source)
    more = max(0, -(-(MILLION - failures) * len(have) // failures))
    for name in have[:more]:
        for kind in ("benchmarks", "predictions", "verdicts"):
            shutil.copytree(
                content / kind / name, content / kind / f"{name}-again", copy_function=_link
            )


_SITE = shutil.ignore_patterns("build")


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _failures(source: Place) -> int:
    """Return the failures of a scale: a verdict of the rules each."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    files = (source.root / "content" / "verdicts").glob("*/*.parquet")
    return sum(pq.read_metadata(path).num_rows for path in files)


def _work(part: str, folder: Path) -> list[str]:
    return module("benchmarks.bench.work", part, folder)
