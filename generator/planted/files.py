"""The files of the planted-faults benchmark: every byte follows from seed and number of items."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.errors import InputError
from generator.planted.benchmark import SLUG, VERSION, Planted
from generator.planted.systems import SYSTEMS, System
from generator.records.base import Record
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.atomic import write_bytes
from generator.store.documents import write_document
from generator.store.lines import write_lines

CONTRIBUTOR = "ErrorAtlas contributors"
DATA_LICENCE = "CC-BY-4.0"

DESCRIPTION = """\
A calibration set for judges. Its items are made by a program, in eight task families: word \
problems, multiple-choice questions with worked reasoning, requests to be met by tool calls, \
lists and ordering, constrained writing, labelling, units and time, and lines of small formal \
languages. Its systems are programs too, not language models: each answers rightly except where \
a fault of a known kind was planted. The planted cause of every failure is kept in a file of \
labels that no judge sees, so the verdicts of a judge can be scored exactly. The tag `split` says \
what may be looked at while rules are developed: units and time, formal languages, and a third of \
all wordings of the other families (questions and answers) are `held-out`, the rest is \
`developed`; results are reported apart. What is shown of these systems says nothing about any \
language model."""


class Written(NamedTuple):
    """What happened to the files."""

    new: tuple[str, ...]
    """Written where there was none."""
    replaced: tuple[str, ...]
    """Written over other contents."""
    same: tuple[str, ...]
    """Left alone, being identical."""


def _yaml(record: Record) -> bytes:
    return write_document(record).encode()


def _benchmark() -> Benchmark:
    return Benchmark(
        name="Planted faults",
        description=DESCRIPTION,
        task_type="mixed",
        licence=DATA_LICENCE,
        citation=(
            f"The ErrorAtlas contributors: Planted faults, version {VERSION}, made by "
            "`erroratlas new planted`."
        ),
        metric=(
            "1 if the answer that the harness reads equals the reference, else 0; for constrained "
            "writing 1 if every stated requirement is met (the reference is one text of many)"
        ),
        success_threshold=1.0,
        display="full",
        synthetic=True,
    )


def _model(system: System) -> Model:
    return Model(
        name=system.name,
        developer="ErrorAtlas",
        kind="program",
        licence="Apache-2.0",
        note="A program with planted faults, not a language model.",
    )


def _run(system: System, seed: int) -> Run:
    mix = ", ".join(f"{category} {weight}" for category, weight in system.mix.items())
    return Run(
        harness="erroratlas new planted",
        harness_version=VERSION,
        prompt="The input of the item as it stands, and the options if it has any; no examples.",
        generation={"seed": seed, "rate": system.rate, "style": system.style},
        contributor=CONTRIBUTOR,
        licence=DATA_LICENCE,
        trained_on_test="no",
        note=(
            "Synthetic: the outputs come from a program that plants faults at the stated rate, "
            "not from a language model. Weights by which the category of a fault is drawn among "
            f"those that an item has room for: {mix}."
        ),
    )


def planted_files(planted: Planted) -> dict[str, bytes]:
    """Return the contents of every file by its path below the content folder."""
    home = f"benchmarks/{SLUG}"
    files = {
        f"{home}/benchmark.yml": _yaml(_benchmark()),
        f"{home}/items.jsonl": write_lines(planted.items),
        f"labels/{SLUG}.jsonl": write_lines(planted.labels),
    }
    for system in SYSTEMS:
        folder = f"predictions/{SLUG}/{system.id}"
        files[f"models/{system.id}.yml"] = _yaml(_model(system))
        files[f"{folder}/run.yml"] = _yaml(_run(system, planted.seed))
        files[f"{folder}/predictions.jsonl"] = write_lines(planted.predictions[system.id])
    return files


def write_files(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> Written:
    """Write files below a folder; identical ones are left alone.

    Args:
        files: contents by path below the folder.
        folder: the content folder.
        force: whether files with other contents may be replaced.

    Raises:
        InputError: files with other contents are in the way; nothing was written then.
    """
    new, replaced, same = [], [], []
    for name, contents in files.items():
        path = folder / name
        if not path.exists():
            new.append(name)
        elif path.is_file() and path.read_bytes() == contents:
            same.append(name)
        else:
            replaced.append(name)
    if replaced and not force:
        listed = "\n".join(f"  {name}" for name in replaced)
        msg = (
            f"{folder}: these files have other contents; nothing was written. "
            f"Use --force to replace them, or --out for another folder:\n{listed}"
        )
        raise InputError(msg)
    for name in [*new, *replaced]:
        write_bytes(folder / name, files[name])
    return Written(tuple(new), tuple(replaced), tuple(same))
