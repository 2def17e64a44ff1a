"""Readers of foreign formats, by the name that ``benchmark.yml`` gives them."""

from generator.readers.bb_mistake import read_traces
from generator.readers.bbh import read_tasks
from generator.readers.bfcl import read_calls
from generator.readers.gsm8k import read_solutions
from generator.readers.mmlu_pro import read_outputs
from generator.readers.rows import Reader

READERS: dict[str, Reader] = {
    "bb_mistake_traces": read_traces,
    "bbh_outputs": read_tasks,
    "bfcl_results": read_calls,
    "gsm8k_solutions": read_solutions,
    "mmlu_pro_outputs": read_outputs,
}
"""Readers by name."""
