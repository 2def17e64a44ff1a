"""Readers of evaluation logs, by the name that ``erroratlas import`` gives them."""

from typing import NamedTuple

from generator.readers.logs.account import LogReader
from generator.readers.logs.bb_mistake import read_bb_mistake
from generator.readers.logs.bfcl import read_bfcl
from generator.readers.logs.columns import read_columns
from generator.readers.logs.error_map import read_error_map
from generator.readers.logs.every_eval import read_every_eval
from generator.readers.logs.helm import read_helm
from generator.readers.logs.inspect_log import read_inspect
from generator.readers.logs.lm_eval import read_lm_eval
from generator.readers.logs.mmlu_pro import read_mmlu_pro_in_columns
from generator.readers.logs.pinned import read_bbh, read_gsm8k, read_mmlu_pro
from generator.readers.logs.simple_evals import read_simple_evals
from generator.readers.logs.stretch import StretchReader


class Format(NamedTuple):
    """A format that can be imported."""

    read: LogReader
    """Its reader."""
    name: str
    """Its name, as its makers write it."""
    files: str
    """What to give, in a sentence."""
    example: str
    """Paths and options of an example call."""
    silent: tuple[str, ...] = ("harness_version",)
    """Fields of the run that its logs never say."""
    in_columns: StretchReader | None = None
    """Reads the same faster, where it can."""


FORMATS: dict[str, Format] = {
    "bb-mistake": Format(
        read_bb_mistake,
        "BIG-Bench Mistake",
        "A file of JSON Lines for each task.",
        "multistep_arithmetic.jsonl --harness-version 2023-11-14",
    ),
    "bbh": Format(
        read_bbh,
        "BIG-Bench Hard outputs",
        "The folder of items and the folder of outputs, and the way of asking: cot or direct.",
        "bbh code-davinci-002-outputs --select cot --harness-version 9ee07bd",
    ),
    "bfcl": Format(
        read_bfcl,
        "BFCL",
        "The folders of results and of scores of one model, and the benchmark's own questions and "
        "possible_answer, so that items of rows that passed come in too.",
        "result/acme-alpha score/acme-alpha bfcl_eval/data --harness-version 2024-08-11",
    ),
    "columns": Format(
        read_columns,
        "CSV, TSV or JSON Lines",
        "A table with a row per item; --map says which column holds what.",
        "answers.csv --map item=id,input=question,output=reply,score=points \\\n"
        "    --harness my-script --harness-version 1",
        ("harness", "harness_version"),
    ),
    "error-map": Format(
        read_error_map,
        "ErrorMap CSV",
        "The table that the method's reference implementation reads, a row per model and example.",
        "errors.csv --log-model gpt-5-mini --harness my-script --harness-version 1",
        ("harness", "harness_version"),
    ),
    "every-eval-ever": Format(
        read_every_eval,
        "Every Eval Ever",
        "The samples (.jsonl) and, if you have it, the aggregate (.json), or their folder.",
        "run.json run_samples.jsonl",
        (),
    ),
    "gsm8k": Format(
        read_gsm8k,
        "GSM8K example solutions",
        "The file example_model_solutions.jsonl, and one of its systems.",
        "example_model_solutions.jsonl --select 175b_verification --harness-version 3101c7d",
    ),
    "helm": Format(
        read_helm,
        "HELM",
        "The folder of one run, or a suite and --select.",
        "benchmark_output/runs/v1/mmlu:subject=philosophy,model=acme_alpha --harness-version 0.5.6",
    ),
    "inspect": Format(
        read_inspect,
        "Inspect AI",
        "Logs (.json, or .eval where inspect-ai is installed), or their folder.",
        "logs/2026-10-21T00-40-45_plums.json",
        (),
    ),
    "lm-eval": Format(
        read_lm_eval,
        "lm-evaluation-harness",
        "The folder that lm_eval wrote with --log_samples, or its samples and results.",
        "output/acme__alpha --select gsm8k --metric exact_match,strict-match",
        (),
    ),
    "mmlu-pro": Format(
        read_mmlu_pro,
        "MMLU-Pro outputs",
        "The zip of one model, or the JSON array in it.",
        "model_outputs_acme-alpha_5shots.zip --harness-version f418b11",
        in_columns=read_mmlu_pro_in_columns,
    ),
    "simple-evals": Format(
        read_simple_evals,
        "simple-evals",
        "The file that ends in _allresults.json; its scores are in the reports inside.",
        "mgsm_acme-alpha_20260102_030405_allresults.json --harness-version 652c89d",
    ),
}
"""Formats by name."""
