"""Scores of a judge as JSON and as tables for a terminal."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.stats.agreement import Compared, Rate, Scores, rule_rates
from generator.stats.kappa import Kappa

ALL = "all"
_SHORT = {"benchmark": "bench", "harness": "harn", "undetermined": "undet", "no_verdict": "none"}
_NOTHING = "-"

Seconds = Mapping[str, float]
"""Seconds of judging by benchmark, with :data:`ALL`."""


def compared_json(compared: Compared, level: float, seconds: Seconds) -> dict[str, Any]:
    """Return scores by benchmark and of all; ``seconds`` may be empty."""
    return {
        "benchmarks": {
            name: _scores_json(scores, level, seconds.get(name))
            for name, scores in compared.benchmarks.items()
        },
        ALL: _scores_json(compared.whole, level, seconds.get(ALL)),
    }


def _scores_json(scores: Scores, level: float, seconds: float | None) -> dict[str, Any]:
    found = {
        "failures": scores.failures,
        "spoke": scores.precision.of,
        "coverage": _rate_json(scores.coverage),
        "precision": _rate_json(scores.precision),
        "precision_acceptable": _rate_json(scores.defensible),
        "accuracy": _rate_json(scores.accuracy),
        "kappa": _kappa_json(scores.kappa),
        "kappa_where_spoke": _kappa_json(scores.kappa_spoken),
        "rules": {
            rule: {
                "failures": scores.failures,
                "spoke": strict.of,
                "precision": _rate_json(strict),
                "precision_acceptable": _rate_json(defensible),
            }
            for rule, strict, defensible in rule_rates(scores, level)
        },
        "answers": {
            answer: {
                "precision": _rate_json(scores.precision_of(answer, level)),
                "recall": _rate_json(scores.recall_of(answer, level)),
            }
            for answer in scores.answers["answer"]
        },
        "confusion": scores.confusion.to_dict("records"),
    }
    return found if seconds is None else {**found, "seconds": round(seconds, 3)}


def _rate_json(rate: Rate) -> dict[str, float | int | None]:
    if not rate.of:
        return {"held": 0, "of": 0, "share": None, "low": None, "high": None}
    return {
        "held": rate.held,
        "of": rate.of,
        **{name: round(getattr(rate, name), 4) for name in ("share", "low", "high")},
    }


def _kappa_json(kappa: Kappa) -> dict[str, float | None]:
    return {
        name: None if math.isnan(value) else round(value, 4)
        for name, value in kappa._asdict().items()
    }


def compared_text(compared: Compared, level: float, seconds: Seconds) -> str:
    """Return the same as tables, a line feed between them; ``seconds`` may be empty."""
    parts = {**compared.benchmarks, ALL: compared.whole}
    heads = ["", "failures", "spoke", "precision", "or acceptable", "accuracy"]
    heads += ["kappa", "kappa where it spoke", *(["seconds"] if seconds else [])]
    told = [[name, *_told(scores, seconds.get(name))] for name, scores in parts.items()]
    rules = [
        [f"{name}  {rule}", str(strict.of), _shown(strict), _shown(defensible)]
        for name, scores in compared.benchmarks.items()
        for rule, strict, defensible in rule_rates(scores, level)
    ]
    whole = compared.whole
    names = list(whole.answers["answer"])
    by_answer = [
        [
            name,
            _shown(whole.precision_of(name, level)),
            _shown(whole.recall_of(name, level)),
        ]
        for name in names
    ]
    tables = [
        aligned([heads, *told]),
        aligned([["rule", "spoke", "precision", "or acceptable"], *rules]) if rules else "",
        aligned([["answer", "precision", "recall"], *by_answer]),
        aligned(list(_confusion(whole, names))),
    ]
    return "\n\n".join(table for table in tables if table)


def _told(scores: Scores, seconds: float | None) -> list[str]:
    cells = [
        str(scores.failures),
        str(scores.precision.of),
        _shown(scores.precision),
        _shown(scores.defensible),
        _shown(scores.accuracy),
        _kappa_shown(scores.kappa),
        _kappa_shown(scores.kappa_spoken),
    ]
    return cells if seconds is None else [*cells, f"{seconds:.2f}"]


def _confusion(scores: Scores, names: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of what is known against what was said."""
    rows = scores.confusion.to_dict("records")
    counts = {(row["known"], row["said"]): str(row["count"]) for row in rows}
    yield ["known, said", *(_SHORT.get(name, name) for name in names)]
    for known in names:
        if any((known, said) in counts for said in names):
            yield [known, *(counts.get((known, said), ".") for said in names)]


def _shown(rate: Rate) -> str:
    if not rate.of:
        return _NOTHING
    span = f"({rate.low * 100:.1f} to {rate.high * 100:.1f})"
    return f"{rate.held}/{rate.of} = {rate.share * 100:.1f} % {span}"


def _kappa_shown(kappa: Kappa) -> str:
    if math.isnan(kappa.value):
        return _NOTHING
    return f"{kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text, the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
