"""A made-up folder that several machines could share, and what one process makes of it."""

import shutil
from pathlib import Path

from generator.cli.judging import judge_all
from generator.cluster.charge import Places
from generator.cluster.session import Session
from generator.store.content import Content, load_content
from generator.store.verdicts import read_stamp, read_verdicts, write_verdicts
from tests.judging.test_elsewhere import kept
from tests.store.tree import PREDICTIONS, lines, write

ANNOTATED = ("sums", "acme__alpha")


def store(root: Path) -> Path:
    """Write content, and the texts of its benchmark by reference, as a store has them."""
    content = kept(root / "content", root)
    # Another judge has spoken on one failure, and on one whose text is another one by now.
    judge_all(content, root, [ANNOTATED], workers=1)
    path = content.layout.verdicts(*ANNOTATED)
    said = read_verdicts(path)
    judge = said[0].judge.model_copy(update={"name": "annotator-1"})
    other = said[0].model_copy(update={"judge": judge})
    stale = said[1].model_copy(update={"judge": judge, "key": "0" * 64})
    write_verdicts(path, [*said, other, stale], {**read_stamp(path), "annotator-1": "x"})
    further = {"item_id": "q5", "output": "It is 9.", "score": 0.0, "extracted": "9"}
    write(
        content.root,
        "predictions/sums/acme__alpha/predictions.jsonl",
        lines([*PREDICTIONS, further]),
    )
    return root


def content_of(root: Path) -> Content:
    """Return the content of a store."""
    return load_content(root / "content")


def places(root: Path | str) -> Places:
    """Return the places of a store."""
    return Places(f"{root}/content", str(root), f"{root}/shards")


def made(root: Path) -> dict[str, bytes]:
    """Return every file that judging wrote into the content."""
    folder = root / "content"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.parquet")
    }


def by_one_process(root: Path, empty: Path) -> dict[str, bytes]:
    """Return what one process makes of a copy of a store."""
    shutil.copytree(root, empty)
    content = content_of(empty)
    judge_all(content, empty, content.runs, workers=1)
    return made(empty)


def judged(root: Path, crew, **options):
    """Judge everything in a store."""
    content = content_of(root)
    return Session(content, places(root), crew, **options).judge(content.runs)
