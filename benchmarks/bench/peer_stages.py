"""Runs the first two stages of the reference implementation; started with its own Python.

``PYTHON peer_stages.py DATA OUTPUT ADDRESS`` with its ``src`` on ``PYTHONPATH``. Only the standard
library and the reference are imported here. Prints JSON as the last line.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

started = time.process_time()

import error_map  # noqa: E402  what importing takes is told apart


def main() -> None:
    """Prepare the data, then ask about each failure; say what each took."""
    data, output, address = sys.argv[1:]
    imported = time.process_time()
    settings = {"model": "openai/mock-judge", "api_base": address, "api_key": "none"}
    work = error_map.ErrorMap(
        inference_type="litellm",
        litellm_config=settings,
        exp_id="bench",
        output_dir=output,
        data_path=data,
        seed=42,
        ratio=1.0,
        max_workers=100,
    )
    told: dict[str, Any] = {"start_s": imported - started}

    async def both() -> None:
        records = await _timed(
            told,
            "prepare",
            lambda: error_map.prepare_data(
                exp_id=work.exp_id, config=work.config, models=None, ratio=work.ratio
            ),
        )
        found = await _timed(
            told,
            "ask",
            lambda: error_map.analyze_single_errors(
                records=records,
                config=work.config,
                exp_id=work.exp_id,
                inference_client=work.inference_client,
                use_correct_predictions=True,
            ),
        )
        told["records"] = len(records)
        told["answered"] = sum(bool(one["inference_success"]) for one in found)
        print(f"\n{json.dumps(told)}", flush=True)
        # Its client leaves work behind for which the end of a loop may wait without end.
        os._exit(0)

    asyncio.run(both())


async def _timed(
    told: dict[str, Any], name: str, work: Callable[[], Awaitable[list[dict[str, Any]]]]
) -> list[dict[str, Any]]:
    busy, start = time.process_time(), time.perf_counter()
    done = await work()
    told[f"{name}_s"] = time.process_time() - busy
    told[f"{name}_elapsed_s"] = time.perf_counter() - start
    return done


if __name__ == "__main__":
    main()
