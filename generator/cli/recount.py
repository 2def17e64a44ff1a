"""Counts the rules where causes are known, and keeps the counts in the content."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from generator.judging.calibration import (
    Known,
    KnownSet,
    calibrated,
    confidences_of,
    known_sets,
)
from generator.readers.labelled import FailureLine, LabelLine, failure_of, read_unique
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.store.documents import write_document


def recount(content: Content, failures: Path | None, labels: Path | None, form: str) -> None:
    """Write ``calibration.yml`` and say how sure each rule is now.

    Args:
        content: The content.
        failures: Failures that are not in the content.
        labels: What is known of them.
        form: ``json`` or anything else for people.
    """
    if (failures is None) != (labels is None):
        msg = "--failures and --labels go together"
        raise click.UsageError(msg)
    sets = list(known_sets(content, cache_root()))
    if failures is not None and labels is not None:
        described = f"{len(_known_labels(content, labels)):,} further real failures with labels."
        name = labels.stem.replace("_", "-").lower()
        sets.append(KnownSet(name, described, _labelled(content, failures, labels)))
    made = calibrated(content, sets)
    content.layout.calibration.write_text(write_document(made), encoding="utf-8", newline="")
    confidences, threshold = confidences_of(made), content.atlas.rule_threshold
    if form == "json":
        click.echo(json.dumps({"threshold": threshold, "confidences": confidences}, indent=2))
        return
    for one in made.sets:
        spoke = sum(count.spoke for count in one.rules.values())
        click.echo(f"{one.name}: {one.failures:,} failures, {spoke:,} findings counted")
    for name, sure in sorted(confidences.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{sure:.3f}  {'settles' if sure >= threshold else 'hint':8} {name}")


def _known_labels(content: Content, labels: Path) -> dict[str, LabelLine]:
    categories = {category.id for category in content.taxonomy.categories}
    return read_unique(labels, LabelLine, categories)


def _labelled(content: Content, failures: Path, labels: Path) -> Iterator[Known]:
    """Yield failures from files of their own."""
    known = _known_labels(content, labels)
    for name, line in read_unique(failures, FailureLine).items():
        if name in known:
            label = known[name]
            yield Known(failure_of(line), label.attribution, label.category)
