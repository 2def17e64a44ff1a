"""The aggregate of a run as Every Eval Ever has it, schema 0.3."""

import json
from typing import Any

from generator.readers.every_eval_export import SCHEMA_VERSION, Exported
from generator.records.prediction import Setting

_NUMBERS = ("temperature", "top_p", "top_k")
"""Settings that the format has a place for; ``max_tokens`` is another."""

_AVAILABLE = {True: "open_weights", False: "closed_weights", None: "unknown"}


def aggregate(exported: Exported, *, rows: int, mean: float, checksum: str) -> dict[str, Any]:
    """Return the aggregate of a run.

    Args:
        exported: What is exported.
        rows: Number of samples.
        mean: Mean of their scores.
        checksum: SHA-256 of the file of samples.
    """
    run = exported.run
    fields: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": exported.evaluation_id,
        "retrieved_timestamp": exported.moment,
        "source_metadata": _source(exported),
        "eval_library": {"name": run.harness, "version": run.harness_version},
        "model_info": {
            "name": exported.about.name,
            "id": exported.model_id,
            "developer": exported.about.developer,
            "additional_details": {
                "deployment_type": "unknown",
                "model_availability": _AVAILABLE[exported.about.open_weights],
                "erroratlas_model": exported.model,
            },
        },
        "evaluation_results": [_result(exported, mean)],
        "detailed_evaluation_results": {
            "format": "jsonl",
            "file_path": f"{exported.folder}/{exported.stem}_samples.jsonl",
            "hash_algorithm": "sha256",
            "checksum": checksum,
            "total_rows": rows,
        },
    }
    if run.date is not None:
        fields["evaluation_timestamp"] = exported.moment
    return fields


def _source(exported: Exported) -> dict[str, Any]:
    """Return who made the predictions available."""
    run = exported.run
    details = {"licence": run.licence, "trained_on_test": run.trained_on_test}
    if run.note is not None:
        details["note"] = run.note
    return {
        "source_name": run.contributor,
        "source_type": "evaluation_run",
        "source_organization_name": run.contributor,
        "evaluator_relationship": "other",
        "additional_details": details,
    }


def _result(exported: Exported, mean: float) -> dict[str, Any]:
    """Return the one result of the run."""
    about, run = exported.description, exported.run
    low, high = about.score_range
    source: dict[str, Any] = {"dataset_name": about.name, "source_type": "other"}
    if about.url is not None:
        source |= {"source_type": "url", "url": [about.url]}
    known = {name: value for name, value in run.generation.items() if _has_place(name, value)}
    others = {
        name: _as_text(value)
        for name, value in run.generation.items()
        if name not in known and value is not None
    }
    config: dict[str, Any] = {"generation_args": {**known, "prompt_template": run.prompt}}
    if others:
        config["additional_details"] = others
    return {
        "evaluation_name": exported.benchmark,
        "source_data": source,
        "metric_config": {
            "evaluation_description": about.metric,
            "lower_is_better": False,
            "score_type": "continuous",
            "min_score": low,
            "max_score": high,
        },
        "score_details": {"score": mean},
        "generation_config": config,
    }


def _has_place(name: str, value: Setting) -> bool:
    """Tell whether the format has a place of its own for a setting."""
    if isinstance(value, bool):
        return False
    if name == "max_tokens":
        return isinstance(value, int) and value > 0
    return name in _NUMBERS and isinstance(value, int | float)


def _as_text(value: Setting) -> str:
    """Return a setting as a text; one that would be taken for another kind is quoted."""
    if not isinstance(value, str):
        return json.dumps(value)
    try:
        json.loads(value)
    except ValueError:
        return value
    return json.dumps(value)
