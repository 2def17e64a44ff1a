"""Batches from writing to collecting: what is sent is noted before it can cost anything."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from generator.errors import OutsideError
from generator.judging.batch_client import Batch, BatchClient
from generator.judging.batch_ids import Ids, RequestId
from generator.judging.batch_intake import tries_of
from generator.judging.batch_requests import (
    Layout,
    RequestFile,
    RequestFiles,
    lay_out,
)
from generator.judging.batch_results import MAX_FILE
from generator.judging.batch_sheets import ENDED, Sheet, Sheets
from generator.judging.cascade import Scope, open_docket
from generator.judging.docket import Case, Docket
from generator.judging.journal import journal_folder
from generator.store.lock import alone

Runs = Mapping[str, Sequence[str]]
"""Models by benchmark: runs that are at hand and freshly judged by the rules."""


@dataclass
class Sent:
    """What submitting came to."""

    sheets: list[Sheet] = field(default_factory=list)
    """Batches that were made now."""
    found: list[Sheet] = field(default_factory=list)
    """Batches that an earlier command had made without learning of it."""
    under_way: int = 0
    """Requests under way from before."""
    stopped: str | None = None
    """Why the budget ended it, none where it did not."""


class Batches:
    """The batches of one judge at one endpoint."""

    def __init__(self, scope: Scope, base_url: str | None) -> None:
        self.scope = scope
        self._base_url = base_url
        self.sheets = Sheets(scope.cache)

    def mine(self) -> list[Sheet]:
        """Return the batches of this language model at this endpoint, whatever the prompt."""
        judge = self.scope.judge
        return [
            sheet
            for sheet in self.sheets.all()
            if (sheet.judge.name, sheet.judge.version, sheet.base_url)
            == (judge.name, judge.version, self._base_url)
        ]

    def others(self) -> int:
        """Count the batches of other models or endpoints that wait to be collected."""
        names = {sheet.name for sheet in self.mine()}
        return sum(
            sheet.name not in names and not sheet.collected and sheet.batch is not None
            for sheet in self.sheets.all()
        )

    def is_current(self, sheet: Sheet) -> bool:
        """Tell whether a batch was made with this prompt and taxonomy."""
        return sheet.judge == self.scope.judge

    def set_aside(self, docket: Docket, benchmark: str) -> int:
        """Take out of a docket what is under way, and return how many requests that is."""
        places = {
            request.place
            for sheet in self.sheets.all()
            if sheet.judge == self.scope.judge
            and sheet.benchmark == benchmark
            and (sheet.asked and not sheet.collected)
            for request in self.sheets.names(sheet)
        }
        docket.set_aside(lambda model, key: Ids.place((benchmark, model), key) in places)
        return len(places)

    @contextmanager
    def open(
        self, benchmark: str, models: Sequence[str], sent: Sent | None = None
    ) -> Iterator[Docket]:
        """Hold a benchmark and list what is due of it."""
        lock = journal_folder(self.scope.cache) / f"{benchmark}.lock"
        with (
            alone(lock, f"judging {benchmark}"),
            open_docket(self.scope, benchmark, models) as docket,
        ):
            under_way = self.set_aside(docket, benchmark)
            if sent is not None:
                sent.under_way += under_way
            yield docket

    async def submit(self, client: BatchClient, layout: Layout, runs: Runs) -> Sent:
        """Write what is due, and make batches of it.

        Args:
            client: Asks the endpoint.
            layout: How requests are laid out, and what they may cost.
            runs: What to judge.

        Returns:
            What it came to.

        Raises:
            InputError: Another run is at work, or a file is at fault.
            OutsideError: The endpoint failed; what was made before is noted.
        """
        sent = Sent()
        with self.alone():
            await self._recover(client, sent)
            written: list[Sheet] = []
            for benchmark, models in runs.items():
                if models and sent.stopped is None:
                    written += await self._write(layout, benchmark, models, sent)
            for sheet in written:
                sent.sheets.append(await self._send(client, sheet))
        return sent

    def alone(self) -> AbstractContextManager[None]:
        """Hold the batches: while they are sent, or their notes are written."""
        return alone(self.sheets.lock, "sending or collecting batches")

    async def refresh(self, client: BatchClient) -> list[tuple[Sheet, Batch]]:
        """Return the batches not collected yet as the endpoint tells of them now.

        Only who holds the batches may call it.

        Raises:
            OutsideError: It does not tell.
        """
        shown = []
        await self._recover(client, Sent())
        for sheet in self.mine():
            if sheet.batch is not None and not sheet.collected:
                batch = await client.get(sheet.batch)
                shown.append((self._noted(sheet, batch), batch))
        return shown

    async def fetch(self, client: BatchClient, sheet: Sheet, batch: Batch) -> list[Path]:
        """Download what an ended batch has left, and return the files.

        Raises:
            OutsideError: The results could not be downloaded.
        """
        paths = []
        for name, file in (("output.jsonl", batch.output), ("errors.jsonl", batch.errors)):
            path = self.sheets.path(sheet.name, name)
            if file is not None and not path.is_file():
                try:
                    await client.download(file, path, MAX_FILE)
                except OutsideError as error:
                    msg = (
                        f"{sheet.batch}: its results could not be fetched: {error}: try again; if "
                        f"the provider has them no more, remove {path.parent} to ask anew"
                    )
                    raise OutsideError(msg) from None
            if path.is_file():
                paths.append(path)
        return paths

    async def _recover(self, client: BatchClient, sent: Sent) -> None:
        """Find out what became of batches that a crash cut off; forget those that never were."""
        self.sheets.sweep()
        for sheet in self.mine():
            if sheet.batch is not None:
                continue
            batch = await client.find(sheet.label) if sheet.asked else None
            if batch is not None:
                sent.found.append(self._noted(self.sheets.note(sheet, batch=batch.id), batch))
                self.sheets.path(sheet.name, "requests.jsonl").unlink(missing_ok=True)
                continue
            if sheet.file is not None:
                with suppress(OutsideError):
                    await client.forget(sheet.file)
            self.sheets.discard(sheet)

    async def _write(
        self, layout: Layout, benchmark: str, models: Sequence[str], sent: Sent
    ) -> list[Sheet]:
        """Write the requests on one benchmark, and a note for each file."""
        sheets = self.sheets
        names: list[str] = []

        def name(_: int) -> Path:
            names.append(sheets.unused(benchmark))
            return sheets.path(names[-1], "requests.jsonl")

        with self.open(benchmark, models, sent) as docket, RequestFiles(name) as files:

            def on_request(case: Case, request: RequestId) -> None:
                line = json.dumps([str(request), case.run[1], case.failure.key])
                with sheets.path(names[-1], "names.jsonl").open("a", encoding="ascii") as out:
                    out.write(line + "\n")

            tries = tries_of(self.scope, layout.ids, benchmark)
            sent.stopped = await lay_out(layout, docket, tries, files, on_request)
        return [self._sheet(made, benchmark) for made in files.written]

    def _sheet(self, made: RequestFile, benchmark: str) -> Sheet:
        return self.sheets.note(
            Sheet(
                name=made.path.parent.name,
                label=uuid4().hex,
                benchmark=benchmark,
                judge=self.scope.judge,
                base_url=self._base_url,
                requests=made.lines,
                sha256=made.sha256,
                created=int(time.time()),
            )
        )

    async def _send(self, client: BatchClient, sheet: Sheet) -> Sheet:
        requests = self.sheets.path(sheet.name, "requests.jsonl")
        file = await client.upload(requests)
        # Noted before it is asked for: a crash from here on may have left a batch behind.
        sheet = self.sheets.note(sheet, file=file, asked=True, status="uploaded")
        try:
            batch = await client.create(file, sheet.label)
        except OutsideError as error:
            msg = f"{sheet.name}: {error}: whether a batch was made, the next submit finds out"
            raise OutsideError(msg) from None
        sheet = self._noted(self.sheets.note(sheet, batch=batch.id), batch)
        requests.unlink(missing_ok=True)
        return sheet

    def _noted(self, sheet: Sheet, batch: Batch) -> Sheet:
        return self.sheets.note(sheet, status=batch.status, done=batch.done, failed=batch.failed)


def is_ended(batch: Batch) -> bool:
    """Tell whether a batch will not change any more."""
    return batch.status in ENDED


async def write(
    batches: Batches, layout: Layout, runs: Runs, path: Path
) -> tuple[list[RequestFile], str | None]:
    """Write what is due into a request file, or several where the limits ask for it.

    The same content, cache and options give the same bytes.

    Args:
        batches: What is judged, and what of it is under way and so not due.
        layout: How requests are laid out, and what they may cost.
        runs: What to judge.
        path: The first file; further ones have a number before their suffix.

    Returns:
        The files, and why the budget ended it, if it did.

    Raises:
        InputError: Another run judges a benchmark, or a file is at fault.
    """
    stopped: str | None = None

    def name(number: int) -> Path:
        return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")

    with RequestFiles(name) as files:
        for benchmark, models in runs.items():
            if not models or stopped is not None:
                continue
            with batches.open(benchmark, models) as docket:
                tries = tries_of(batches.scope, layout.ids, benchmark)
                stopped = await lay_out(layout, docket, tries, files, lambda *_: None)
    return files.written, stopped
