"""What the columns of a data package hold, once for all its descriptions."""

from typing import Literal, NamedTuple

Kind = Literal["string", "integer", "number", "boolean", "date", "year"]


class Column(NamedTuple):
    """A column of a table."""

    kind: Kind
    """Type, as Frictionless names it."""
    about: str
    """What it holds."""
    refers: tuple[str, str] | None = None
    """Table and column that its values are from."""


COLUMNS: dict[str, Column] = {
    "benchmark": Column("string", "Benchmark.", ("benchmarks", "benchmark")),
    "model": Column("string", "Model, developer__name.", ("models", "model")),
    "item_id": Column("string", "Identifier of the item within its benchmark."),
    "variant": Column("integer", "Which wording of the item the model saw, from 0."),
    "failed": Column("boolean", "Whether the score was below the success threshold."),
    "judge": Column("string", "Judge."),
    "judge_version": Column("string", "Version of the judge."),
    "prompt_hash": Column("string", "Hash of the judge's prompt; of the rules, of their settings."),
    "taxonomy": Column("string", "Version of the taxonomy that the judge used."),
    "status": Column("string", "verdict, undetermined (too little evidence), or no_verdict."),
    "attribution": Column("string", "Whose fault it is: model, benchmark or harness."),
    "attribution_subtype": Column("string", "Finer, for faults of benchmark and harness."),
    "category": Column("string", "Category of the first major error.", ("taxonomy", "id")),
    "subcategory": Column("string", "Subcategory within it."),
    "secondary": Column("string", "Further categories, with spaces between."),
    "rule": Column("string", "Rule that settled it."),
    "evidence": Column("string", "Spans of the output, start-end in code points, spaces between."),
    "title": Column("string", "What the judge called it; empty where the text is withheld."),
    "confidence": Column("number", "How sure the judge was, in [0, 1]."),
    "weight": Column("number", "Failures that it stands for; empty outside of samples."),
    "in_shares": Column("boolean", "Whether published shares rest on it."),
    "attempted": Column("integer", "Items answered."),
    "failures": Column("integer", "Items among them that were failed."),
    "accuracy": Column("number", "Share of items solved."),
    "numbers": Column("string", "primary, or rules_alone: what rules settle among all failures."),
    "basis": Column("string", "sample: a random sample with weights; all: every failure."),
    "judges": Column("string", "Judges whose verdicts are counted."),
    "population": Column("number", "Failures that the numbers speak of."),
    "looked_at": Column("integer", "Failures that a judge looked at."),
    "n": Column("integer", "Failures that share is a share of, before weights."),
    "outcome": Column("string", "What came of looking: model means that it has a category."),
    "count": Column("integer", "Failures counted."),
    "share": Column("number", "Share of n, weighted in samples."),
    "low": Column("number", "Lower end of the interval."),
    "high": Column("number", "Upper end of the interval."),
    "share_of_all": Column("number", "Share of the failures looked at."),
    "low_of_all": Column("number", "Lower end of its interval."),
    "high_of_all": Column("number", "Upper end of its interval."),
    "harness": Column("string", "Software that asked the model and scored the answers."),
    "harness_version": Column("string", "Its version."),
    "date": Column("date", "Day of the run."),
    "contributor": Column("string", "Who made the predictions available."),
    "licence": Column("string", "Licence."),
    "trained_on_test": Column("string", "Whether the model saw the items in training."),
    "name": Column("string", "Name as shown."),
    "developer": Column("string", "Who made it."),
    "kind": Column("string", "What kind of entry it is."),
    "released": Column("date", "Day of the first public release."),
    "parameters": Column("integer", "Number of parameters."),
    "open_weights": Column("boolean", "Whether the weights can be downloaded."),
    "url": Column("string", "Where it can be checked."),
    "task_type": Column("string", "What an answer looks like."),
    "metric": Column("string", "What a score is."),
    "success_threshold": Column("number", "A score below this is a failure."),
    "display": Column("string", "full, or withheld: no text is shown or given out."),
    "synthetic": Column("boolean", "Whether a program made items and outputs."),
    "citation": Column("string", "How its makers want to be cited."),
    "rate": Column("number", "Part of the items attempted, or of the predictions, that it is."),
    "rate_low": Column("number", "Lower end of its interval."),
    "rate_high": Column("number", "Upper end of its interval."),
    "pool_share": Column("number", "Share among the other runs on the benchmark together."),
    "log_odds": Column("number", "Logarithm of the ratio of the odds of the two shares."),
    "z": Column("number", "The same in standard deviations."),
    "p": Column("number", "Chance of a difference as large where there is none."),
    "q": Column("number", "The same, adjusted for all comparisons."),
    "distinctive": Column("boolean", "Whether it stands out at the rate of false discoveries."),
    "judged": Column("number", "Share that the judge of all failures gives it."),
    "labelled": Column("integer", "Failures of the sample that have it."),
    "tuning": Column("number", "How much the judge of all counts; 0: the sample alone."),
    "raw": Column("number", "Share of all failures, by the sample alone."),
    "raw_low": Column("number", "Lower end of its interval."),
    "raw_high": Column("number", "Upper end of its interval."),
    "corrected": Column("number", "With what the judge of all says; none if few are labelled."),
    "corrected_low": Column("number", "Lower end of its interval."),
    "corrected_high": Column("number", "Upper end of its interval."),
    "other": Column("string", "The model beside it.", ("models", "model")),
    "effective": Column("number", "Classified failures, as many of equal weight as tell as much."),
    "effective_other": Column("number", "The same of the other model."),
    "observed": Column("number", "Distance of the signatures as they are."),
    "distance": Column("number", "Distance without what chance adds, in [0, 1]."),
    "nearest": Column("number", "Share of draws in which no other model is nearer."),
    "tag": Column("string", "What the items are cut by, such as their subject."),
    "value": Column("string", "Which slice it is."),
    "tags": Column("string", "Slices that an item belongs to, as a JSON object."),
    "items": Column("integer", "Items of the slice."),
    "others": Column("integer", "Predictions of all other models on the same items."),
    "others_rate": Column("number", "Share of these that failed."),
    "others_low": Column("number", "Lower end of its interval."),
    "others_high": Column("number", "Upper end of its interval."),
    "id": Column("string", "Identifier of a category, subcategory or attribution."),
    "parent": Column("string", "What it is part of."),
    "group": Column("string", "Group of categories."),
    "definition": Column("string", "When it applies."),
    "since": Column("string", "Version of the taxonomy that has it first."),
    "retired": Column("string", "Version that retired it."),
    "redirect": Column("string", "What verdicts with it count as now."),
    "elsewhere": Column("string", "What other schemes call it."),
}
"""Columns by name; a name means the same in every table."""

KEYS: dict[str, tuple[str, ...]] = {
    "runs": ("benchmark", "model"),
    "shares_by_run": ("benchmark", "model", "numbers", "category"),
    "outcomes_by_run": ("benchmark", "model", "numbers", "outcome"),
    "shares_by_benchmark": ("benchmark", "category"),
    "outcomes_by_benchmark": ("benchmark", "outcome"),
    "rates_by_run": ("benchmark", "model", "category"),
    "distinctive": ("benchmark", "model", "category"),
    "corrected": ("benchmark", "model", "category"),
    "similarity": ("benchmark", "basis", "judges", "model", "other"),
    "slices": ("benchmark", "tag", "value"),
    "slices_by_run": ("benchmark", "model", "tag", "value"),
    "shares_by_slice": ("benchmark", "tag", "value", "category"),
    "failures": ("benchmark", "model", "item_id"),
    "verdicts": ("benchmark", "model", "item_id", "judge"),
    "attempts": ("benchmark", "model", "item_id"),
    "items": ("benchmark", "item_id"),
    "models": ("model",),
    "benchmarks": ("benchmark",),
    "taxonomy": ("id",),
}
"""What tells the rows of each table apart."""
ROWS = ("attempts", "items", "verdicts", "failures")
"""Tables of rows, as Parquet and packed CSV; the others are plain CSV."""
REFERRED = ("models", "benchmarks", "taxonomy")
"""Tables that others refer to."""
NUMBERS = (
    "runs", "shares_by_run", "outcomes_by_run", "shares_by_benchmark", "outcomes_by_benchmark",
    "rates_by_run", "distinctive", "corrected", "similarity", "slices", "slices_by_run",
    "shares_by_slice",
)  # fmt: skip
"""Tables of published numbers, which follow from the rows."""
