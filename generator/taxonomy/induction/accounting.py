"""Where every failure went, counted failure by failure and not from the sizes of branches."""

import numpy as np

from generator.records.proposal import Account
from generator.taxonomy.induction.failures import Corpus
from generator.taxonomy.induction.tree import Node

_PLACED, _OTHER, _UNCLEAR = 0, 1, 2
_KINDS = {"category": _PLACED, "other": _OTHER, "unclear": _UNCLEAR}


def account_of(corpus: Corpus, root: Node) -> Account:
    """Return where every failure went.

    Args:
        corpus: The failures.
        root: A tree of all entries.

    Raises:
        ValueError: An entry is in no leaf, or in two: the tree was not made by this package.
    """
    kind = np.full(len(corpus.entries), -1, dtype=np.int64)
    for leaf in root.leaves():
        if (kind[leaf.members] >= 0).any():
            msg = f"{leaf.name}: an entry is in two leaves"
            raise ValueError(msg)
        kind[leaf.members] = _KINDS[leaf.kind]
    if (kind < 0).any():
        msg = f"{int((kind < 0).sum())} entries are in no leaf"
        raise ValueError(msg)
    counts = np.bincount(kind[corpus.entry_of[corpus.entry_of >= 0]], minlength=3)
    return Account(
        failures=len(corpus.fates),
        placed=int(counts[_PLACED]),
        other=int(counts[_OTHER]),
        unclear=int(counts[_UNCLEAR]),
        undetermined=corpus.count("undetermined"),
        not_model=corpus.count("not_model"),
        no_verdict=corpus.count("no_verdict"),
    )


def covered(corpus: Corpus, root: Node) -> int:
    """Return how many failures are in a category at the top of the tree."""
    held = [branch.members for branch in root.branches if branch.kind == "category"]
    return sum(corpus.failures_of(members) for members in held)
