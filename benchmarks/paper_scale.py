"""Write a made-up Atlas of the size of the paper's: 83 models, 35 benchmarks, 200,000 failures.

Run it in a checkout; what it writes is built like the real one::

    .venv/bin/python -m benchmarks.paper_scale build/paper-scale
    .venv/bin/erroratlas --root build/paper-scale validate
    .venv/bin/erroratlas --root build/paper-scale build

Everything is synthetic and says so: the title, every model, benchmark and run. The flag
``synthetic`` of a benchmark stays off, because pages leave such benchmarks out of comparisons, and
then there would be less to measure. Of 35 benchmarks 33 are kept by reference and two hold their
texts. A seed gives the same bytes with the same versions of numpy and pyarrow.
"""

import argparse
import shutil
import sys
from pathlib import Path

from benchmarks import paper_scale_draws as draws
from benchmarks import paper_scale_words as words
from benchmarks.paper_scale_verdicts import verdicts_of
from generator.judging.elsewhere import Elsewhere
from generator.judging.indexing import index_stamp
from generator.judging.run import stamp
from generator.records.atlas import Atlas
from generator.records.base import Record
from generator.records.benchmark import Benchmark, Item, Source, SourceFile
from generator.records.keys import RunKey, answer_hash
from generator.records.prediction import Prediction, Run, RunSource
from generator.store.content import Content, load_content
from generator.store.documents import write_document
from generator.store.layout import Layout
from generator.store.lines import write_lines
from generator.store.references import IndexRow, ItemVariants, index_bytes, item_variant_bytes
from generator.store.verdict_rows import placed, written

ROOT = Path(__file__).resolve().parent.parent
SEED = 2026
INLINE = 2
"""Benchmarks whose texts are shown."""
COPIED = ("site_templates", "mkdocs.yml", "pyproject.toml", "CHANGELOG.md", "CITATION.cff")
"""What a build reads beside the content."""
PROSE = ("taxonomy/atlas.yml", "taxonomy/crosswalks", "pages", "LICENSE")
"""What is taken over from the real content: no numbers, no names of models."""
LICENCE = "CC0-1.0"
JUDGES = ("llm", "rules")


def slug_of(place: int) -> str:
    """Return the name of a benchmark's folder."""
    return f"made-up-{place + 1:02d}"


class Writer:
    """Writes one made-up Atlas below a folder."""

    def __init__(self, root: Path, seed: int, scale: draws.Scale = draws.PAPER) -> None:
        self._layout = Layout(root / "content")
        self._root, self._seed = root, seed
        self._scale = scale
        self._models = list(draws.models(scale.models))

    def write(self) -> None:
        """Write everything: what describes it, then texts and indexes, then verdicts."""
        self._copy()
        content = self._described()
        drawn = draws.draw(self._seed, content.taxonomy, self._scale)
        items = {
            place: list(self._items(place, number)) for place, number in enumerate(drawn.items)
        }
        texts: dict[RunKey, list[Prediction]] = {}
        for place, asked in items.items():
            if place < INLINE:
                _put(self._layout.items(slug_of(place)), write_lines(asked))
                texts |= self._predictions(place, asked, drawn)
            else:
                self._indexes(content, place, asked, drawn)
        elsewhere = Elsewhere(content)
        for (place, model), failed in drawn.failed.items():
            key = (slug_of(place), self._models[model])
            chance = draws.dice(self._seed, 5, place, model)
            rows = verdicts_of(
                content,
                key,
                [items[place][item] for item in failed],
                drawn.causes[place, model],
                texts={row.item_id: row for row in texts.get(key, [])},
                chance=chance,
            )
            _put(
                self._layout.verdicts(*key),
                written(
                    [sorted(placed(rows), key=lambda row: row.key)],
                    {"rules": stamp(content, key, elsewhere)},
                ),
            )

    def _copy(self) -> None:
        for name in COPIED:
            _copied(ROOT / name, self._root / name)
        for name in PROSE:
            _copied(ROOT / "content" / name, self._layout.root / name)

    def _described(self) -> Content:
        """Write what describes the Atlas, and return it as it is read."""
        atlas = Atlas(
            title="Made-up Atlas",
            description="A synthetic Atlas of the size of the paper's, made to measure speed.",
            edition="2026.01-dev",
            judges=JUDGES,
            seed=self._seed,
        )
        _document(self._layout.atlas, atlas)
        for slug, model in draws.models(self._scale.models).items():
            _document(self._layout.models / f"{slug}.yml", model)
        for place in range(self._scale.benchmarks):
            benchmark = _benchmark(place)
            _document(self._layout.benchmark(slug_of(place)), benchmark)
            for number, name in enumerate(self._models):
                _document(self._layout.run(slug_of(place), name), _run(benchmark, number))
        return load_content(self._layout.root)

    def _items(self, place: int, number: int) -> list[Item]:
        chance = draws.dice(self._seed, 3, place)
        return [
            Item(
                item_id=f"item-{item + 1:04d}",
                input=words.question(_name(place), item, chance),
                references=(str(int(chance.integers(2, 5_000))),),
                tags={"subject": words.SUBJECTS[int(chance.integers(len(words.SUBJECTS)))]},
            )
            for item in range(number)
        ]

    def _predictions(
        self, place: int, items: list[Item], drawn: draws.Drawn
    ) -> dict[RunKey, list[Prediction]]:
        """Write the outputs on a benchmark whose texts are here."""
        found = {}
        for model, name in enumerate(self._models):
            chance = draws.dice(self._seed, 4, place, model)
            failed = set(drawn.failed[place, model].tolist())
            rows = []
            for number, item in enumerate(items):
                answer = int(item.references[0]) + (number in failed) * int(chance.integers(1, 90))
                rows.append(
                    Prediction(
                        item_id=item.item_id,
                        output=words.output(answer, chance),
                        score=float(number not in failed),
                        extracted=str(answer),
                        finish_reason="stop",
                    )
                )
            _put(self._layout.outputs(slug_of(place), name), write_lines(rows))
            found[slug_of(place), name] = rows
        return found

    def _indexes(self, content: Content, place: int, items: list[Item], drawn: draws.Drawn) -> None:
        """Write what is kept of a benchmark by reference."""
        slug = slug_of(place)
        variants = ItemVariants()
        for item in items:
            right = answer_hash(item.references[0])
            variants.add(item.item_id, draws.digest(slug, item.item_id), item.tags, right)
        _put(self._layout.item_hashes(slug), item_variant_bytes(variants))
        for model, name in enumerate(self._models):
            chance = draws.dice(self._seed, 4, place, model)
            failed = set(drawn.failed[place, model].tolist())
            # A wrong answer is one of a few: models often fail alike.
            rows = [
                IndexRow(
                    item.item_id,
                    0,
                    float(number not in failed),
                    answer_hash(str(int(item.references[0]) + (number in failed) * (1 + slip % 9))),
                )
                for (number, item), slip in zip(
                    enumerate(items), chance.integers(0, 40, len(items)).tolist(), strict=True
                )
            ]
            stamped = index_stamp(content, (slug, name))
            _put(self._layout.index(slug, name), index_bytes(rows, stamped))


def _name(place: int) -> str:
    return f"Made-up {words.TASKS[place % len(words.TASKS)]} {place + 1:02d}"


def _benchmark(place: int) -> Benchmark:
    kept = SourceFile(
        name="texts",
        url=f"https://example.org/{slug_of(place)}.jsonl",
        revision="made-up",
        sha256=draws.digest(slug_of(place)).hex(),
        bytes=0,
        licence=LICENCE,
    )
    return Benchmark(
        name=_name(place),
        description="Synthetic: made up by a program to measure speed and size. It asks nothing.",
        task_type=("short-answer", "multiple-choice", "free-text", "tool-use")[place % 4],
        licence=LICENCE,
        citation="None: it does not exist.",
        metric="1 if the answer is right, else 0",
        success_threshold=1.0,
        display="full" if place < INLINE else "withheld",
        source=None if place < INLINE else Source(reader="gsm8k_solutions", files=(kept,)),
    )


def _run(benchmark: Benchmark, model: int) -> Run:
    where = RunSource(files=("texts",), select=f"system-{model}")
    return Run(
        harness="benchmarks.paper_scale",
        harness_version="1",
        prompt="None.",
        contributor="ErrorAtlas contributors",
        licence=LICENCE,
        trained_on_test="no",
        source=where if benchmark.source else None,
        note="Synthetic: outputs, scores and verdicts were made up by a program.",
    )


def _copied(source: Path, target: Path) -> None:
    if source.is_dir():
        skipped = shutil.ignore_patterns("node_modules")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=skipped)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _document(path: Path, record: Record) -> None:
    _put(path, write_document(record).encode())


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    """Parse, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where it is written; must be new or empty")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--failures", type=int, default=draws.PAPER.failures)
    given = parser.parse_args()
    if given.folder.exists() and any(given.folder.iterdir()):
        sys.exit(f"{given.folder}: not empty: give a new folder")
    Writer(given.folder.resolve(), given.seed, draws.Scale(failures=given.failures)).write()
    print(f"{given.failures:,} made-up failures: {given.folder}")


if __name__ == "__main__":
    main()
