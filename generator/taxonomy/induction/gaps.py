"""What the Atlas's categories leave uncovered, as an anchored build shows it."""

from collections import Counter
from collections.abc import Sequence

from generator.records.proposal import Branch, Gap
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.induction.failures import Corpus
from generator.taxonomy.induction.tree import Node


def gaps_of(
    corpus: Corpus, branches: Sequence[Branch], root: Node, taxonomy: Taxonomy
) -> tuple[Gap, ...]:
    """Return what the Atlas's categories leave uncovered, in the order of the Atlas."""
    parts = {
        category.id: [part.id for part in category.subcategories]
        for category in taxonomy.categories
    }
    nodes = {node.atlas: node for node in root.branches if node.atlas}
    known = {branch.atlas: branch for branch in branches if branch.atlas}
    found = []
    for name, subcategories in parts.items():
        if name not in nodes:
            unused = tuple(f"{name}/{part}" for part in subcategories)
            found.append(
                Gap(
                    atlas=name,
                    failures=0,
                    without_subcategory=0,
                    in_proposed=0,
                    in_none=0,
                    unused=unused,
                )
            )
            continue
        used: Counter[str] = Counter()
        for place in nodes[name].members.tolist():
            used[corpus.entries[place].subcategory] += int(corpus.weights[place])
        below = known[name].branches
        found.append(
            Gap(
                atlas=name,
                failures=known[name].failures,
                without_subcategory=sum(used.values()) - sum(used[part] for part in subcategories),
                in_proposed=sum(part.failures for part in below if part.proposed),
                in_none=sum(part.failures for part in below if part.kind != "category"),
                unused=tuple(f"{name}/{part}" for part in subcategories if not used[part]),
            )
        )
    return tuple(found)
