"""Work the numbers through for a hundred million predictions, from what was measured.

Run it to print the tables of ``content/pages/at-scale.md`` again after measuring::

    .venv/bin/python -m benchmarks.at_scale_sums
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

FIGURES = Path(__file__).with_suffix("").with_name("at_scale.json")
PREDICTIONS = 100_000_000
RUNS = 10_000
"""Runs of 10,000 predictions each: one block."""
BENCHMARKS = 20
"""Benchmarks, with 500 models each."""
WORKERS = 64
"""Processes that judge."""
TASKS_A_RUN = 3
"""Look, judge, join."""
ASKED_A_RUN = 400
"""Failures of a run that a language model is asked about, where it is asked about a sample."""
HOUR_PRICE = 0.05
"""USD for an hour of one processor: an example, not measured."""
MONTH_PRICE = 0.023
"""USD for a gigabyte kept for a month: an example, not measured."""
READ_PRICE = 0.4
"""USD for a million requests that read: an example, not measured."""
WRITE_PRICE = 5.0
"""USD for a million requests that write or list: an example, not measured."""
GB = 1e9
READING = ("GET", "HEAD")

Figures = Mapping[str, float]
Rows = Iterable[tuple[str, ...]]


def measured(f: Figures) -> Rows:
    """Return what was measured, each with its value."""
    yield "Read a prediction, and what the index needs of it", micro(f, "read and index")
    yield "Give its wording a number, write the index", micro(f, "number")
    yield "Read it and judge it, if it failed", micro(f, "read and judge")
    yield "Write its verdict to a shard", micro(f, "write a shard")
    yield "Join its verdict to the verdict file", micro(f, "join")
    yield "Import it from a log, where it is not read as published", micro(f, "import")
    yield "What a further block of a run takes besides", f"{f['a block: s']:.2f} s"
    yield "A task of the cluster: scheduler and session", f"{task(f) * 1e3:.0f} ms"
    yield "What is sent with a task", f"{f['charge: bytes sent'] / 1e3:.0f} kB"
    yield "Memory of a process, at most", f"{f['peak: MiB']:.0f} MiB"
    yield "Failures", f"{100 * failing(f):.1f} % of the predictions"
    yield (
        "Texts as published, packed",
        f"{f['packed texts: bytes a prediction']:.0f} B a prediction",
    )
    yield "Index", each(f, "index", "prediction")
    yield "Verdict file", each(f, "verdict file", "verdict")
    yield (
        "Shards of blocks, until they are joined",
        each(f, "shard", "failure"),
    )
    yield "Requests to an object store that read", f"{reads(f):.1f} a run"
    yield "Requests that write, list or remove", f"{writes(f):.1f} a run"
    yield "A language model is asked about", f"{100 * open_share(f):.0f} % of the failures"
    yield "A request to it", f"{f['a request: characters']:,.0f} characters"


def worked(f: Figures) -> Rows:
    """Return what follows for all predictions: what, how, how much."""
    seconds = {name: PREDICTIONS * f[f"{name}: us a prediction"] / 1e6 for name in STEPS}
    total = sum(seconds.values())
    tasks = RUNS * TASKS_A_RUN + BENCHMARKS
    failures = PREDICTIONS * failing(f)
    yield "Indexes", "read, and number", hours(seconds["read and index"] + seconds["number"])
    yield (
        "Judging",
        "read, judge, write shards",
        hours(seconds["read and judge"] + seconds["write a shard"]),
    )
    yield "Joining", "", hours(seconds["join"])
    yield "All of it", "sum of these", hours(total)
    yield f"On {WORKERS} processors", f"sum / {WORKERS}", f"{total / WORKERS / 60:.0f} min"
    yield "Its price", f"{HOUR_PRICE} USD an hour", f"{total / 3600 * HOUR_PRICE:,.2f} USD"
    yield "Tasks", f"{TASKS_A_RUN} a run, 1 a benchmark", f"{tasks:,}"
    yield (
        "Scheduler and session",
        "one process, beside the workers",
        f"{tasks * task(f) / 60:.0f} min",
    )
    yield (
        "Workers that it can keep busy",
        "work of a task / its own",
        f"{total / tasks / task(f):.0f}",
    )
    yield "Import, where logs come in", "", hours(PREDICTIONS * f["import: us a prediction"] / 1e6)
    texts = PREDICTIONS * f["packed texts: bytes a prediction"]
    index = PREDICTIONS * f["index: bytes a prediction"]
    verdicts = failures * f["verdict file: bytes a verdict"]
    shards = failures * f["shard: bytes a failure"]
    yield "Texts", "", size(texts)
    yield "Indexes", "", size(index)
    yield "Verdicts", "of the rules", size(verdicts)
    yield "Shards", "while it runs", size(shards)
    month = (texts + index + verdicts) / 1e9 * MONTH_PRICE
    yield "Keeping it", f"{MONTH_PRICE} USD a GB and month", f"{month:.2f} USD a month"
    asked = RUNS * (reads(f) * READ_PRICE + writes(f) * WRITE_PRICE) / 1e6
    how = f"{READ_PRICE} and {WRITE_PRICE:.0f} USD a million that read, that write"
    yield "Requests to the store", how, f"{asked:.2f} USD"


def spoken(f: Figures) -> Rows:
    """Return what asking a language model takes, about everything and about a sample."""
    everything = PREDICTIONS * failing(f) * open_share(f)
    for name, sent in (("all that the rules leave open", everything), ("a sample", SAMPLED)):
        characters = sent * f["a request: characters"]
        tokens = characters / f["characters a token, assumed"]
        answers = sent * f["tokens an answer, assumed"]
        prices = [f"{price(f, model, tokens, answers):,.0f} USD" for model in MODELS]
        yield name, f"{sent / 1e6:,.1f} million", size(characters), f"{tokens / 1e9:,.0f}", *prices


STEPS = ("read and index", "number", "read and judge", "write a shard", "join")
MODELS = ("gpt-5-mini", "gpt-5-nano")
SAMPLED = RUNS * ASKED_A_RUN


def tables(f: Figures) -> list[str]:
    """Return the tables of the page."""
    return [
        table(("What", "Measured"), measured(f)),
        table(("What", "How", f"{PREDICTIONS:,} predictions"), worked(f)),
        table(
            ("Asked about", "Requests", "Request files", "Tokens sent, 10^9", *MODELS), spoken(f)
        ),
    ]


def table(head: tuple[str, ...], rows: Rows) -> str:
    """Return a Markdown table; all columns after the first two are numbers."""
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * (len(head) - 1) + "---:|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def price(f: Figures, model: str, sent: float, answered: float) -> float:
    """Return what tokens cost in a batch."""
    whole = sent * f[f"{model}: input"] + answered * f[f"{model}: output"]
    return f[f"{model}: batch"] * whole / 1e6


def each(f: Figures, what: str, unit: str) -> str:
    """Return the bytes of a prediction, verdict or failure."""
    return f"{f[f'{what}: bytes a {unit}']:.1f} B a {unit}"


def micro(f: Figures, step: str) -> str:
    """Return the time of a step."""
    return f"{f[f'{step}: us a prediction']:.1f} µs"


def hours(seconds: float) -> str:
    """Return a time of processors."""
    return f"{seconds / 3600:.1f} h"


def size(amount: float) -> str:
    """Return an amount of bytes."""
    return f"{amount / GB:,.1f} GB" if amount >= GB else f"{amount / 1e6:,.0f} MB"


def failing(f: Figures) -> float:
    """Return the share of failures, in [0, 1]."""
    return f["failures"] / f["predictions"]


def open_share(f: Figures) -> float:
    """Return the share of failures that a language model is asked about, in [0, 1]."""
    return f["requests"] / f["failures"]


def task(f: Figures) -> float:
    """Return the processor seconds of scheduler and session a task."""
    return f["task: scheduler and session ms"] / 1e3


def reads(f: Figures) -> float:
    """Return requests a run that read."""
    return sum(f.get(f"requests a run: {method}", 0.0) for method in READING)


def writes(f: Figures) -> float:
    """Return requests a run that write, list or remove."""
    return sum(value for name, value in f.items() if name.startswith("requests a run: ")) - reads(f)


def main() -> None:
    """Print the tables."""
    for one in tables(json.loads(FIGURES.read_text(encoding="utf-8"))):
        print(one)


if __name__ == "__main__":
    main()
