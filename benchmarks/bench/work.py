"""What is measured and is no command by itself: each part is run as a process of its own.

``python -m benchmarks.bench.work PART FOLDER`` prints what it found as JSON.
"""

import argparse
import contextlib
import io
import json
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LEAST_S = 1.0
"""What takes less is done again until so much is spent: short times are noise."""


def taking(folder: Path) -> dict[str, Any]:
    """Import the logs of a scale one after the other, as so many commands would."""
    from generator.cli.import_logs import bring_in  # noqa: F401, PLC0415  part of the start
    from generator.cli.main import main  # noqa: PLC0415  imports are measured apart

    started = time.process_time()
    plan = json.loads((folder / "logs.json").read_text(encoding="utf-8"))
    told: dict[str, int] = {"rows": 0, "taken": 0, "failed": 0, "dropped": 0}
    for arguments in plan:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            _ended(main, arguments)
        report = json.loads(said.getvalue())
        for found in (report,) if "rows" in report else report.values():
            for name in ("rows", "taken", "failed"):
                told[name] += found[name]
            told["dropped"] += sum(one["rows"] for one in found["dropped"].values())
    return {"start_s": started, "logs_s": time.process_time() - started, **told}


def _ended(main: Callable[[Sequence[str]], None], arguments: Sequence[str]) -> None:
    try:
        main(arguments)
    except SystemExit as ended:
        if ended.code:
            raise


def parsing(folder: Path) -> dict[str, Any]:
    """Parse the logs of a scale with orjson, and the texts that were made of them."""
    import orjson  # noqa: PLC0415  only this process needs it

    logs = sorted((folder / "logs").glob("*.json"))
    texts = sorted((folder / "atlas" / "content").rglob("*.jsonl"))

    def whole() -> None:
        for path in logs:
            orjson.loads(path.read_bytes())

    def lines() -> None:
        for path in texts:
            with path.open("rb") as stream:
                for line in stream:
                    orjson.loads(line)

    return {
        "logs_s": _least(whole),
        "logs_bytes": sum(path.stat().st_size for path in logs),
        "texts_s": _least(lines),
        "texts_bytes": sum(path.stat().st_size for path in texts),
    }


def _least(work: Callable[[], object]) -> float:
    """Return the processor seconds of the quickest of as many runs as a second holds."""
    spent: list[float] = []
    while sum(spent) < LEAST_S:
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def grouping(root: Path) -> dict[str, Any]:
    """Count verdicts by model, benchmark and category with pandas: no more than that."""
    import pandas as pd  # noqa: PLC0415

    folder = root / "content" / "verdicts"

    def counted() -> int:
        tables = [
            pd.read_parquet(path, columns=["judge", "status", "category"]).assign(
                benchmark=path.parent.name, model=path.stem
            )
            for path in sorted(folder.glob("*/*.parquet"))
        ]
        every = pd.concat(tables, ignore_index=True)
        keys = ["benchmark", "model", "judge", "status", "category"]
        return int(every.groupby(keys, dropna=False).size().sum())

    rows = counted()
    return {"groupby_s": _least(counted), "verdicts": rows}


def paging(root: Path) -> dict[str, Any]:
    """Write the pages, then fill the same templates with the same values and do nothing else."""
    from generator.charts.drawing import apart  # noqa: PLC0415
    from generator.cli.building import atlas_numbers  # noqa: PLC0415
    from generator.pages.atlas import atlas_pages  # noqa: PLC0415
    from generator.site.assets import asset_files  # noqa: PLC0415
    from generator.site.docs import write_docs  # noqa: PLC0415
    from generator.stats.collect import collect  # noqa: PLC0415
    from generator.store.content import load_content  # noqa: PLC0415

    content = load_content(root / "content")
    numbers = atlas_numbers(content, collect(content))
    docs = root / "build" / "docs"
    before, start = _spent(), time.perf_counter()
    with _recorded() as filled, apart():
        written = write_docs(atlas_pages(content, numbers), docs, asset_files(root))
    spent, peak = _spent() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    elapsed = time.perf_counter() - start
    pages = sorted(docs.rglob("*.md"))
    return {
        "pages_s": spent,
        "elapsed_s": elapsed,
        "peak_mib": peak,
        "templates_s": _least(lambda: [fill(values) for fill, values in filled]),
        "templates": len(filled),
        "files": written.files,
        "pages": len(pages),
        "bytes": sum(path.stat().st_size for path in docs.rglob("*") if path.is_file()),
    }


def _spent() -> float:
    """Return the processor seconds of this process and those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@contextlib.contextmanager
def _recorded() -> Iterator[list[tuple[Callable[[dict[str, Any]], str], dict[str, Any]]]]:
    """Note what every template is filled with while the block runs."""
    import jinja2  # noqa: PLC0415  the baseline is what it does alone

    found: list[tuple[Callable[[dict[str, Any]], str], dict[str, Any]]] = []
    plain = jinja2.Template.render

    def noting(self: jinja2.Template, values: dict[str, Any]) -> str:
        found.append((lambda given: plain(self, given), values))
        return plain(self, values)

    jinja2.Template.render = noting  # type: ignore[method-assign]
    try:
        yield found
    finally:
        jinja2.Template.render = plain  # type: ignore[method-assign]


def publishing(root: Path) -> dict[str, Any]:
    """Make the site of the pages that are there."""
    from generator.site.publish import publish  # noqa: PLC0415
    from generator.store.content import load_content  # noqa: PLC0415

    site = root / "build" / "site"
    publish(root, site, load_content(root / "content"))
    files = [path for path in site.rglob("*") if path.is_file()]
    return {"files": len(files), "bytes": sum(path.stat().st_size for path in files)}


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "taking": taking,
    "parsing": parsing,
    "grouping": grouping,
    "paging": paging,
    "publishing": publishing,
}


def main() -> None:
    """Parse, work, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(json.dumps(PARTS[given.part](given.folder)))


if __name__ == "__main__":
    main()
