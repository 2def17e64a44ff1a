"""Rows of BFCL, the Berkeley function-calling leaderboard, whoever reads its files.

Files are JSON Lines in spite of their names. ``*_result.json`` hold what the model put out and no
question; ``*_score.json`` a header, and below it only the rows that failed, with question, right
call and the checker's error. The questions of the rows that passed are in the benchmark's own
files, their right calls in the files of the same names in ``possible_answer``, and both are in the
scores of any other model that failed them.

Older scores number rows from 1 and results from 0: score 6 is ``simple_5``. A category is called
``relevance`` in old files and ``irrelevance`` in new ones; the names of the results stay.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.records.benchmark import Item
from generator.records.messages import Message, ToolCall
from generator.records.prediction import Prediction

NO_CALL = "No function call should be made (none of the functions fits the request)."
"""Reference of items at which the right answer is to call nothing."""
TAG = "test category"
"""Slice of an item; the benchmark calls it so, too."""

Place = tuple[str, int]
"""Category, by the name that files of all versions share, and number of a row, from 0."""

_PREFIX = re.compile(r"^(?:gorilla_openfunctions_v\d+_test|BFCL_v\d+)_")
_NUMBER = re.compile(r"^(?P<category>.+)_(?P<number>\d{1,15})(?:-\d+-\d+)?$")
_SAME = {"simple_python": "simple", "relevance": "irrelevance"}


def category_of(name: str) -> str:
    """Return the name of a category that files of all versions share."""
    bare = _PREFIX.sub("", name).removesuffix("_function")
    return _SAME.get(bare, bare)


def place_of(row_id: str) -> Place | None:
    """Return category and number of a row; None for another form."""
    match = _NUMBER.match(row_id)
    return (category_of(match["category"]), int(match["number"])) if match else None


def failures_due(header: Mapping[str, Any]) -> int | None:
    """Return how many rows stand below a header of scores; None if it does not say so."""
    total, correct = header.get("total_count"), header.get("correct_count")
    return total - correct if isinstance(total, int) and isinstance(correct, int) else None


_PLAIN = json.JSONEncoder(ensure_ascii=False)


def indented(value: object, begin: str = "\n") -> str:
    """Return a value of JSON as ``json`` writes it with ``indent=1``.

    There, Python alone writes what is indented, piece by piece: most of an import took that.

    Args:
        value: The value.
        begin: How a line begins on which it stands, with the end of the line before.
    """
    within = f"{begin} "
    if isinstance(value, dict) and value:
        named = [f"{_PLAIN.encode(name)}: {indented(one, within)}" for name, one in value.items()]
        return f"{{{within}{f',{within}'.join(named)}{begin}}}"
    if isinstance(value, list) and value:
        parts = [indented(one, within) for one in value]
        return f"[{within}{f',{within}'.join(parts)}{begin}]"
    return _PLAIN.encode(value)


class Question(NamedTuple):
    """What was asked in a row, and the row, which says with which functions."""

    said: str
    """What the user said."""
    row: Mapping[str, Any]
    """The row."""

    def with_functions(self) -> str:
        """Return what was said, and the functions; to write these takes longer than to read a row.

        Most files ask more than a model was asked.
        """
        row = self.row
        if "function" not in row and "involved_classes" in row:
            classes = json.dumps(row["involved_classes"], ensure_ascii=False)
            return f"{self.said}\n\nAvailable functions are those of:\n{classes}"
        return f"{self.said}\n\nAvailable functions:\n{indented(row.get('function'))}"


@dataclass
class Known:
    """What the files beside the results say, by place."""

    scored: set[str] = field(default_factory=set)
    """Categories that have scores."""
    failed: set[Place] = field(default_factory=set)
    """Rows that failed."""
    decoded: dict[Place, str] = field(default_factory=dict)
    """Calls that the checker read from the output, as JSON."""
    asked: dict[Place, Question] = field(default_factory=dict)
    """Questions; of several turns, the first."""
    users: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    """What the user says in each turn, where there are several."""
    due: dict[Place, str] = field(default_factory=dict)
    """Right calls, as JSON."""

    def learn(self, row: Mapping[str, Any]) -> None:
        """Keep a question or the right calls; what is neither is passed over."""
        name = row.get("id")
        place = place_of(name) if isinstance(name, str) else None
        if place is None:
            return
        if "ground_truth" in row:
            self.due[place] = json.dumps(row["ground_truth"], ensure_ascii=False)
        elif (asked := _question(row)) is not None:
            self.asked[place] = asked
            self._turns(place, row)

    def learn_failed(self, category: str, row: Mapping[str, Any], *, own: bool = True) -> bool:
        """Keep what a row of scores says; tell whether it names its place.

        Args:
            category: Category of the file.
            row: The row.
            own: Whether it speaks of the model that is read; else only its item is kept.
        """
        number = row.get("id")
        place = place_of(number) if isinstance(number, str) else None
        if isinstance(number, int) and number > 0:
            place = (category, number - 1)
        if place is None:
            return False
        given = row.get("prompt")
        prompt: dict[str, Any] = given if isinstance(given, dict) else {}
        if (asked := _question(prompt)) is not None:
            self.asked.setdefault(place, asked)
            self._turns(place, prompt)
        if row.get("possible_answer"):
            self.due.setdefault(place, json.dumps(row["possible_answer"], ensure_ascii=False))
        if own:
            self.failed.add(place)
            calls = row.get("model_result_decoded", row.get("decoded_result"))
            if calls is not None:
                self.decoded[place] = json.dumps(calls, ensure_ascii=False)
        return True

    def _turns(self, place: Place, row: Mapping[str, Any]) -> None:
        """Keep what the user says in each of several turns."""
        turns = row.get("question")
        if isinstance(turns, list) and len(turns) > 1 and isinstance(turns[0], list):
            self.users.setdefault(place, tuple(map(said_in, turns)))

    def item(self, name: str, place: Place) -> Item | None:
        """Return an item; None where no file says what was asked and what was due."""
        question = self.asked.get(place)
        due = self.due.get(place) or (NO_CALL if place[0].endswith("irrelevance") else None)
        if question is None or due is None:
            return None
        asked, tags = question.with_functions(), {TAG: place[0]}
        return Item.of_checked(item_id=name, input=asked, references=(due,), tags=tags)

    def prediction(
        self, name: str, place: Place, output: str | tuple[Message, ...], tokens: object
    ) -> Prediction:
        """Return a prediction with its score."""
        return Prediction.of_checked(
            item_id=name,
            output=output,
            score=float(place not in self.failed),
            extracted=self.decoded.get(place),
            tokens=tokens if isinstance(tokens, int) and tokens >= 0 else None,
        )


def message_of(calls: Sequence[Mapping[str, Any]]) -> tuple[Message, ...]:
    """Return the calls that a model of an interface for calls made, as the one turn they are."""
    made = [
        ToolCall(name=name, arguments=given if isinstance(given, str) else json.dumps(given))
        for call in calls
        for name, given in call.items()
    ]
    return (Message(role="assistant", tool_calls=tuple(made)),)


def said_in(turn: object) -> str:
    """Return what the messages of a turn say, as one text."""
    messages = turn if isinstance(turn, list) else []
    texts = [one.get("content") for one in messages if isinstance(one, dict)]
    return "\n\n".join(text for text in texts if isinstance(text, str))


def _question(row: Mapping[str, Any]) -> Question | None:
    """Return a question, of several turns the first; None where none is."""
    said = row.get("question")
    if isinstance(said, list):
        said = said_in(said[0] if said and isinstance(said[0], list) else said)
    return Question(said, row) if isinstance(said, str) and said else None
