"""The failures that a proposal is built from, and whether it still is about those of now."""

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from generator.errors import Problem
from generator.records.keys import RunKey
from generator.records.proposal import Proposal
from generator.stats.tables import settled
from generator.store.content import Content
from generator.store.kept import file_hash, recalled
from generator.store.proposals import read_proposals
from generator.taxonomy.induction.failures import Corpus, read_failures


def failures_in_scope(
    content: Content,
    benchmarks: Collection[str],
    models: Collection[str],
    judges: Sequence[str],
    *,
    reverse: bool = False,
) -> Corpus:
    """Return the failures of a scope with what its judges say of them.

    Args:
        content: The content.
        benchmarks: Benchmarks.
        models: Models; all of them where empty.
        judges: Judges whose word is taken, the one that counts first in front.
        reverse: Whether the last failure comes first.
    """

    def settle(spoken: pd.DataFrame) -> pd.DataFrame:
        return settled(spoken, judges)

    keys = _keys(content, benchmarks, models)
    return read_failures(content, keys, settle, reverse=reverse)


def _keys(content: Content, benchmarks: Collection[str], models: Collection[str]) -> list[RunKey]:
    """Return the runs of a scope."""
    return [
        key for key in content.runs if key[0] in benchmarks and (not models or key[1] in models)
    ]


def is_stale(content: Content, proposal: Proposal) -> bool:
    """Tell whether failures, verdicts or the taxonomy changed since a proposal was built."""
    if proposal.taxonomy != content.taxonomy.version:
        return True
    scope = proposal.benchmarks, proposal.models, proposal.judges
    files = tuple(
        (key, file_hash(content.layout.verdicts(*key))) for key in _keys(content, *scope[:2])
    )
    digest = recalled(
        "digest of failures",
        (files, scope),
        lambda: failures_in_scope(content, *scope).digest(),
    )
    return digest != proposal.input_hash


def unseen(content: Content, proposal: Proposal) -> list[str]:
    """Return the benchmarks that its models ran and that a proposal was not built from."""
    ran = {
        benchmark
        for benchmark, model in content.runs
        if not proposal.models or model in proposal.models
    }
    return sorted(ran - {*proposal.benchmarks})


def proposal_warnings(content: Content) -> list[Problem]:
    """Return what a reader of the committed proposals should know.

    Those about failures of before, and those of several benchmarks that leave others out; one of a
    single benchmark was meant to.
    """
    return [*stale_proposals(content), *_partial(content)]


def _partial(content: Content) -> Iterator[Problem]:
    for name, proposal in read_proposals(content).items():
        missing = unseen(content, proposal)
        if len(proposal.benchmarks) > 1 and missing:
            path = content.layout.name(content.layout.proposal(name))
            wrong = "benchmarks with runs that it was not built from"
            mend = "run `erroratlas taxonomy build` again with --force, and no --benchmark for all"
            yield Problem(path, 0, "benchmarks", ", ".join(missing), wrong, mend)


def stale_proposals(content: Content) -> list[Problem]:
    """Return a warning for every committed proposal that is about failures of before."""
    return [
        Problem(
            content.layout.name(content.layout.proposal(name)),
            0,
            "input_hash",
            proposal.input_hash[:12],
            "built from earlier verdicts or another version of the taxonomy",
            "run `erroratlas taxonomy build` again with the same options",
        )
        for name, proposal in read_proposals(content).items()
        if is_stale(content, proposal)
    ]
