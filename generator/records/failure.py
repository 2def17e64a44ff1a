"""One failed prediction with everything a judge may look at."""

from generator.records.base import ItemId, ModelId, Record, Sha256, Slug
from generator.records.benchmark import Item, TaskType
from generator.records.keys import output_text, prediction_key
from generator.records.messages import Message
from generator.records.prediction import Prediction
from generator.records.turns import is_conversation


class Failure(Record):
    """The unit of the Atlas. Planted causes and labels are not part of it."""

    key: Sha256
    """Key of the prediction; verdicts belong to it."""
    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    item_id: ItemId
    """Item."""
    task_type: TaskType
    """What an answer looks like."""
    input: str
    """What was asked."""
    choices: tuple[str, ...]
    """Options, the first is A."""
    references: tuple[str, ...]
    """Answers that count as right."""
    solution: str | None
    """Worked solution, where there is one."""
    output: str
    """What the model put out, conversations as one text; places of evidence are of this."""
    messages: tuple[Message, ...] = ()
    """The turns of a conversation; none where the output is a text or calls alone."""
    extracted: str | None
    """Answer that the harness took."""
    finish_reason: str | None
    """Why generation ended."""

    @classmethod
    def of(
        cls,
        benchmark: str,
        model: str,
        task_type: TaskType,
        item: Item,
        prediction: Prediction,
    ) -> "Failure":
        """Join an item and a prediction that were validated before."""
        return cls.of_checked(
            key=prediction_key(benchmark, item, prediction),
            benchmark=benchmark,
            model=model,
            item_id=item.item_id,
            task_type=task_type,
            input=item.input,
            choices=item.choices,
            references=item.references,
            solution=item.solution,
            output=output_text(prediction),
            messages=prediction.output if is_conversation(prediction.output) else (),
            extracted=prediction.extracted,
            finish_reason=prediction.finish_reason,
        )
