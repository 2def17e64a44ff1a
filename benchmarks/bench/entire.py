"""All real data: from fetch to the finished site, and then one model more.

Works on a copy of the committed content, with a cache of its own that is filled from a mirror.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.bench import checkout
from benchmarks.bench.process import ROOT, Failed, erroratlas, module, report, run
from benchmarks.bench.stages import Place
from generator.records.speed import Cost, Row, Target

WHOLE_S, WHOLE_MIB = 360.0, 1_536.0
ADDED_S = 30.0
ADDED = ("mmlu_pro", "01-ai__yi-6b")
"""The model that is added: a weak one, in no annotated sample.

Rules look at the answers of the ten strongest others, so a model that enters these changes what
they say of every other, and those are judged again, too.
"""


def whole(place: Place, mirror: Path) -> Row:
    """Measure fetch, judge and build with nothing there but what is committed."""
    shutil.rmtree(place.folder / "cache", ignore_errors=True)
    checkout.whole(place.root)
    steps = {
        "fetch": ["fetch", "--mirror", str(mirror.resolve()), "--format", "json"],
        "judge": ["judge", "--all", "--workers", str(place.workers), "--format", "json"],
        "build": ["build", "--format", "json"],
    }
    parts, told = {}, {}
    cost = Cost(processor_s=0.0, elapsed_s=0.0, peak_mib=0.0)
    for name, arguments in steps.items():
        spent, told[name] = report(erroratlas(place.root, *arguments), place.settings)
        parts[name] = spent.processor_s
        cost = cost.plus(spent)
    judged = told["judge"]
    return Row(
        stage="whole",
        scale="real",
        what="fetch from a mirror, judge everything again, build",
        cost=cost,
        counts={
            "runs": judged["runs"],
            "predictions": judged["predictions"],
            "failures": judged["failures"],
            "files": told["build"]["files"],
        },
        parts=parts,
        targets=(
            Target(what="processor seconds", value=cost.processor_s, limit=WHOLE_S),
            Target(what="peak MiB", value=cost.peak_mib, limit=WHOLE_MIB),
        ),
    )


def added(place: Place) -> Row:
    """Measure adding one model to the Atlas that the whole has left.

    The model is taken out and the site built without it, which is not measured; then it is put
    back as a contributor would, without verdicts, and the site is built again.
    """
    content = place.root / "content"
    benchmark, model = ADDED
    run_folder = content / "predictions" / benchmark / model
    aside = place.folder / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(run_folder, aside)
    _without(content, benchmark, model)
    run(erroratlas(place.root, "build", "--format", "json"), place.settings)
    before = _marks(place.root / "build" / "docs")
    others = _marks(content / "verdicts")
    shutil.copytree(aside, run_folder)
    for name in run_folder.glob("*.parquet"):
        name.unlink()  # the index is made by judging
    shutil.copyfile(_ours(model), content / "models" / f"{model}.yml")
    command = erroratlas(place.root, "build", "--no-site", "--format", "json")
    ours, told = report(command, place.settings)
    _only(told, _changed(others, _marks(content / "verdicts")))
    after = _marks(place.root / "build" / "docs")
    rewritten = _changed(before, after)
    site, _ = report(module("benchmarks.bench.work", "publishing", place.root), place.settings)
    return Row(
        stage="added",
        scale="real",
        what=f"erroratlas build after {'/'.join(ADDED)} was added",
        cost=ours.plus(site),
        counts={
            "runs_judged": told["runs"],
            "failures_judged": told["failures"],
            "files": told["files"],
            "files_rewritten": len(rewritten),
            "pages": _pages(after),
            "pages_rewritten": _pages(rewritten),
        },
        parts={"ours": ours.processor_s, "site": site.processor_s},
        targets=(
            Target(what="processor seconds, mkdocs apart", value=ours.processor_s, limit=ADDED_S),
        ),
    )


def _pages(names: Iterable[str]) -> int:
    return sum(name.endswith(".md") for name in names)


def _ours(model: str) -> Path:
    return ROOT / "content" / "models" / f"{model}.yml"


def _without(content: Path, benchmark: str, model: str) -> None:
    """Take a run and its model out of the content."""
    shutil.rmtree(content / "predictions" / benchmark / model)
    (content / "models" / f"{model}.yml").unlink()
    (content / "verdicts" / benchmark / f"{model}.parquet").unlink()


def _marks(folder: Path) -> dict[str, tuple[int, int]]:
    """Return when and how large each file was written: what is right is not written again."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    return [name for name, mark in after.items() if before.get(name) != mark]


def _only(told: dict[str, Any], verdicts: list[str]) -> None:
    """Refuse a measurement in which other runs than the one were judged."""
    if told["runs"] != 1 or verdicts != ["/".join(ADDED) + ".parquet"]:
        msg = f"one run was to be judged, but {told['runs']} were: {json.dumps(verdicts)}"
        raise Failed(msg)
