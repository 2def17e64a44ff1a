"""Failures that are not in the content, put before a judge that has to be paid.

They are asked about like all others, and what is said of them is kept in journals of their own, so
that asking again about the same failures costs nothing. Nothing is sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from generator.judging.cascade import Heard, Scope
from generator.judging.docket import Docket, Listed
from generator.judging.journal import Journal, journal_folder, journal_path
from generator.judging.session import Session
from generator.records.benchmark import Item
from generator.records.failure import Failure
from generator.records.keys import RunKey, item_hash
from generator.records.verdict import Verdict
from generator.store.lock import alone

_ANYONE = "labelled__failures"
"""Stands for all models: an output is judged alike, whosever it is."""


def groups(failures: Iterable[Failure]) -> dict[str, list[Failure]]:
    """Return failures by benchmark and task type, under a name that shows both.

    Failures that no judge could tell apart, with the same task, reference and output, are one.
    """
    found: dict[str, dict[str, Failure]] = {}
    for failure in failures:
        group = found.setdefault(f"{failure.benchmark} ({failure.task_type})", {})
        group.setdefault(failure.key, failure)
    return {name: list(group.values()) for name, group in sorted(found.items())}


@contextmanager
def outside_docket(scope: Scope, failures: Sequence[Failure]) -> Iterator[Docket]:
    """List failures of one group; correct outputs of others are not known.

    Args:
        scope: Who is asked, and where journals are.
        failures: Of one benchmark and task type; at least one.
    """
    first = failures[0]
    done = said_of(scope, failures)
    with Docket(journal_folder(scope.cache), first.benchmark, first.task_type) as docket:
        docket.begin(_ANYONE)
        for failure in failures:
            item = Item.of_checked(
                item_id=failure.item_id,
                input=failure.input,
                choices=failure.choices,
                references=failure.references,
                solution=failure.solution,
            )
            number = docket.item(item, bytes.fromhex(item_hash(failure.benchmark, item)))
            known = done.get(failure.key)
            spoke = known is not None and known.status != "no_verdict"
            docket.add_failure(number, Listed(failure, audit=False, draw=0, done=spoke))
        docket.close_lists(scope.share)
        yield docket


def ask_outside(
    session: Session,
    scope: Scope,
    failures: Sequence[Failure],
    *,
    on_open: Callable[[Docket], None],
    on_heard: Callable[[Heard], None],
) -> None:
    """Ask about what the judge has not spoken on yet of a group of failures.

    Args:
        session: The session.
        scope: Who is asked, and where journals are.
        failures: Of one benchmark and task type; at least one.
        on_open: Called once it is known what is pending.
        on_heard: Called after each verdict.

    Raises:
        InputError: Another process asks about failures of the same benchmark.
        OutsideError: The endpoint does not answer; what was said before is in the journal.
    """
    key = _place(failures)
    folder = journal_folder(scope.cache)
    with alone(folder / f"{key[0]}__{key[1]}.lock", f"judging failures of {key[0]}"):
        Journal(journal_path(scope.cache, key, scope.judge.name)).repair()
        with outside_docket(scope, failures) as docket:
            on_open(docket)
            session.ask(scope, docket, on_heard)


def said_of(scope: Scope, failures: Sequence[Failure]) -> dict[str, Verdict]:
    """Return what the judge, as it is now, has said of a group of failures, by key."""
    wanted = {failure.key for failure in failures}
    path = journal_path(scope.cache, _place(failures), scope.judge.name)
    said: dict[str, Verdict] = {}
    for entry in Journal(path).entries():
        verdict = entry.verdict
        if verdict.key in wanted and verdict.judge == scope.judge:
            before = said.get(verdict.key)
            if before is None or before.status == "no_verdict" or verdict.status != "no_verdict":
                said[verdict.key] = verdict
    return said


def _place(failures: Sequence[Failure]) -> RunKey:
    """Return under which run the journal of a group lies; no run of the content has this name."""
    return failures[0].benchmark, _ANYONE
