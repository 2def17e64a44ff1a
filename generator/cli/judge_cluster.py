"""``erroratlas judge --scheduler``: the rules on the workers of a cluster, and shared folders."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Self, TypeVar

import click

from generator.cli.judging import Recap
from generator.cli.loading import load_checked
from generator.cli.main import Project
from generator.records.keys import RunKey
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.store.places import Place, at_hand, below, place_of

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])

_OPTIONS = (
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Judge on the workers of this Dask scheduler, such as tcp://HOST:8786.",
    ),
    click.option(
        "--store",
        metavar="ADDRESS",
        help="Folder that has content/ and sources/: a path that all machines share, "
        "s3://BUCKET/FOLDER or gs://BUCKET/FOLDER.",
    ),
    click.option(
        "--block",
        type=click.IntRange(1),
        metavar="N",
        help="Predictions that a worker judges at a time.  [default: 20000]",
    ),
)


def cluster_options(command: AnyCommand) -> AnyCommand:
    """Add where to judge beside this process: three options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Apart(NamedTuple):
    """Where to judge beside this process."""

    scheduler: str | None
    """Scheduler of a cluster; None for processes of this machine."""
    store: str | None
    """Folder that the machines share; None for that of the checkout."""
    block: int | None
    """Predictions of a block; None for as many as is usual."""

    @classmethod
    def of(cls, options: dict[str, Any]) -> Self:
        """Take the values of :func:`cluster_options` out of what a command was given."""
        return cls(*(options.pop(name) for name in cls._fields))

    @property
    def wanted(self) -> bool:
        """Whether shards are judged, here or elsewhere."""
        return self.scheduler is not None or self.store is not None

    def mend(self, benchmarks: Collection[str]) -> str:
        """Say how the texts of benchmarks come to where they are looked for."""
        if self.store is not None:
            return f"put the files that `erroratlas fetch` brings into {self.store}/sources"
        return f"run `erroratlas fetch {' '.join(sorted(benchmarks))}`"

    def agreed(self, *, asking: bool, status: bool) -> None:
        """Refuse options that do not go together."""
        if self.wanted and asking:
            msg = (
                "--scheduler and --store are for the rules; a language model's work goes out as "
                "files: --batch write or --batch submit"
            )
            raise click.UsageError(msg)
        if self.wanted and status:
            msg = "--status looks at the checkout: leave out --scheduler and --store"
            raise click.UsageError(msg)
        if self.block is not None and not self.wanted:
            msg = "--block is for --scheduler and --store"
            raise click.UsageError(msg)


def content_in(store: str) -> Content:
    """Read the content in a folder that machines share.

    Raises:
        InputError: There is none, or its address is not used.
        ContentError: Something is wrong; every problem of every file is in it.
        OutsideError: The store does not answer.
    """
    place = place_of(below(store, "content"))
    with at_hand(place, _described(place)) as root:
        return load_checked(root)


def _described(place: Place) -> list[str]:
    """Return the files that describe the content; a place of this machine has them at hand."""
    if place.local is not None:
        return []
    return [name for name in place.sizes("") if PurePosixPath(name).suffix == ".yml"]


def judge_apart(
    project: Project,
    content: Content,
    apart: Apart,
    wished: Collection[RunKey],
    *,
    workers: int,
    everything: bool,
    check: bool,
    show: bool,
) -> Recap:
    """Judge runs in blocks, on a cluster or in processes of this machine.

    Args:
        project: The checkout.
        content: The content.
        apart: Where to judge.
        wished: Runs to judge where they are due and their text is there.
        workers: Processes, where there is no cluster.
        everything: Judge those with fresh verdicts too.
        check: Compare instead of writing.
        show: Whether to show how far it is.

    Raises:
        InputError: A text is at fault, or a package is missing.
        OutsideError: The cluster or the store failed; what was finished is kept.
    """
    from generator.cluster.charge import Places  # noqa: PLC0415  not needed on one machine
    from generator.cluster.crew import Crew, Here  # noqa: PLC0415
    from generator.cluster.dask_crew import DaskCrew  # noqa: PLC0415
    from generator.cluster.session import BLOCK, Session  # noqa: PLC0415

    places = Places(
        str(project.content), str(cache_root().absolute()), str(project.root / "build" / "shards")
    )
    if apart.store is not None:
        places = Places(below(apart.store, "content"), apart.store, below(apart.store, "shards"))
    crews: AbstractContextManager[Crew] = (
        Here(workers) if apart.scheduler is None else DaskCrew(apart.scheduler)
    )
    with crews as crew:
        session = Session(
            content,
            places,
            crew,
            everything=everything,
            check=check,
            block=apart.block or BLOCK,
            on_done=_said if show else _unsaid,
        )
        found = session.judge(wished)
    return Recap(found.runs, found.predictions, found.failures, found.settled, found.changed)


def _said(step: str, done: int, total: int) -> None:
    """Show how far a step is, on one line."""
    click.echo(f"\r{step}  {done:,}/{total:,}", nl=done == total, err=True)


def _unsaid(step: str, done: int, total: int) -> None:
    """Nobody looks."""
