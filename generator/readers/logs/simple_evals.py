"""simple-evals: ``<eval>_<model>_<date>_allresults.json``.

It holds the conversation of every example, and its report as HTML, which alone has the right
answer, the extracted one and the score. Examples have no identifier: the place in the file, from
0, is theirs, and only runs of the same seed and number of examples agree in it.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import MEND, Fields, bad, mapping
from generator.readers.logs.files import document, found
from generator.readers.logs.messages import parted, spoken

SILENT = "the model said nothing in the conversation"
NO_ANSWER = "None"
"""What the report says where no answer was extracted."""

_NAME = re.compile(r"(?P<task>[^_]+)_(?P<model>.+?)_(?P<date>\d{8})_\d{6}.*\.json")
_RESULTS = "<h3>Results</h3>"
_CORRECT, _EXTRACTED, _SCORE = "<p>Correct Answer: ", "<p>Extracted Answer: ", "<p>Score: "


def read_simple_evals(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the examples of one evaluation; see ``LogReader``."""
    files = found(paths, "*_allresults.json")
    chosen = [
        path for path in files if choice.select is None or path.name.startswith(choice.select)
    ]
    if len(chosen) != 1:
        msg = f"{len(chosen)} files fit: name one: {', '.join(path.name for path in files)}"
        raise InputError(msg)
    path = chosen[0]
    log = mapping(document(path))
    talks, reports = log.get("convos"), log.get("htmls")
    if not isinstance(talks, list) or not isinstance(reports, list) or len(talks) != len(reports):
        msg = f"{path}: convos and htmls of the same length are expected: give *_allresults.json"
        raise InputError(msg)
    account.know(harness="simple-evals", metric="Score of simple-evals")
    if match := _NAME.fullmatch(path.name):
        date = match["date"]
        account.know(task=match["task"], model=match["model"])
        account.know_day(f"{date[:4]}-{date[4:6]}-{date[6:]}")
    rows = (
        (Spot(str(path), number), {"convo": talk, "html": report})
        for number, (talk, report) in enumerate(zip(talks, reports, strict=True), start=1)
    )
    yield from account.rows_of(rows, lambda spot, value: _example(Fields(spot, value), account))


def _example(fields: Fields, account: Account) -> Entry | None:
    """Return the entry of an example; None where the model said nothing."""
    talk = parted(fields, "convo", account, given=_given(fields))
    if not spoken(talk.answer):
        account.drop(fields.spot, SILENT)
        return None
    text = fields.text("html")
    _, sign, results = text.rpartition(_RESULTS)
    if not sign:
        fields.fault("html", f"{_RESULTS} is expected in it", MEND)
    correct = _after(results, _CORRECT)
    extracted = _after(results, _EXTRACTED)
    score = _after(results, _SCORE)
    try:
        number = float({"True": "1", "False": "0"}.get(score or "", score or ""))
    except ValueError:
        raise bad(fields.spot, "html", score, "a number is expected as the score") from None
    about = item(str(fields.spot.line - 1), talk.question, [correct] if correct else [])
    return entry(
        fields.spot,
        about,
        talk.output,
        number,
        extracted=None if extracted in (None, NO_ANSWER, "") else extracted,
    )


def _given(fields: Fields) -> Any:
    """Return what tells the turns that were put into the model's mouth: all but the last."""
    turns = [one for one in fields.items("convo") if isinstance(one, dict)]
    last = max((n for n, turn in enumerate(turns) if turn.get("role") == "assistant"), default=0)

    def told(turn: Mapping[str, Any]) -> bool:
        return turn is not turns[last]

    return told


def _after(report: str, label: str) -> str | None:
    """Return what the report says after a label, unescaped; None where it says nothing."""
    _, sign, rest = report.rpartition(label)
    value, end, _ = rest.rpartition("</p>") if label == _SCORE else rest.partition("</p>")
    return html.unescape(value).strip() if sign and end else None
