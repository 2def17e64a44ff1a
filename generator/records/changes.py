"""What changed from one edition to the next, as the record of the later one keeps it."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, StringConstraints

from generator.records.base import CategoryId, ConceptId, Line, ModelId, Record, Share, Slug
from generator.records.taxonomy import Version

EditionVersion = Annotated[
    str, StringConstraints(pattern=r"^[12][0-9]{3}\.(?:0[1-9]|1[0-2])(?:\.[1-9][0-9]{0,2})?$")
]
"""Calendar version of a release: ``2026.12``, and ``2026.12.1`` for a correction of it."""

Why = Literal["runs", "items", "taxonomy", "judges", "verdicts"]
"""``runs``: runs came or went; ``items``: predictions of a run that stayed are others;
``taxonomy``: another version of it; ``judges``: other judges, or another version of one;
``verdicts``: a judge of both editions says otherwise of the same failure, or a person does."""

OF_MODELS: tuple[Why, ...] = ("runs", "items")
"""Reasons that lie with models and their predictions."""
OF_METHOD: tuple[Why, ...] = ("taxonomy", "judges", "verdicts")
"""Reasons that lie with us."""

Population = Literal["annotated", "all", "planted"]
"""Which failures a share speaks of: a sample that was read, all of them, or those of programs."""

Shift = Annotated[float, Field(ge=-1.0, le=1.0)]
"""Difference of two shares."""


class Listed(Record):
    """What came and what went."""

    added: tuple[Line, ...] = ()
    """In the later edition alone."""
    gone: tuple[Line, ...] = ()
    """In the earlier one alone; of categories, retired."""


class Reworded(Record):
    """A category or subcategory of both editions that is called or defined otherwise."""

    id: ConceptId
    """Identifier."""
    before: Line
    """Its name in the earlier edition."""
    after: Line
    """Its name in the later one."""
    redefined: bool
    """Whether its definition, or what it includes or excludes, is another. With another name as
    well, it means something else."""


class Estimate(Record):
    """A share with its interval."""

    share: Share
    """Share."""
    low: Share
    """Lower end of its interval."""
    high: Share
    """Upper end of its interval."""
    n: NonNegativeInt
    """Failures that it is a share of."""


class Moved(Record):
    """A share whose value in each edition lies outside of its interval in the other."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId | None = None
    """Model; null for all runs of the benchmark together."""
    category: CategoryId
    """Category."""
    population: Population
    """Which failures the share of the later edition speaks of."""
    before: Estimate
    """In the earlier edition."""
    after: Estimate
    """In the later one."""
    of_method: Shift
    """By how much it moves if the later edition judges the failures of the earlier one."""
    of_models: Shift
    """By how much the rest of the way moves it: other runs and other failures."""
    why: tuple[Why, ...] = ()
    """What changed beneath it."""


class Changes(Record):
    """What changed since the edition before."""

    since: EditionVersion
    """Version of the earlier edition."""
    models: Listed = Listed()
    """Models with a run."""
    benchmarks: Listed = Listed()
    """Benchmarks with a run."""
    runs: Listed = Listed()
    """Runs, ``benchmark/model`` each."""
    categories: Listed = Listed()
    """Categories of the taxonomy."""
    meanings: tuple[Reworded, ...] = ()
    """Categories and subcategories of both that are called or defined otherwise."""
    taxonomy: Version
    """Version of the taxonomy of the earlier edition."""
    judges: Listed = Listed()
    """Judges in their versions."""
    corrected: NonNegativeInt
    """Failures of both editions on which a judge of both, or a person, says otherwise now."""
    compared: NonNegativeInt
    """Shares that both editions publish."""
    beyond: NonNegativeInt
    """Those that moved beyond their intervals."""
    moved: tuple[Moved, ...] = ()
    """Those that moved beyond their intervals, the farthest first; a record keeps the first 500."""
