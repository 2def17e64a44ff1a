"""Collecting: the results of ended batches are fetched, judged, sealed, and then known."""

from collections.abc import Callable
from typing import NamedTuple

from generator.errors import OutsideError
from generator.judging.batch_client import Batch, BatchClient
from generator.judging.batch_intake import Desk, Intake, take_in
from generator.judging.batch_session import Batches, Runs, is_ended
from generator.judging.batch_sheets import Sheet
from generator.judging.cascade import Heard


class Standing(NamedTuple):
    """How a batch stands."""

    sheet: Sheet
    """What was sent."""
    batch: Batch
    """What the provider tells."""
    why_not: str | None = None
    """Why it was not collected, none where it was."""


class Collected:
    """What collecting came to."""

    def __init__(self) -> None:
        self.standings: list[Standing] = []
        """All batches that were not collected before."""
        self.intake = Intake()
        """What their results came to."""
        self.missing = 0
        """Requests of collected batches that nothing came back of."""
        self.failed: OutsideError | None = None
        """Why the results of a batch could not be fetched, if so."""


async def collect(
    batches: Batches,
    client: BatchClient,
    desk: Desk,
    runs: Runs,
    on_heard: Callable[[Heard], None],
) -> Collected:
    """Take in the results of all ended batches.

    A batch is noted as collected when every verdict is sealed; killed before, it is collected
    again, and what was taken in is known.

    Args:
        batches: The batches.
        client: Asks the endpoint.
        desk: Where results are taken in.
        runs: Runs that are at hand and freshly judged by the rules.
        on_heard: Called after each verdict.

    Raises:
        InputError: Another run is at work, or a file is at fault.
        OutsideError: The endpoint does not tell how the batches stand.
    """
    collected = Collected()
    with batches.alone():
        ready: list[Sheet] = []
        for sheet, batch in await batches.refresh(client):
            why_not = _why_not(batches, sheet, batch, runs)
            if why_not is None:
                try:
                    for path in await batches.fetch(client, sheet, batch):
                        desk.results.add(path)
                    ready.append(sheet)
                except OutsideError as error:
                    collected.failed, why_not = error, "not fetched"
            collected.standings.append(Standing(sheet, batch, why_not))
        collected.missing = sum(_missing(batches, desk, sheet) for sheet in ready)
        for benchmark in sorted({sheet.benchmark for sheet in ready}):
            await take_in(desk, benchmark, runs[benchmark], collected.intake, on_heard)
        for sheet in ready:
            batches.sheets.note(sheet, collected=True)
            for name in ("output.jsonl", "errors.jsonl", "names.jsonl"):
                batches.sheets.path(sheet.name, name).unlink(missing_ok=True)
    return collected


def _why_not(batches: Batches, sheet: Sheet, batch: Batch, runs: Runs) -> str | None:
    """Say why a batch cannot be collected, none where it can."""
    if not is_ended(batch):
        return "under way"
    if not batches.is_current(sheet):
        folder = batches.sheets.path(sheet.name, "")
        return (
            "made for another prompt or taxonomy: go back to that edition to use its answers, or "
            f"remove {folder}"
        )
    if not runs.get(sheet.benchmark):
        return f"the text of {sheet.benchmark} is not here, or it was not named: fetch or name it"
    return None


def _missing(batches: Batches, desk: Desk, sheet: Sheet) -> int:
    """Count the requests of a batch of which nothing came back."""
    names = batches.sheets.names(sheet)
    return sum(not desk.results.has(request.benchmark, request.place) for request in names)
