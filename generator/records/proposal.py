"""``content/taxonomy/proposals/<name>.yml``: categories found in failures, put up for review."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from generator.records.base import ItemId, Line, ModelId, Record, Sha256, Share, Slug

Mode = Literal["free", "anchored"]
"""``free``: from the failures alone. ``anchored``: below the categories of the Atlas."""
Method = Literal["embedded", "llm"]
"""Who groups the titles: the generator itself, or a language model."""
BranchKind = Literal["category", "other", "unclear"]
"""``other``: fits nowhere, or too rare to stand alone. ``unclear``: could not be told."""
Variation = Literal["seeds", "orders", "samples", "part"]
"""What differs between two builds that are compared."""
AtlasId = Annotated[str, Field(pattern=r"^E[0-9]{2}(?:/[a-z]+(?:-[a-z]+)*)?$", max_length=44)]
"""Id of a category of the Atlas, or of a category and a subcategory with ``/`` between."""


class Nearest(Record):
    """What the Atlas has that comes nearest to a branch."""

    id: AtlasId
    """Category, or subcategory, that the judges gave to most failures of the branch."""
    share: Share
    """Share of the branch's failures to which the judges gave it."""
    similarity: Share
    """Cosine similarity of its definition to the titles and summaries of the branch."""


class Example(Record):
    """A failure of a branch."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    item_id: ItemId
    """Item."""
    title: Line
    """What the judge called it."""


class Branch(Record):
    """A category found, with what is below it."""

    name: Line
    """Name, unique among its neighbours."""
    kind: BranchKind = "category"
    """Whether it is a category at all."""
    atlas: AtlasId | None = None
    """Its id, where it is one of the Atlas."""
    definition: Line | None = None
    """When a failure belongs here."""
    terms: tuple[Line, ...] = ()
    """Words that tell its titles from those of its neighbours, the most distinctive first."""
    failures: NonNegativeInt
    """Failures in it and below."""
    titles: NonNegativeInt
    """Distinct texts among them."""
    nearest: Nearest | None = None
    """What the Atlas has that comes nearest; null where the branch is no category."""
    proposed: bool = False
    """Whether the Atlas has nothing that holds most of it."""
    examples: tuple[Example, ...] = ()
    """Failures near its middle, of different titles."""
    branches: tuple["Branch", ...] = ()
    """What is below it; together they hold all its failures."""

    @model_validator(mode="after")
    def _holds_what_is_below(self) -> "Branch":
        below = sum(branch.failures for branch in self.branches)
        if self.branches and below != self.failures:
            msg = f"{self.failures} failures, but {below} in the branches below"
            raise ValueError(msg)
        names = [branch.name for branch in self.branches]
        if len(set(names)) != len(names):
            msg = "two branches of one name"
            raise ValueError(msg)
        return self

    def leaves(self) -> Iterator["Branch"]:
        """Yield the branches that have none below."""
        if not self.branches:
            yield self
        for branch in self.branches:
            yield from branch.leaves()


class Account(Record):
    """Where every failure went."""

    failures: NonNegativeInt
    """Failures in the scope."""
    placed: NonNegativeInt
    """In a category that has none below."""
    other: NonNegativeInt
    """In *other*, at any depth."""
    unclear: NonNegativeInt
    """In *unclear*, at any depth."""
    undetermined: NonNegativeInt
    """The judge looked and could not tell."""
    not_model: NonNegativeInt
    """The fault of the benchmark or the harness."""
    no_verdict: NonNegativeInt
    """No judge asked for spoke on it, or it failed."""

    @model_validator(mode="after")
    def _adds_up(self) -> "Account":
        parts = self.titled + self.undetermined + self.not_model + self.no_verdict
        if parts != self.failures:
            msg = f"{self.failures} failures, but the parts come to {parts}"
            raise ValueError(msg)
        return self

    @property
    def titled(self) -> int:
        """Failures that were there to be placed: the model's fault, with a verdict."""
        return self.placed + self.other + self.unclear


class Coverage(Record):
    """Share of the failures with a cause that got a category."""

    share: Share
    """The share; 0 where there are none."""
    low: Share
    """Lower end of the interval."""
    high: Share
    """Upper end of the interval."""


class Stability(Record):
    """How much of a taxonomy is there again when it is built once more."""

    variation: Variation
    """``seeds``: two seeds. ``orders``: rows in reverse. ``samples``: two random halves.
    ``part``: a random 15 % against the whole. All failures are placed in both trees."""
    depth: PositiveInt
    """Depth at which categories are compared; 1 is the top."""
    rand_index: Annotated[float, Field(ge=-1, le=1)]
    """Adjusted Rand index over all failures with a cause; 1 is the same partition."""
    precision: Share
    """Share of the second's categories that the first has: over half of both together shared."""
    recall: Share
    """Share of the first's categories that the second has."""


class Overlap(Record):
    """Two neighbours that speak of nearly the same."""

    first: Line
    """Name of a branch, with those above it."""
    second: Line
    """Name of its neighbour."""
    similarity: Share
    """Cosine similarity of their titles and summaries."""


class Gap(Record):
    """What a category of the Atlas leaves uncovered; of anchored proposals."""

    atlas: AtlasId
    """The category."""
    failures: NonNegativeInt
    """Failures in it."""
    without_subcategory: NonNegativeInt
    """Of those, without a subcategory by the judges."""
    in_proposed: NonNegativeInt
    """Of those, in branches that the Atlas does not have."""
    in_none: NonNegativeInt
    """Of those, in *other* or *unclear*."""
    unused: tuple[AtlasId, ...] = ()
    """Subcategories that no failure has; all of them where the category itself has none."""


class Settings(Record):
    """What a build depends on, apart from the failures."""

    method: Method = "embedded"
    """Who groups the titles."""
    llm: Line | None = None
    """The language model, where one was asked."""
    prompt_hash: Line
    """Hash of the prompts; for the embedded method, of its name and version."""
    depth: Annotated[int, Field(ge=1, le=5)] = 2
    """Most levels of categories; in an anchored build those of the Atlas are the first."""
    least: PositiveInt = 10
    """Fewest failures of a category that is divided further, and of a category on average."""
    most: Annotated[int, Field(ge=2, le=50)] = 12
    """Most branches of a category, *other* and *unclear* not counted."""
    rare: Share = 0.02
    """Share of the category above below which a branch joins *other*."""
    batch: Annotated[int, Field(ge=2, le=500)] = 50
    """Titles of one request."""
    sample: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of the distinct texts that categories are made from; all failures are placed."""
    seed: int = 0
    """Seed of the sample and of the order in which texts are read."""


class Proposal(Record):
    """A taxonomy built from failures: for people to read, never in force by itself."""

    title: Line
    """Name as shown."""
    mode: Mode
    """From the failures alone, or below the Atlas's categories."""
    benchmarks: tuple[Slug, ...]
    """Benchmarks whose failures it was built from."""
    models: tuple[ModelId, ...]
    """Models whose failures it was built from; all of them where empty."""
    judges: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Judges whose titles were used, the one that counts first in front."""
    taxonomy: Line
    """Version of the taxonomy that it was compared with."""
    input_hash: Sha256
    """Hash of the failures and of what the judges said of them, whatever their order."""
    settings: Settings
    """How it was built."""
    account: Account
    """What became of the failures in the scope."""
    coverage: Coverage
    """Share of the failures with a cause that are in a category at the top."""
    leaf_coverage: Coverage
    """The same for the categories that have none below."""
    stability: tuple[Stability, ...] = ()
    """What stays when it is built again, where that was measured."""
    redundancy: tuple[Overlap, ...] = ()
    """Neighbours that are nearly alike, the nearest first."""
    gaps: tuple[Gap, ...] = ()
    """What the Atlas leaves uncovered, for anchored proposals."""
    branches: tuple[Branch, ...]
    """The categories, the largest first, *other* and *unclear* last."""

    @model_validator(mode="after")
    def _accounts_for_every_failure(self) -> "Proposal":
        counted = {"category": 0, "other": 0, "unclear": 0}
        for branch in self.branches:
            for leaf in branch.leaves():
                counted[leaf.kind] += leaf.failures
        told = (self.account.placed, self.account.other, self.account.unclear)
        if told != tuple(counted.values()):
            msg = f"the account says {told} placed, other and unclear; the branches hold {counted}"
            raise ValueError(msg)
        return self
