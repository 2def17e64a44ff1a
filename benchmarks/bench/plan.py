"""What is measured, in which order, and what each step needs from those before it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench import asking, entire, peer, stages
from benchmarks.bench.stages import Place
from generator.records.speed import Row

LARGE = 100
"""From this scale on, pages and the site are left out: they grow with models and benchmarks."""


class Options(NamedTuple):
    """What was asked for."""

    folder: Path
    """Where everything is made."""
    data: Path | None
    """Folder of the real logs."""
    mirror: Path | None
    """Local copy of the upstream files."""
    mock: Path | None
    """The mock judge."""
    peer: Path | None
    """Checkout of the reference implementation."""
    scales: tuple[int, ...]
    """How often each real row is there."""
    asked: int
    """Made-up failures that a language model is asked about."""
    workers: int
    """Processes that judge."""
    everything: bool = False
    """Whether nothing is left out at large scales."""

    def absent(self) -> list[str]:
        """Return what cannot be measured with these, and why."""
        needed = {
            "import, judge, statistics, pages, mkdocs of real rows": (self.data, "--data DIR"),
            "all real data, and one model added": (self.mirror, "--mirror DIR"),
            "the reference implementation": (self.peer and self.mock, "--peer DIR --mock FILE"),
        }
        return [f"{what}: name {how}" for what, (there, how) in needed.items() if there is None]


class Step(NamedTuple):
    """One row to measure."""

    chain: str
    """Steps of one chain work on what those before them in it left."""
    stage: str
    """Slug."""
    measure: Callable[[], Row]
    """Measures it."""
    prepare: Callable[[], None] | None = None
    """Makes what it works on; not measured."""
    needs: Path | None = None
    """Folder that the steps before it have left."""

    @property
    def name(self) -> str:
        """Stage and scale, as rows are called."""
        return f"{self.stage}-{self.chain}"


def steps(options: Options) -> list[Step]:
    """Return the steps in order."""
    found: list[Step] = []
    for times in options.scales if options.data else ():
        found += _real(options, options.data, times)
    if options.data and max(options.scales) >= LARGE:
        found += _million(options)
    found += _paper(options)
    found += _asking(options)
    if options.mirror:
        found += _whole(options, options.mirror)
    return found


def _place(options: Options, scale: str) -> Place:
    return Place(options.folder / scale, scale, options.workers)


def _real(options: Options, data: Path | None, times: int) -> list[Step]:
    place = _place(options, f"{times}x")
    assert data is not None  # noqa: S101  asked by the caller

    def prepare() -> None:
        stages.prepare(place, data, times)

    wanted = [
        name
        for name in stages.STAGES
        if times < LARGE or options.everything or name not in {"pages", "mkdocs"}
    ]
    return [
        Step(place.scale, name, _bound(stages.STAGES[name], place), prepare)
        if name == wanted[0]
        else Step(place.scale, name, _bound(stages.STAGES[name], place), needs=place.root)
        for name in wanted
    ]


def _bound(stage: Callable[[Place], Row], place: Place) -> Callable[[], Row]:
    return lambda: stage(place)


def _million(options: Options) -> list[Step]:
    source, place = _place(options, f"{max(options.scales)}x"), _place(options, "million")
    return [
        Step(
            place.scale,
            "statistics",
            _bound(stages.counted, place),
            lambda: stages.write_million(place, source),
            source.root,
        )
    ]


def _paper(options: Options) -> list[Step]:
    place = _place(options, "paper")
    kinds = {
        "statistics": stages.counted,
        "pages": stages.paged,
        "mkdocs": stages.published,
        "build": stages.built,
    }
    first, *others = (
        Step(place.scale, name, _bound(stage, place), needs=place.root)
        for name, stage in kinds.items()
    )
    made = first._replace(prepare=lambda: stages.write_paper(place), needs=None)
    return [made, *others]


def _asking(options: Options) -> list[Step]:
    known: list[peer.Peer | None] = []
    folder = options.folder / "peer"

    def rows() -> Path:
        return peer.write_rows(folder / "rows")

    def reference() -> peer.Peer | None:
        """Measure it once, whichever row asks first."""
        if not known:
            both = options.peer and options.mock
            known.append(
                peer.measure(options.peer, options.mock, rows().parent)
                if both and options.peer and options.mock
                else None
            )
        return known[0]

    def small() -> Row:
        made = asking.asked(f"{peer.FAILURES}", peer.FAILURES, options.mock)
        return peer.with_peer(made, reference())

    return [
        Step(f"{peer.FAILURES}", "prepare", lambda: peer.prepared(folder, rows(), reference())),
        Step(f"{peer.FAILURES}", "ask", small),
        Step(
            f"{options.asked}",
            "ask",
            lambda: asking.asked(f"{options.asked}", options.asked, options.mock),
        ),
    ]


def _whole(options: Options, mirror: Path) -> list[Step]:
    place = _place(options, "real")
    return [
        Step(place.scale, "whole", lambda: entire.whole(place, mirror)),
        Step(place.scale, "added", lambda: entire.added(place), needs=place.root),
    ]
