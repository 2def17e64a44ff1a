"""MMLU-Pro outputs (TIGER-AI-Lab/MMLU-Pro, ``model_outputs_<model>_5shots.zip``).

A zip holds one JSON array: a row per item, in an order of its own, so items are joined by
``question_id``. The files come from several revisions of the benchmark: 48 items differ between
files in question, options or answer, 33 of them in the answer. Each row therefore carries its
own item, and a prediction is scored against the answer in its own file.

There is no field that says whether a prediction is right, and ``pred`` is not always what the
model answered: some files fill it, with ``G`` or a random letter, where no answer could be taken
from the output. Such a stand-in is no answer. This reader gives None for it and a score of 0,
even where the letter happens to be the right one; upstream's figures count those as right, and
so lie up to 0.6 percentage points higher.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any

import pydantic_core

from generator.errors import InputError
from generator.readers.rows import OnBad, OnDrop, Place, Row, only, sound
from generator.records.benchmark import Item
from generator.records.prediction import Prediction
from generator.sources.archives import read_member

MAX_BYTES = 64 << 20
"""Most bytes of an unpacked file; the largest known has 23 million."""

LETTERS = frozenset("ABCDEFGHIJ")
"""Letters that can name an option. Not every item has ten, and a model may name one too far."""

OUTPUTS = ("generated_text", "model_outputs")
"""Fields that can hold the output; a file uses one of them."""

BARE = "a bare string among the rows"
"""Why an entry is passed over."""

_SAYS = {letter: f"answer is ({letter}" for letter in LETTERS}

_SAID = re.compile(r"answer is \(?[A-J]|[aA]nswer:\s*[A-J]")
_ALONE = re.compile(r"[A-J](?<!\w.)(?!\w)")
"""Where any of upstream's three ways of taking an answer would succeed.

Which letter they take is in ``pred``; here it only matters that there is one. So neither the
leading ``.*`` nor the look-ahead of the originals is needed, which take time that grows with
the square of the output. An expression that begins with letters is looked for several times as
fast as ``\\b[A-J]\\b``, which begins with a boundary.
"""


def read_outputs(
    paths: Mapping[str, Path],
    select: str | None,
    on_drop: OnDrop | None = None,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """Yield the outputs of the one model in the file.

    Entries that are bare strings (left over from a table of results) are passed over.

    Raises:
        InputError: There are several files, ``select`` is given, an item comes twice, or the file
            is not as described.
    """
    seen: set[str] = set()
    path = only(paths)
    for number, fields in enumerate(entries_of(paths, select), start=1):
        if isinstance(fields, str):
            if on_drop is not None:
                on_drop(BARE)
            continue
        row = sound(partial(row_of, Place(path, number), fields, seen), on_bad)
        if row is not None:
            seen.add(row.item.item_id)
            yield row


def holds_answer(output: str) -> bool:
    """Tell whether an answer letter could be taken from the output, in time linear in it."""
    return _ALONE.search(output) is not None or (
        "nswer" in output and _SAID.search(output) is not None
    )


def answers(output: str, letter: str) -> bool:
    """Tell whether an answer could be taken from the output, where it is said to be a letter."""
    # What most outputs say word for word, near their end, need not be looked for by expressions.
    return output.rfind(_SAYS[letter]) >= 0 or holds_answer(output)


def entries_of(paths: Mapping[str, Path], select: str | None) -> list[Any]:
    """Read the array, packed or plain; its text is let go before its rows are used.

    Raises:
        InputError: There are several files, ``select`` is given, or the file is no such array.
    """
    path = only(paths)
    if select is not None:
        msg = f"{path}: select: {select!r}: a file holds one model: leave select out of run.yml"
        raise InputError(msg)
    packed = zipfile.is_zipfile(path) or path.suffix == ".zip"
    if not packed and path.stat().st_size > MAX_BYTES:
        msg = f"{path}: more than {MAX_BYTES >> 20} MiB: not a file of this benchmark"
        raise InputError(msg)
    try:
        data = read_member(path, max_bytes=MAX_BYTES) if packed else path.read_bytes()
        entries = pydantic_core.from_json(data, cache_strings="keys")
    except ValueError as error:
        msg = f"{path}: not JSON ({error}): fetch the file again"
        raise InputError(msg) from error
    if not isinstance(entries, list):
        msg = f"{path}: an array of rows expected, got {type(entries).__name__}"
        raise InputError(msg)
    return entries


def row_of(place: Place, fields: object, seen: AbstractSet[str] = frozenset()) -> Row:
    """Check one entry, and that its item is not among those seen before; build its row."""
    if not isinstance(fields, dict):
        raise place.fault("-", fields, "an object expected")
    number = fields.get("question_id")
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise place.fault("question_id", number, "a whole number from 0 expected")
    item_id = str(number)
    if item_id in seen:
        raise place.fault("question_id", item_id, "a second row for this item")
    choices = fields.get("options")
    if not isinstance(choices, list) or not choices:
        raise place.fault("options", choices, "a list of options expected")
    if set(map(type, choices)) != {str}:
        odd = next(choice for choice in choices if not isinstance(choice, str))
        raise place.fault("options", odd, "each option must be text")
    # answer_index is not read: it contradicts answer in one item, and answer is what is scored.
    answer = fields.get("answer")
    if not isinstance(answer, str) or answer not in LETTERS:
        raise place.fault("answer", answer, "a letter from A to J expected")
    output = _output(place, fields)
    extracted = _extracted(place, fields, output)
    return Row(
        Item.of_checked(
            item_id=item_id,
            input=place.text(fields, "question", filled=True),
            choices=tuple(choices),
            references=(answer,),
            tags={"subject": place.text(fields, "category", filled=True)},
        ),
        Prediction.of_checked(
            item_id=item_id,
            output=output,
            score=float(extracted == answer),
            extracted=extracted,
        ),
    )


def _output(place: Place, fields: dict[str, Any]) -> str:
    """Return the text of the model from whichever field holds it."""
    one, other = OUTPUTS
    if (one in fields) == (other in fields):
        held = [name for name in OUTPUTS if name in fields]
        raise place.fault(" or ".join(OUTPUTS), held, "exactly one of the two expected")
    return place.text(fields, one if one in fields else other)


def _extracted(place: Place, fields: dict[str, Any], output: str) -> str | None:
    """Return the letter taken from the output; None for null and for a stand-in."""
    if "pred" not in fields:
        raise place.fault("pred", None, "the field is missing")
    letter = fields["pred"]
    if letter is None:
        return None
    if not isinstance(letter, str) or letter not in LETTERS:
        raise place.fault("pred", letter, "a letter from A to J or null expected")
    return letter if answers(output, letter) else None
