"""What was sent in batches: a folder for each, beside the journal, written before anything is paid.

A folder holds ``sheet.json``, ``names.jsonl`` (name of each request, model and key of the failure),
``requests.jsonl`` until the batch is there, and the results once they are downloaded.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from generator.errors import InputError
from generator.judging.batch_ids import RequestId, read_id
from generator.judging.journal import journal_folder
from generator.records.base import Record
from generator.records.verdict import JudgeId
from generator.store.atomic import write_text

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
"""States of a batch that will not change any more."""


class Sheet(Record):
    """One batch, or what is to become one."""

    name: str
    """Name of its folder."""
    label: str
    """Random name that the provider keeps with the batch, by which it is found again."""
    benchmark: str
    """Benchmark that all its requests are for."""
    judge: JudgeId
    """Who is asked."""
    base_url: str | None
    """Address of the endpoint; the provider's own if null."""
    requests: int
    """Requests in it."""
    sha256: str
    """Hash of the request file."""
    created: int
    """When it was written, in seconds since 1970."""
    file: str | None = None
    """Name of the uploaded file; null before the upload."""
    asked: bool = False
    """Whether the provider was asked to make the batch; it may have, even if ``batch`` is null."""
    batch: str | None = None
    """Name of the batch."""
    status: str = "written"
    """State as the provider said last."""
    done: int = 0
    """Requests carried out."""
    failed: int = 0
    """Requests that failed."""
    collected: bool = False
    """Whether its results are taken in."""


class Sheets:
    """The batches of a cache. Only who holds the lock may write."""

    def __init__(self, cache: Path) -> None:
        self.folder = journal_folder(cache) / "batches"

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.folder / "batches.lock"

    def all(self) -> list[Sheet]:
        """Return all batches in the order in which they were made.

        Raises:
            InputError: The note of a batch cannot be read.
        """
        sheets = []
        for path in self.folder.glob("*/sheet.json"):
            try:
                sheets.append(Sheet.model_validate_json(path.read_bytes()))
            except ValidationError as error:
                msg = (
                    f"{path}: not the note of a batch: {error.errors()[0]['msg']}: mend it; "
                    "without it, its results cannot be collected"
                )
                raise InputError(msg) from None
        return sorted(sheets, key=lambda sheet: (sheet.created, sheet.name))

    def sweep(self) -> None:
        """Remove folders that a kill left before they had a note: nothing was sent of them."""
        for folder in self.folder.glob("*/"):
            if folder.is_dir() and not (folder / "sheet.json").is_file():
                shutil.rmtree(folder, ignore_errors=True)

    def path(self, sheet: str, file: str) -> Path:
        """Return where a file of a batch lies."""
        return self.folder / sheet / file

    def unused(self, benchmark: str) -> str:
        """Return a name for a new batch."""
        taken = {folder.name for folder in self.folder.glob(f"{benchmark}-*/")}
        numbers = (f"{benchmark}-{number:04}" for number in range(1, len(taken) + 2))
        return next(name for name in numbers if name not in taken)

    def note(self, sheet: Sheet, **changes: object) -> Sheet:
        """Write down how far a batch has come, whole or not at all, and return it."""
        changed = sheet.model_copy(update=changes)
        text = json.dumps(changed.model_dump(), indent=2) + "\n"
        write_text(self.path(sheet.name, "sheet.json"), text)
        return changed

    def names(self, sheet: Sheet) -> Iterator[RequestId]:
        """Yield the names of the requests of a batch."""
        path = self.path(sheet.name, "names.jsonl")
        try:
            with path.open("rb") as file:
                for line in file:
                    request = read_id(json.loads(line)[0])
                    if request is not None:
                        yield request
        except (OSError, ValueError, LookupError, TypeError) as error:
            msg = f"{path}: the names of a batch's requests cannot be read: {error}"
            raise InputError(msg) from error

    def discard(self, sheet: Sheet) -> None:
        """Forget a batch that was never made."""
        # The note goes first: a folder without one is swept.
        self.path(sheet.name, "sheet.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder / sheet.name, ignore_errors=True)
