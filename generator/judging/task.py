"""What a failure's item asks and what counts as right, parsed once."""

from fractions import Fraction
from functools import cached_property

from generator.judging.audit import Step, numbers_of, steps_of
from generator.judging.equations import equations
from generator.judging.finals import asks_for_form
from generator.judging.options import Amount, Options, options_of
from generator.judging.references import CallsDue, amount_due, asks_expression, calls_due
from generator.judging.schemas import Schemas, schemas_in
from generator.records.failure import Failure

HEAD = 16_000
"""Characters at the beginning of a task or a solution that are read."""
END = 4_000
"""Characters at the end of a longer task that are read too."""
FEWEST_WORDS = 12
"""Words from which a reference is a text, and no answer."""


class Task:
    """The side of a failure that the model did not write, each part parsed at most once."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure

    @cached_property
    def options(self) -> Options:
        """Options of the item."""
        return options_of(self.failure)

    @cached_property
    def multiple_choice(self) -> bool:
        """Whether the answer due is the letter of an option."""
        return self.reference_letter is not None

    @cached_property
    def reference_letter(self) -> str | None:
        """Letter of the right option, where references are letters of options."""
        letters = (reference.strip().strip("().") for reference in self.failure.references)
        return next((one for one in letters if self.options.place(one) is not None), None)

    @cached_property
    def reference_amount(self) -> Amount | None:
        """The right answer as a number: the reference, or the option that it names."""
        place = self.options.place(self.reference_letter)
        return (
            self.options.amounts[place]
            if place is not None
            else amount_due(self.failure.references)
        )

    @cached_property
    def reference_number(self) -> Fraction | None:
        """The value of the right answer, if it is a number."""
        return self.reference_amount.value if self.reference_amount else None

    @cached_property
    def form_asked(self) -> bool:
        """Whether the task states the form of the answer, at its beginning or at its end."""
        task = self.failure.input
        long = len(task) > HEAD + END
        return asks_for_form(task[:HEAD] + "\n" + task[-END:] if long else task)

    @cached_property
    def expression_asked(self) -> bool:
        """Whether the task is one arithmetic expression that comes to the reference."""
        return asks_expression(self.failure.input, self.reference_amount)

    @cached_property
    def tool_use(self) -> bool:
        """Whether a tool call is due, in a benchmark of tool use or a mixed one."""
        task = self.failure.task_type
        return task == "tool-use" or (
            task == "mixed" and (bool(self.calls_due.calls) or self.calls_due.none_due)
        )

    @cached_property
    def writing(self) -> bool:
        """Whether a text is due that can be written in many ways.

        Of a benchmark of several kinds, that is an item without any reference, or whose references
        are texts.
        """
        task, references = self.failure.task_type, self.failure.references
        if task != "mixed" or not references:
            return task in {"free-text", "mixed"}
        texts = all(len(text[:HEAD].split()) >= FEWEST_WORDS for text in references)
        return texts and not self.multiple_choice and not self.calls_due.calls

    @cached_property
    def calls_due(self) -> CallsDue:
        """Tool calls due, by the reference."""
        return calls_due(self.failure.references)

    @cached_property
    def worked(self) -> str:
        """The worked solution, or a reference that is one; empty where there is none."""
        if self.failure.solution:
            return self.failure.solution[:HEAD]
        return next((text[:HEAD] for text in self.failure.references if "=" in text), "")

    @cached_property
    def steps_due(self) -> tuple[Step, ...]:
        """Steps of the worked solution."""
        return steps_of(equations(self.worked)) if self.worked else ()

    @cached_property
    def given(self) -> frozenset[Fraction]:
        """Numbers that the task gives."""
        return numbers_of(self.failure.input[:HEAD])

    @cached_property
    def schemas(self) -> Schemas:
        """Functions that the task offers; empty where it states none that can be read."""
        return schemas_in(self.failure.input)
