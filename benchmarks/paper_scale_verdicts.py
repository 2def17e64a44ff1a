"""Made-up verdicts of two judges on the failures of a run, as rows of the store's schema."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks import paper_scale_draws as draws
from benchmarks import paper_scale_words as words
from generator.judging.block import embedded_judge
from generator.judging.rules import RULES
from generator.records.benchmark import Item
from generator.records.keys import RunKey, output_text, prediction_key
from generator.records.prediction import Prediction
from generator.records.taxonomy import Category
from generator.store.content import Content
from generator.store.verdict_schema import PLAIN

READER = "llm-made-up"
"""The judge that finds a cause of nearly every failure, as a language model would."""
_FAULTS = {draws.BENCHMARK_FAULT: "benchmark", draws.HARNESS_FAULT: "harness"}
_LONGEST_SPAN = 60


def verdicts_of(
    content: Content,
    key: RunKey,
    failed: Sequence[Item],
    causes: draws.Whole,
    *,
    texts: Mapping[str, Prediction],
    chance: np.random.Generator,
) -> pa.Table:
    """Return what the two judges say of the failures of a run.

    Args:
        content: The content, without verdicts.
        key: Benchmark and model.
        failed: Items that were failed.
        causes: Their causes; see ``paper_scale_draws``.
        texts: Predictions by item, where texts are here.
        chance: What decides on words and on what the rules see.
    """
    rules = embedded_judge(content)
    reader = {
        "judge": READER,
        "judge_version": "made-up",
        "prompt_hash": "0" * 64,
        "taxonomy": rules.taxonomy,
    }
    embedded = {
        "judge": rules.name,
        "judge_version": rules.version,
        "prompt_hash": rules.prompt_hash,
        "taxonomy": rules.taxonomy,
    }
    seen = chance.random(len(failed)) < draws.SHOWN_BY_RULES
    same = chance.random(len(failed)) < draws.AGREED
    sure = np.round(0.5 + 0.5 * chance.random((2, len(failed))), 2)
    rows = []
    for place, item in enumerate(failed):
        text = texts.get(item.item_id)
        about = {"key": _key(key, item, text), "item_id": item.item_id, "secondary": []}
        cause = int(causes[place])
        finding = _finding(content, cause, chance)
        rows.append(about | reader | finding | _shown(finding, text, float(sure[0, place]), chance))
        told = cause if same[place] else (cause + 1) % len(content.taxonomy.categories)
        if not seen[place] or told < 0:
            rows.append(about | embedded | _finding(content, draws.UNDETERMINED, chance))
            continue
        found = _by_rule(content, told, chance)
        rows.append(about | embedded | found | _span(text, float(sure[1, place]), chance))
    return pa.Table.from_pylist(rows, PLAIN)


def _key(key: RunKey, item: Item, text: Prediction | None) -> bytes:
    if text is not None:
        return bytes.fromhex(prediction_key(key[0], item, text))
    # Nobody has the text; what the key must be is known to be different for each output.
    return draws.digest(*key, item.item_id)


def _finding(content: Content, cause: int, chance: np.random.Generator) -> dict[str, Any]:
    """Return what a judge says of a cause, without words."""
    if cause == draws.UNDETERMINED:
        return {"status": "undetermined"}
    if cause in _FAULTS:
        fault = next(one for one in content.taxonomy.attributions if one.id == _FAULTS[cause])
        subtype = fault.subtypes[int(chance.integers(len(fault.subtypes)))]
        return {
            "status": "verdict",
            "attribution": fault.id,
            "attribution_subtype": subtype,
            "title": words.title(fault.name, chance),
        }
    category = content.taxonomy.categories[cause]
    finer = _finer(category, chance)
    return {
        "status": "verdict",
        "attribution": "model",
        "category": category.id,
        "subcategory": finer,
        "title": words.title(_named(category, finer), chance),
    }


def _by_rule(content: Content, cause: int, chance: np.random.Generator) -> dict[str, Any]:
    """Return what the rules say of a cause: one of those on its category, where there is one."""
    found = _finding(content, cause, chance)
    known = [rule for rule in RULES.values() if rule.category == found["category"]]
    if not known:
        return {"status": "undetermined"}
    rule = known[int(chance.integers(len(known)))]
    told = {"rule": rule.name, "title": rule.title, "summary": rule.reason}
    return found | told | {"subcategory": rule.subcategory}


def _finer(category: Category, chance: np.random.Generator) -> str:
    """Return a subcategory, the first ones more often."""
    last = len(category.subcategories) - 1
    return category.subcategories[min(int(chance.geometric(0.4)) - 1, last)].id


def _named(category: Category, finer: str) -> str:
    return next(one.name for one in category.subcategories if one.id == finer)


def _shown(
    finding: dict[str, Any], text: Prediction | None, sure: float, chance: np.random.Generator
) -> dict[str, Any]:
    """Return the words and the evidence of a verdict of the judge that reads everything."""
    if finding["status"] != "verdict":
        return {}
    said = {"summary": words.summary(chance), "tokens": int(chance.integers(800, 3_000))}
    if text is not None:
        needs = ("names the quantity asked for", "carries out every step")
        said["criteria"] = [
            {"criterion": need, "present": place == 0, "quality": 0.5 if place == 0 else None}
            for place, need in enumerate(needs)
        ]
    return said | _span(text, sure, chance)


def _span(text: Prediction | None, sure: float, chance: np.random.Generator) -> dict[str, Any]:
    """Return confidence and a place in the output; its words only where they may be shown."""
    if text is None:
        start, quote = int(chance.integers(0, 900)), None
        end = start + int(chance.integers(5, 90))
    else:
        output = output_text(text)
        start = int(chance.integers(0, len(output) - _LONGEST_SPAN))
        end = start + _LONGEST_SPAN
        quote = output[start:end]
    return {"confidence": sure, "evidence": [{"quote": quote, "start": start, "end": end}]}
