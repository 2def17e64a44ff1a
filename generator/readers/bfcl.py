"""BFCL results and scores (HuanzhiMao/BFCL-Result), with questions of its makers.

``benchmark.yml`` names files ``<model>_<category>_result`` and ``<model>_<category>_score``, and
files of questions ``<category>_questions``; a run selects its model. What the files hold is told in
``generator.readers.bfcl_rows``. The items of the rows that a model passed are in no file of its
own, so a run also names scores of models that failed them; nothing but the item is taken from
these. The words of the question are those of 2024, as the scores have them, and only where no
score has a question, as with the category ``relevance``, those of the makers' files.

The score is 1 where the checker listed no error. What it decoded is the answer extracted; the
files have it for rows that failed alone.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pydantic_core

from generator.errors import InputError
from generator.readers.bfcl_rows import Known, category_of, failures_due, message_of, place_of
from generator.readers.rows import OnBad, OnDrop, Place, Row, sound
from generator.records.messages import Message

MAX_BYTES = 16 << 20
"""Most bytes of a file; the largest known has 1.2 million."""

_RESULT, _SCORE, _QUESTIONS = "_result", "_score", "_questions"


def read_calls(
    paths: Mapping[str, Path],
    select: str | None,
    on_drop: OnDrop | None = None,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """Yield the results of one model, category by category.

    Args:
        paths: Its results and scores, scores of others, and questions.
        select: The model, as the names of its files begin.
        on_drop: Never called: every line of a result is a row.
        on_bad: Hears of rows that are not as described.

    Raises:
        InputError: ``select`` is missing, a category has results or scores alone, or a file is not
            as described.
    """
    del on_drop
    results = _own(paths, select, _RESULT)
    scores = _own(paths, select, _SCORE)
    if not results or results.keys() != scores.keys():
        msg = (
            f"select: {select!r}: name <model>_<category>_result and <model>_<category>_score of "
            "each category in run.yml, and the model in select"
        )
        raise InputError(msg)
    known = Known()
    # The model's own scores come first: of two wordings of an item its own counts.
    for path in scores.values():
        _learn_scores(path, known, own=True)
    for name, path in paths.items():
        if name.endswith(_SCORE) and path not in scores.values():
            _learn_scores(path, known, own=False)
    for name, path in paths.items():
        if name.endswith(_QUESTIONS):
            _learn_questions(path, known)
    for path in results.values():
        for place, value in _lines(path):
            row = sound(partial(_row, place, value, known), on_bad)
            if row is not None:
                yield row


def _own(paths: Mapping[str, Path], select: str | None, ending: str) -> dict[str, Path]:
    """Return the files of the model with an ending, by what stands between: the category."""
    start = f"{select}_"
    return {
        name.removeprefix(start).removesuffix(ending): path
        for name, path in paths.items()
        if name.startswith(start) and name.endswith(ending)
    }


def _lines(path: Path) -> Iterator[tuple[Place, Any]]:
    """Yield the values of JSON Lines; a last line may be empty."""
    if path.stat().st_size > MAX_BYTES:
        msg = f"{path}: more than {MAX_BYTES >> 20} MiB: not a file of this benchmark"
        raise InputError(msg)
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            place = Place(path, number)
            try:
                value = pydantic_core.from_json(line)
            except ValueError as error:
                raise place.fault("-", line, f"not JSON ({error})") from error
            if not isinstance(value, dict):
                raise place.fault("-", value, "an object expected")
            yield place, value


def _learn_scores(path: Path, known: Known, *, own: bool) -> None:
    """Keep which rows failed, and their items."""
    header: Mapping[str, Any] | None = None
    rows = 0
    for place, row in _lines(path):
        if header is None:
            header = row
            continue
        category = category_of(place.text(row, "test_category"))
        if not known.learn_failed(category, row, own=own):
            raise place.fault("id", row.get("id"), "a number from 1 expected")
        rows += 1
    if failures_due(header or {}) != rows:
        msg = f"{path}: {rows} rows below a header that says otherwise: fetch the file again"
        raise InputError(msg)


def _learn_questions(path: Path, known: Known) -> None:
    """Keep the questions of the makers where no score has one."""
    makers = Known()
    for _, row in _lines(path):
        makers.learn(row)
    known.asked = makers.asked | known.asked


def _row(place: Place, fields: Mapping[str, Any], known: Known) -> Row:
    """Check one result and build its row."""
    name = place.text(fields, "id", filled=True)
    at = place_of(name)
    if at is None:
        raise place.fault("id", name, "<category>_<number> expected")
    item = known.item(name, at)
    if item is None:
        raise place.fault("id", name, "no file of the run says what was asked and what was due")
    output = _output(place, fields)
    return Row(item, known.prediction(name, at, output, fields.get("output_token_count")))


def _output(place: Place, fields: Mapping[str, Any]) -> str | tuple[Message, ...]:
    """Return a text, or the calls that a model of an interface for calls made."""
    result = fields.get("result")
    if isinstance(result, str):
        return result
    if not isinstance(result, list) or not all(isinstance(call, dict) for call in result):
        raise place.fault("result", result, "a text or a list of calls expected")
    return message_of(result)
