"""Run by the tests: three tasks of Inspect AI with its mock model, logged in this folder."""

import sys

from inspect_ai import Task, eval  # noqa: A004
from inspect_ai.dataset import Sample
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageUser,
    Model,
    ModelOutput,
    ModelUsage,
    get_model,
)
from inspect_ai.scorer import choice, includes, match
from inspect_ai.solver import generate, multiple_choice, system_message, use_tools
from inspect_ai.tool import tool

NAME = "mockllm/model"


@tool
def add():
    async def execute(x: int, y: int):
        """Add two numbers.

        Args:
            x: First.
            y: Second.
        """
        return str(x + y)

    return execute


def used(output: ModelOutput) -> ModelOutput:
    """Say how many tokens there were: to count them the mock model would want a network."""
    output.usage = ModelUsage(input_tokens=3, output_tokens=2, total_tokens=5)
    return output


def model(*outputs: ModelOutput | str) -> Model:
    said = [ModelOutput.from_content(NAME, o) if isinstance(o, str) else o for o in outputs]
    return get_model(NAME, custom_outputs=[used(output) for output in said], memoize=False)


SHOTS = [
    ChatMessageUser(content="1?"),
    ChatMessageAssistant(content="1"),
    ChatMessageUser(content="2 + 3?"),
]
SUMS = Task(
    name="sums",
    dataset=[
        Sample(id="one", input="What is 1 + 1?", target="2", metadata={"subject": "sums"}),
        Sample(id="two", input="What is 2 + 2?", target=["4", "four"]),
        Sample(id="shots", input=SHOTS, target="5"),
    ],
    solver=[system_message("Be brief."), generate()],
    scorer=[match(), includes()],
)
COLOURS = Task(
    name="colours",
    dataset=[
        Sample(input="Which is red?", choices=["the sky", "blood"], target="B"),
        Sample(input="Which is blue?", choices=["the sky", "blood"], target="A"),
    ],
    solver=multiple_choice(),
    scorer=choice(),
)
TOOLS = Task(
    name="tools",
    dataset=[Sample(input="Add 1 and 1.", target="2")],
    solver=[use_tools(add()), generate()],
    scorer=includes(),
)
CALL = ModelOutput.for_tool_call(NAME, "add", {"x": 1, "y": 1}, content="Let me add.")
RUNS = (
    (SUMS, model(*["It is 5"] * 6), {"epochs": 2, "temperature": 0.5, "max_tokens": 20}),
    (COLOURS, model("ANSWER: B", "ANSWER: B"), {}),
    (TOOLS, model(CALL, "It is 3"), {}),
)

if __name__ == "__main__":
    for one, asked, settings in RUNS:
        (log,) = eval(
            one, model=asked, log_dir=".", log_format=sys.argv[1], display="none", **settings
        )
        if log.status != "success":
            sys.exit(f"{one.name}: {log.error and log.error.message}")
