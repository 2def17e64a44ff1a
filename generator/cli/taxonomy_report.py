"""What ``erroratlas taxonomy build`` says of the proposal that it wrote."""

import json
from typing import Literal

import click

from generator.records.proposal import Proposal
from generator.taxonomy.induction.standing import Standing, standing

Outcome = Literal["written", "replaced", "unchanged"]
"""What became of the file of a proposal."""
MEANING: dict[Standing, str] = {
    "low": "built again from other titles, most of it is another tree; it is no finding",
    "fair": "built again from other titles, part of it is another tree",
    "high": "built again from other titles, it is nearly the same tree",
}
"""What each standing means."""


def report(
    proposal: Proposal, path: str, form: str, *, told: Outcome, before: Proposal | None
) -> None:
    """Say what was found.

    Args:
        proposal: What was built.
        path: Its file.
        form: Text or JSON.
        told: What became of the file.
        before: What the file held before; None where there was none, or none that could be read.
    """
    stale = before is not None and (before.input_hash, before.taxonomy) != (
        proposal.input_hash,
        proposal.taxonomy,
    )
    found = standing(proposal)
    if form == "json":
        stand = {"standing": None if found is None else found.standing}
        shown = proposal.model_dump(
            mode="json",
            include={"account", "coverage", "leaf_coverage", "stability", "redundancy", "gaps"},
        )
        click.echo(
            json.dumps(
                {
                    "path": path,
                    "changed": told != "unchanged",
                    "replaced": told == "replaced",
                    "was_stale": stale,
                    **stand,
                    **shown,
                },
                indent=2,
            )
        )
        return
    account, top, leaves = proposal.account, proposal.coverage, proposal.leaf_coverage
    for branch in proposal.branches:
        click.echo(f"{branch.failures:>8,}  {branch.name}")
        for part in branch.branches:
            mark = "  (proposed)" if part.proposed and proposal.mode == "anchored" else ""
            click.echo(f"{'':>8}  {part.failures:>8,}  {part.name}{mark}")
    click.echo(
        f"{account.failures:,} failures: {account.placed:,} in a category, {account.other:,} in "
        f"other, {account.unclear:,} unclear, {account.undetermined:,} undetermined, "
        f"{account.not_model:,} not the model's fault, {account.no_verdict:,} without a verdict"
    )
    click.echo(
        f"coverage {top.share:.1%} ({top.low:.1%} to {top.high:.1%}) at the top, "
        f"{leaves.share:.1%} ({leaves.low:.1%} to {leaves.high:.1%}) in the leaves"
    )
    for row in proposal.stability:
        click.echo(
            f"stability, {row.variation} at depth {row.depth}: adjusted Rand index "
            f"{row.rand_index:.2f}, precision {row.precision:.0%}, recall {row.recall:.0%}"
        )
    if found is not None:
        click.echo(f"stability is {found.standing}: {MEANING[found.standing]}")
    click.echo(f"{len(proposal.redundancy)} pairs of neighbours are nearly alike")
    if stale:
        click.echo("the one before was stale: built from earlier verdicts or another taxonomy")
    click.echo(f"{path}: {told}{'' if told == 'unchanged' else ', for review'}")
