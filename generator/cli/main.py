"""The command ``erroratlas``: finds its subcommand, runs it, shows errors as one message."""

import atexit
import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.errors import ErrorAtlasError, printable


class Entry(NamedTuple):
    """A subcommand that is not imported yet."""

    module: str
    """Module that holds it under the name ``command``."""
    help: str
    """What it does, in a few words."""


COMMANDS = {
    "agreement": Entry("generator.cli.agreement", "Hold a judge against what is known."),
    "build": Entry("generator.cli.build", "Judge what is new, and build the site."),
    "calibrate": Entry("generator.cli.calibrate", "Score a judge on planted faults."),
    "compare": Entry(
        "generator.cli.compare", "Hold two models, or two editions, against each other."
    ),
    "export": Entry("generator.cli.export", "Write out what others can use."),
    "fetch": Entry("generator.cli.fetch", "Bring the text of benchmarks kept by reference."),
    "import": Entry("generator.cli.importing", "Take in what was made elsewhere."),
    "judge": Entry("generator.cli.judge", "Find the cause of failures, by rules or a model."),
    "new": Entry("generator.cli.new", "Make new content."),
    "release": Entry("generator.cli.release", "Freeze an edition and write its data package."),
    "review": Entry("generator.cli.review", "Say what a pull request would change."),
    "serve": Entry("generator.cli.serve", "Serve the site here, built again when it changes."),
    "taxonomy": Entry("generator.cli.taxonomy", "Show, compare, export and extend the taxonomy."),
    "validate": Entry("generator.cli.validate", "Check every content file."),
    "verify": Entry("generator.cli.verify", "Check a data package against its own rows."),
}
"""Subcommands; a module is imported only when its subcommand is called."""

INTERRUPTED = 130

LIBRARIES = {
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
"""What libraries are told before they are imported: no threads, which for small products cost more
than they save; to take memory from where everything else does, which can use it again; and not to
look for plugins in all that is installed, which takes longer than most of what is started."""


@dataclass(frozen=True)
class Project:
    """What every subcommand gets."""

    root: Path
    """The checkout: the folder that holds ``content`` and ``mkdocs.yml``."""
    debug: bool
    """Whether errors show where they come from."""

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / "content"


class Commands(click.Group):
    """Imports a subcommand when it is asked for, so that ``--help`` is quick."""

    def __init__(self, *arguments: Any, entries: Mapping[str, Entry], **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        return sorted({*self.entries, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand; its module calls it ``command``."""
        if cmd_name not in self.entries:
            return super().get_command(ctx, cmd_name)
        command: click.Command = importlib.import_module(self.entries[cmd_name].module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand that was called for; of one that is not there, say which are."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            ctx.fail(f"{args[0]!r}: no such command: there are {', '.join(known)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        del ctx
        said = {name: one.get_short_help_str(100) for name, one in self.commands.items()}
        said |= {name: entry.help for name, entry in self.entries.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(said.items()))


@click.command(
    cls=Commands, entries=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="erroratlas", prog_name="erroratlas")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    envvar="ERRORATLAS_ROOT",
    show_envvar=True,
    help="Checkout to work in: the folder that holds content/ and mkdocs.yml.",
)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.pass_context
def erroratlas(ctx: click.Context, root: Path, *, debug: bool) -> None:
    """Find out why language models fail benchmarks, and publish the answer.

    \b
    Example:
      erroratlas build
      erroratlas serve
    """  # noqa: D301  \b is click's own mark
    ctx.obj = Project(root.resolve(), debug)


def message(error: ErrorAtlasError | OSError) -> str:
    """Return an error as one message; the files of the user's machine may be at fault too."""
    if isinstance(error, ErrorAtlasError):
        return printable(str(error), kept="\n")
    reason = error.strerror or str(error)
    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{reason}: check that the path is what it should be and may be read and written"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit.

    Exit status: 0 fine, 1 the input is at fault, 2 usage, 3 the outside world failed,
    130 interrupted: by Ctrl-C, or by whoever ends processes (SIGTERM).
    """
    for name, value in LIBRARIES.items():
        os.environ.setdefault(name, value)
    with _told_to_end(), _seldom_tidied():
        status = _status(arguments)
    sys.exit(status)


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Let Python look for circles of objects seldom: commands make many objects and few circles.

    It would look through all that is loaded, content and numbers hundreds of times: for a sixth of
    what it takes to load a command, and a tenth of all that a build takes. Nor does it need to when
    the process ends: a third of a second after a build.
    """
    atexit.register(gc.freeze)
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _told_to_end() -> Iterator[None]:
    """Let SIGTERM interrupt as Ctrl-C does, so that work is kept and a word is said."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # Not the main thread.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _status(arguments: Sequence[str] | None) -> int:
    """Run the command; return its exit status."""
    debug = "--debug" in (sys.argv[1:] if arguments is None else arguments)
    try:
        status = erroratlas.main(args=arguments, prog_name="erroratlas", standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "Interrupted; what was finished is kept. Run the command again to go on.", err=True
        )
        status = INTERRUPTED
    except (ErrorAtlasError, OSError) as error:
        if debug:
            raise
        click.echo(message(error), err=True)
        status = getattr(error, "exit_status", 1)
    return status if isinstance(status, int) else 0
