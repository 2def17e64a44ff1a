"""``erroratlas new``: content that is made rather than imported."""

import click

from generator.cli import new_benchmark, new_model, new_planted, new_predictions
from generator.cli.main import Commands


@click.group("new", cls=Commands, entries={})
def command() -> None:
    """Make new content.

    On a terminal, `model`, `benchmark` and `predictions` ask for what no option said; elsewhere,
    what is missing is named and nothing is written.

    \b
    Example:
      erroratlas new model
      erroratlas new predictions answers.csv --map item=id,output=reply,score=points
    """  # noqa: D301  \b is click's own mark


for _one in (
    new_benchmark.command,
    new_model.command,
    new_planted.command,
    new_predictions.command,
):
    command.add_command(_one)
