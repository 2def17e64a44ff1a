"""Failures that are not in the content, judged by a language model for one report."""

import time
from collections import Counter

from generator.cli.asking import Asking, Work, foresee, stop_interrupted
from generator.cli.labelled import Heard, Known
from generator.cli.llm_options import Wanted
from generator.cli.scores import ALL
from generator.judging.cascade import Scope
from generator.judging.outside import ask_outside, groups, outside_docket, said_of
from generator.readers.labelled import failure_of
from generator.records.verdict import Verdict
from generator.sources.cache import cache_root
from generator.store.content import Content


def foresee_labelled(content: Content, wanted: Wanted, known: Known, form: str) -> None:
    """Say what asking about failures of a file would take; nothing is sent."""
    asking = Asking.of(content, wanted)
    scope = Scope(content, cache_root(), asking.judge)
    estimates = {}
    for name, failures in groups(map(failure_of, known.due.values())).items():
        with outside_docket(scope, failures) as docket:
            estimates[name] = asking.estimate(docket)
    foresee(estimates, asking.judge, form)


def asked(content: Content, wanted: Wanted, known: Known) -> Heard:
    """Ask a language model about failures of a file; what it has said before is not asked again.

    Raises:
        InputError: There is no key, or another process asks about the same.
        OutsideError: The endpoint does not answer; what was said before is kept.
    """
    asking = Asking.of(content, wanted)
    scope = Scope(content, cache_root(), asking.judge)
    by_id = {name: failure_of(line) for name, line in known.due.items()}
    work, seconds = Work(asking.budget), Counter[str]()
    said: dict[str, Verdict] = {}
    with asking.session() as session:
        for name, failures in groups(by_id.values()).items():
            began = time.perf_counter()
            if session.gate.stopped is None:
                with work.shown(name) as (on_open, on_heard):
                    ask_outside(session, scope, failures, on_open=on_open, on_heard=on_heard)
            said |= said_of(scope, failures)
            seconds[failures[0].benchmark] += time.perf_counter() - began  # type: ignore[assignment]
        if session.interrupted:
            stop_interrupted()
    heard = {name: said[failure.key] for name, failure in by_id.items() if failure.key in said}
    taken = {
        "pending_before": work.pending,
        **work.taken(),
        "stopped": session.gate.stopped,
    }
    facts = {"judge_id": asking.judge.model_dump(), "asked": taken}
    return Heard(heard, {**seconds, ALL: sum(seconds.values())}, facts)
