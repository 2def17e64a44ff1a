"""Answers to questions: from options, and from a person where one sits at a terminal."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import click

from generator.cli.questions import Question

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any])


def answered_by_options(questions: Sequence[Question]) -> Callable[[AnyCommand], AnyCommand]:
    """Return a decorator that gives a command an option for each question."""

    def decorate(command: AnyCommand) -> AnyCommand:
        for question in reversed(questions):
            told = f"  [default: {question.default}]" if question.default else ""
            must = "  [needed]" if question.required and question.default is None else ""
            option = click.option(
                question.option,
                question.name,
                metavar="TEXT",
                help=f"{question.text}, such as {question.example}{told}{must}",
            )
            command = option(command)
        return command

    return decorate


def someone_answers() -> bool:
    """Tell whether a person sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answers(
    questions: Sequence[Question],
    said: Mapping[str, Any],
    suggest: Callable[[Question, Mapping[str, Any]], str | None] = lambda *_: None,
) -> dict[str, Any]:
    """Return the values of all answers by name; what was left open is left out.

    Args:
        questions: What has to be known.
        said: What options said, as text, by name.
        suggest: Gives a default that follows from what was answered before.

    Raises:
        click.UsageError: An option has no such value, or something is missing and nobody is there
            to be asked. Everything that is so is named.
    """
    values: dict[str, Any] = {}
    faults, missing = [], []
    asking = someone_answers()
    for question in questions:
        default = question.default or suggest(question, values)
        given = said.get(question.name)
        try:
            if given is not None:
                values[question.name] = question.read(given)
            elif asking:
                values |= _asked(replace(question, default=default))
            elif default is not None:
                values[question.name] = question.read(default)
            elif question.required:
                missing.append(question)
        except ValueError as error:
            faults.append(f"{question.option}: {error}")
    if missing:
        named = ", ".join(f"{one.option} ({one.text})" for one in missing)
        faults.append(f"missing: {named}")
    if faults:
        raise click.UsageError("\n".join(faults))
    return {name: value for name, value in values.items() if value is not None}


def again(questions: Sequence[Question], wrong: ValueError) -> dict[str, Any]:
    """Ask once more for what does not go together.

    Raises:
        click.UsageError: Nobody is there to be asked.
    """
    if not someone_answers():
        raise click.UsageError(f"{', '.join(one.option for one in questions)}: {wrong}") from wrong
    click.echo(f"  {wrong}", err=True)
    return {name: value for one in questions for name, value in _asked(one).items()}


def _asked(question: Question) -> dict[str, Any]:
    """Ask until there is an answer that will do."""
    for text in _texts(question):
        if not text.strip():
            if not question.required:
                return {}
            click.echo("  an answer is needed here", err=True)
            continue
        try:
            return {question.name: question.read(text)}
        except ValueError as error:
            click.echo(f"  {error}", err=True)
    raise AssertionError  # pragma: no cover - there is always another answer


def _texts(question: Question) -> Iterator[str]:
    """Yield what a person types, as often as it is asked for."""
    hint = f"such as {question.example}"
    open_ = "" if question.required else "; leave it empty if not known"
    while True:
        yield click.prompt(
            f"{question.text} ({hint}{open_})",
            default=question.default if question.default is not None else "",
            show_default=question.default is not None,
            err=True,
        )
