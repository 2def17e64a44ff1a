"""The words of the page Compare: the browser fills the gaps, ``{0}``, and adds none of its own."""

from typing import Literal

from generator.charts.labels import NBSP
from generator.pages.edition import HEADINGS
from generator.pages.format import level
from generator.pages.signature import LESS, MORE
from generator.stats.comparison import FEWEST_SHARED

Ground = Literal["annotated", "judged", "all", "planted"]

POPULATIONS: dict[Ground, str] = {
    "annotated": HEADINGS["annotated"],
    "judged": "Language models, all failures, by the judges that count",
    "all": HEADINGS["all"],
    "planted": HEADINGS["planted"],
}
"""Populations in the order in which they are offered; they are never put in one table."""

MODES = {
    "shared": "What they share alone",
    "mix": "One mix",
    "each": "Each as it is",
}
"""What a comparison rests on, the fairest first."""

MEASURES = {"rate": "Rate per item attempted", "share": "Share of failures"}
"""What is compared."""

_EACH = {
    "models": "Each as it is, on all benchmarks chosen that it ran. What sets them apart may be "
    "what was run as well as how they fail, so no difference is given.",
    "benchmarks": "Each as it is, the failures of all models chosen that ran it taken together. "
    "What sets them apart may be which models these are, so no difference is given.",
}
_SHARED = "the {1} items of {0} that all of them attempted in the same wording."
_MODELS = "The failures of the {0} models that ran all of them, taken together."

_MIXED = (
    "One mix of models: of the {0} that ran all of them and have classified failures on each, "
    "every one weighs the same, however often it failed."
)


def words(confidence: float) -> dict[str, str]:
    """Return every text by its key.

    Args:
        confidence: Confidence level of the intervals.
    """
    intervals = f"with {level(confidence)} intervals"
    made = {
        "rate": "n = {2} items, {3} failed, {1} of these looked at",
        "share": "n = {0} classified of {1} failures looked at",
        "caption rate": f"How often each fails so, per item attempted, {intervals}: {{0}}.",
        "caption share": f"Shares of classified failures, {intervals}: {{0}}.",
        "bars": f"Bars run from 0 to {{0}}{NBSP}%, without a category to {{1}}{NBSP}%; {{2}} "
        "categories that none has are left out.",
        "heads": "Difference, points|p|q|The first one fails so",
        "more": MORE,
        "less": LESS,
        "without rate": "Without a category",
        "without share": "Without a category, of all failures looked at",
        "any": "all of them",
        "none": "Choose two to six.",
        "full": "six at most",
        "elsewhere": "not in this population",
        "out": "Left out: {0} (not in this population on what is chosen, or more than six). "
        "Populations are never put in one table.",
        "instead": "Not as asked: {0}.",
        "lost": "The data could not be loaded ({0}). Reload the page to try again.",
        "judges": " Judged by {0}.",
    }
    return {**made, **_grounds(), **_says()}


def _grounds() -> dict[str, str]:
    """Return what each population is, and why something cannot be had."""
    return {
        "annotated": "A random sample of each model's failures, which does not say what became of "
        "each item.",
        "judged": "Every failure, by the verdicts that count for the model.",
        "all": "Every failure, by rules alone. They see some kinds only; a kind that they miss in "
        "one model more than in the other would look like a difference.",
        "planted": "Outputs of programs with planted faults, not of language models. They measure "
        "the judges.",
        "apart": "nothing among what is chosen was run by or on all of them",
        "drawn": "failures were read in samples, which do not say what became of each item",
        "partial": "not every failure on them was looked at",
        "few": f"fewer than {FEWEST_SHARED} items are shared",
        "unclassified": "on nothing that they share do all have classified failures",
        "together": "not every failure was looked at, and models that share items fail together",
    }


def _says() -> dict[str, str]:
    """Return what the numbers rest on, by what is compared, on what and by which measure."""
    independent = "The two sets of failures are taken as independent; no item-by-item test."
    return {
        "models shared rate": f"Rates per item over {_SHARED}",
        "models shared rate two": "McNemar's test item by item.",
        "models shared share": f"Shares of the failures on {_SHARED}",
        "models shared share two": "Shares are of different failures, so there is no item-by-item "
        "test; rates have one.",
        "models mix rate": "Rates per item on {0}.",
        "models mix rate two": independent,
        "models mix share": "Shares of failures on {0}.",
        "models mix share two": independent,
        "models mix several": "Each model's are brought to this mix of benchmarks, which is that "
        "of their items.",
        "benchmarks mix rate": _MIXED,
        "benchmarks mix rate two": independent,
        "benchmarks mix share": _MIXED,
        "benchmarks mix share two": independent,
        "benchmarks shared rate": _MODELS,
        "benchmarks shared rate two": independent,
        "benchmarks shared share": _MODELS,
        "benchmarks shared share two": independent,
        **{f"{kind} each {measure}": says for kind, says in _EACH.items() for measure in MEASURES},
    }
