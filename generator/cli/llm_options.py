"""Options of every subcommand that asks a language model."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import click

from generator.judging.exchange import Endpoint
from generator.records.judges import LLM

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])

_OPTIONS = (
    click.option(
        "--base-url",
        envvar="OPENAI_BASE_URL",
        show_envvar=True,
        metavar="URL",
        help="Address of an OpenAI-compatible endpoint.",
    ),
    click.option(
        "--key-variable",
        default="OPENAI_API_KEY",
        show_default=True,
        metavar="NAME",
        help="Environment variable that holds the key.",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 1_000),
        default=100,
        show_default=True,
        help="Most requests at a time; begins low and grows while the endpoint bears it.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        default=Endpoint.timeout_seconds,
        show_default=True,
        metavar="SECONDS",
        help="Longest time for an answer, with everything that is tried again.",
    ),
    click.option(
        "--max-requests",
        type=click.IntRange(1),
        help="End after this many requests, trials of the endpoint among them.",
    ),
    click.option("--max-tokens", type=click.IntRange(1), help="End before more tokens than this."),
    click.option(
        "--max-cost",
        type=click.FloatRange(0, min_open=True),
        help="End before more USD than this, by content/prices.yml.",
    ),
    click.option("--dry-run", is_flag=True, help="Only say what asking would take; send nothing."),
)

MODEL = click.option(
    "--model",
    envvar="ERRORATLAS_MODEL",
    show_envvar=True,
    metavar="MODEL",
    help="The language model that --judge llm asks.",
)


class Wanted(NamedTuple):
    """What the user asked for."""

    model: str
    """Name of the language model."""
    base_url: str | None
    """Address of the endpoint; the provider's own if None."""
    key_variable: str
    """Environment variable that holds the key."""
    benchmarks: tuple[str, ...]
    """Benchmarks to judge."""
    concurrency: int
    """Most requests at a time."""
    limits: tuple[int | None, int | None, float | None]
    """Most requests, tokens and USD."""
    timeout: float
    """Longest time for an answer in seconds."""
    share: float = 1.0
    """Share of every stratum, in (0, 1]."""


def llm_options(command: AnyCommand) -> AnyCommand:
    """Add how to reach a language model and what may be spent: eight options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wanted_of(judge: str | None, options: Mapping[str, Any]) -> Wanted | None:
    """Return what was asked for; None where no language model is to be asked.

    Args:
        judge: Value of ``--judge``; None where nothing can be asked.
        options: Values of :data:`MODEL` and :func:`llm_options`.

    Raises:
        click.UsageError: The options do not go together.
    """
    limits = (options["max_requests"], options["max_tokens"], options["max_cost"])
    if judge != LLM:
        if options["dry_run"] or any(limits):
            msg = "--dry-run and the budgets are for a language model: give --judge llm"
            raise click.UsageError(msg)
        return None
    if not options["model"]:
        msg = "--judge llm asks a language model: name it with --model"
        raise click.UsageError(msg)
    return Wanted(
        model=options["model"],
        base_url=options["base_url"],
        key_variable=options["key_variable"],
        benchmarks=(),
        concurrency=options["concurrency"],
        limits=limits,
        timeout=options["timeout"],
    )
