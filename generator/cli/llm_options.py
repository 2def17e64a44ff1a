"""Options of every subcommand that asks a language model."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

import click

from generator.judging.budget import Budget, Limits
from generator.judging.exchange import Endpoint
from generator.records.judges import LLM
from generator.records.prices import Price
from generator.store.problems import visible


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Return an address that can be asked."""
    if value is None:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        msg = f"{visible(value)}: no such address: give one like http://127.0.0.1:8000/v1"
        raise click.BadParameter(msg)
    return value


AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])

_OPTIONS = (
    click.option(
        "--base-url",
        envvar="OPENAI_BASE_URL",
        show_envvar=True,
        metavar="URL",
        callback=_address,
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

    @classmethod
    def of(
        cls,
        model: str,
        options: Mapping[str, Any],
        benchmarks: tuple[str, ...] = (),
        share: float = 1.0,
    ) -> Self:
        """Return what was asked for by the values of :func:`llm_options`."""
        return cls(
            model=model,
            base_url=options["base_url"],
            key_variable=options["key_variable"],
            benchmarks=benchmarks,
            concurrency=options["concurrency"],
            limits=_limits(options),
            timeout=options["timeout"],
            share=share,
        )

    def endpoint(self) -> Endpoint:
        """Return where the language model is asked."""
        return Endpoint(self.base_url, self.model, self.key_variable, timeout_seconds=self.timeout)

    def budget(self, price: Price | None) -> Budget:
        """Return what may be spent.

        Args:
            price: Price of the language model; None where it is not known.

        Raises:
            InputError: A limit of cost is given and the price is not known.
        """
        return Budget(Limits(*self.limits), price, self.endpoint().max_output_tokens)


def llm_options(command: AnyCommand) -> AnyCommand:
    """Add how to reach a language model and what may be spent: eight options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def spends(options: Mapping[str, Any]) -> bool:
    """Tell whether there is a dry run or a budget among the values of :func:`llm_options`."""
    return bool(options["dry_run"] or any(_limits(options)))


def wanted_of(judge: str | None, options: Mapping[str, Any]) -> Wanted | None:
    """Return what was asked for; None where no language model is to be asked.

    Args:
        judge: Value of ``--judge``; None where nothing can be asked.
        options: Values of :data:`MODEL` and :func:`llm_options`.

    Raises:
        click.UsageError: The options do not go together.
    """
    if judge != LLM:
        if spends(options):
            msg = "--dry-run and the budgets are for a language model: give --judge llm"
            raise click.UsageError(msg)
        return None
    if not options["model"]:
        msg = "--judge llm asks a language model: name it with --model"
        raise click.UsageError(msg)
    return Wanted.of(options["model"], options)


def _limits(options: Mapping[str, Any]) -> tuple[int | None, int | None, float | None]:
    return options["max_requests"], options["max_tokens"], options["max_cost"]
