"""Vega-Lite to Vega and Vega to SVG, by vl-convert: here, or as a process that answers lines.

As a process it is run by its path and imports nothing of ours, so that it starts at once and holds
no more than the engine that draws.
"""

import json
import signal
import sys
from collections.abc import Callable

import vl_convert


def compiled(spec: str, config: str, version: str) -> str:
    """Return a Vega-Lite specification as Vega; all is JSON.

    Args:
        spec: The specification.
        config: The configuration that it is compiled with.
        version: Version of Vega-Lite.
    """
    return json.dumps(
        vl_convert.vegalite_to_vega(_read(spec), vl_version=version, config=_read(config))
    )


def drawn(spec: str) -> str:
    """Return the SVG of a Vega specification, which is JSON; nothing is loaded from anywhere."""
    return str(vl_convert.vega_to_svg(_read(spec), allowed_base_urls=[]))


def _read(text: str) -> dict[str, object]:
    """Return what JSON holds; vl-convert would read the last digit of some numbers otherwise."""
    found: dict[str, object] = json.loads(text)
    return found


ASKED: dict[str, Callable[..., str]] = {"compiled": compiled, "drawn": drawn}
"""What can be asked for."""


def main() -> None:
    """Answer each line, ``[what, argument, …]``, by one: what was made, or what is wrong."""
    # Ctrl-C is for the process that a person started: this one ends when nobody asks any more.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        try:
            answer = {"made": ASKED[what](*arguments)}
        except (ValueError, RuntimeError) as error:
            answer = {"wrong": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
