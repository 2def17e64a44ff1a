"""The words of the page Explore: the browser fills the gaps, ``{0}``, and adds none of its own."""

from generator.pages.format import level

FILTERS = {
    "population": "Failures of",
    "benchmark": "Benchmark",
    "model": "Model",
    "category": "Category",
    "subcategory": "Subcategory",
    "subject": "Subject or task",
    "attribution": "Whose fault",
    "status": "Outcome",
    "judge": "Judge",
}
"""What failures are filtered and counted by, in the order of the form."""

NULLABLE = ("category", "subcategory", "attribution", "subject")
"""Those that a failure need not have."""

EVERY = "every"
"""Stands in an address for all populations at once, which is never what is shown unasked."""

NOTES = {
    "annotated": "A random sample of each model's failures, read by a language-model annotator, "
    "not a human. Shares below are of the failures selected, each counted once; a model's page "
    "weighs them by the design of its sample.",
    "all": "Mostly judged by rules alone, which settle only kinds of error that leave a plain "
    "trace. Shares say nothing about kinds that rules cannot see.",
    "planted": "Outputs of programs with planted faults, not of language models. They measure the "
    "judges.",
    EVERY: "Three populations at once: annotated samples, failures that mostly rules alone have "
    "seen, and programs with planted faults. Their shares must not be compared with each other.",
}
"""What the failures of a population are; one of these is shown."""


def words(confidence: float) -> dict[str, str]:
    """Return every text by its key.

    Args:
        confidence: Confidence level of the intervals.
    """
    return {
        "failure": "1 failure selected",
        "failures": "{0} failures selected",
        "caption": f"{{0}}, n = {{1}} selected failures; {level(confidence)} Wilson intervals",
        "smaller": "; {0} smaller groups are not shown",
        "uncategorised": "No category: undetermined, or not the model's fault",
        "none": "none",
        "nothing": "No failure fits. Take a filter away.",
        "page": "Page {0} of {1}",
        "unseen": "The output does not show the cause",
        "untitled": "No title",
        "rule": ", rule {0}",
        "evidence": "characters {0} of the output",
        "span": "{0} to {1}",
        "prompt": "taxonomy {0}, prompt or rules {1}",
        "met": "met",
        "not met": "not met",
        "preparing": "Preparing the file",
        "saved": "Saved",
        "cancelled": "Called off",
        "lost": "The data could not be loaded ({0}). Reload the page to try again.",
    }
