"""``erroratlas import``: takes in what was made elsewhere: logs of evaluations, annotations."""

import click

from generator.cli.import_logs import log_command
from generator.cli.main import Commands, Entry
from generator.readers.logs import FORMATS

OTHERS = {
    "annotations": Entry(
        "generator.cli.import_annotations", "Take in an annotator's verdicts on a sample."
    ),
    "correction": Entry("generator.cli.import_correction", "Correct the verdict on one failure."),
}
"""What is no log, and takes longer to load than most logs to import."""


class Formats(Commands):
    """Makes the subcommand of a format when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        return sorted({*FORMATS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand."""
        if cmd_name in FORMATS:
            return log_command(cmd_name)
        found = super().get_command(ctx, cmd_name)
        if found is None:  # what is spelled alike is named then
            self._make_all()
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands."""
        self._make_all()
        super().format_commands(ctx, formatter)

    def _make_all(self) -> None:
        for name in FORMATS:
            self.add_command(log_command(name), name)


@click.group("import", cls=Formats, entries=OTHERS)
def command() -> None:
    """Take in what was made elsewhere.

    \b
    Example:
      erroratlas import lm-eval --help
      erroratlas import lm-eval output/acme__alpha --benchmark sums --model acme__alpha \\
        --contributor "Ada Lovelace" --licence CC-BY-4.0 --dry-run
    """  # noqa: D301  \b is click's own mark
