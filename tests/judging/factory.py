"""Made-up failures for the tests of the judge."""

from typing import Any

from generator.records.failure import Failure

OPTIONS = ("12", "15", "18", "21")
COLOURS = ("scarlet red", "deep blue", "pale green", "lemon yellow")


def failure(output: str, **changes: Any) -> Failure:
    """Return a short-answer failure whose right answer is 18, with some fields changed."""
    fields: dict[str, Any] = {
        "key": "0" * 64,
        "benchmark": "made-up",
        "model": "maker__model",
        "item_id": "one",
        "task_type": "short-answer",
        "input": "How many marbles are in three bags of six?",
        "choices": (),
        "references": ("18",),
        "solution": None,
        "output": output,
        "extracted": None,
        "finish_reason": None,
    }
    return Failure(**(fields | changes))


def choice(output: str, **changes: Any) -> Failure:
    """Return a multiple-choice failure over numbers whose right option is C, 18."""
    fields: dict[str, Any] = {
        "task_type": "multiple-choice",
        "choices": OPTIONS,
        "references": ("C",),
    }
    return failure(output, **(fields | changes))


def tool_use(output: str, reference: str, **changes: Any) -> Failure:
    """Return a tool-use failure with the call that was due."""
    return failure(output, task_type="tool-use", references=(reference,), **changes)
