"""``erroratlas import``: takes in what was made elsewhere: logs of evaluations, annotations."""

import click

from generator.cli.import_logs import log_commands
from generator.cli.main import Commands, Entry

OTHERS = {
    "annotations": Entry(
        "generator.cli.import_annotations", "Take in an annotator's verdicts on a sample."
    ),
    "correction": Entry("generator.cli.import_correction", "Correct the verdict on one failure."),
}
"""What is no log, and takes longer to load than most logs to import."""


@click.group("import", cls=Commands, entries=OTHERS)
def command() -> None:
    """Take in what was made elsewhere.

    \b
    Example:
      erroratlas import lm-eval --help
      erroratlas import lm-eval output/acme__alpha --benchmark sums --model acme__alpha \\
        --contributor "Ada Lovelace" --licence CC-BY-4.0 --dry-run
    """  # noqa: D301  \b is click's own mark


for _name, _command in log_commands().items():
    command.add_command(_command, _name)
