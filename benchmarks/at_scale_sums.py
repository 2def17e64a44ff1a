"""Work the numbers through for a hundred million predictions, from what was measured.

Run it to print the tables of ``content/pages/at-scale.md`` again after measuring::

    .venv/bin/python -m benchmarks.at_scale_sums
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.judging.pricing import MILLION, batch_price
from generator.records.prices import Prices
from generator.store.documents import read_document

FIGURES = Path(__file__).with_suffix("").with_name("at_scale.json")
PRICES = Path(__file__).resolve().parent.parent / "content" / "prices.yml"
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
REQUEST_PRICE = 5
"""USD for a million requests that write, the dearest ones: an example, not measured."""
GB = 1e9

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
    yield "Requests to an object store", f"{requests(f):.0f} a run"
    yield "A language model is asked about", f"{100 * open_share(f):.0f} % of the failures"
    yield "A request to it", f"{f['a request: characters']:,.0f} characters"


def worked(f: Figures) -> Rows:
    """Return what follows for all predictions: what, how, how much."""
    yield from times(f)
    yield from store(f)


def times(f: Figures) -> Rows:
    """Return the processor time of each step, and what it takes on a cluster."""
    total = 0.0
    for name, steps in STEPS.items():
        spent = sum(f[f"{step}: us a prediction"] for step in steps)
        total += PREDICTIONS * spent / 1e6
        yield name, f"{spent:.1f} µs a prediction", hours(PREDICTIONS * spent / 1e6)
    tasks = RUNS * TASKS_A_RUN + BENCHMARKS
    longest = PREDICTIONS / BENCHMARKS * f["number: us a prediction"] / 1e6
    yield "All of it", "the sum", f"**{hours(total)}**"
    yield f"On {WORKERS} processors", f"a {WORKERS}th", f"{total / WORKERS / 60:.0f} min"
    yield "Numbering a benchmark, which one worker does", f"1 of {BENCHMARKS}", f"{longest:.0f} s"
    yield "Tasks", f"{TASKS_A_RUN} a run, 1 a benchmark", f"{tasks:,}"
    own = tasks * task(f)
    yield (
        "Scheduler and session, beside the workers",
        f"{task(f) * 1e3:.0f} ms a task",
        (f"{own / 60:.0f} min"),
    )
    yield "Workers that these can keep busy", "all of it / their own", f"{total / own:.0f}"
    yield (
        "Processors, in money",
        f"{HOUR_PRICE} USD an hour",
        f"{total / 3600 * HOUR_PRICE:.2f} USD",
    )
    spent = f["import: us a prediction"]
    yield (
        "Import, where logs come in",
        f"{spent:.1f} µs a prediction",
        (hours(PREDICTIONS * spent / 1e6)),
    )


def store(f: Figures) -> Rows:
    """Return what is kept, and what an object store takes for it."""
    kept = 0.0
    for name, what, unit, number in (
        ("Texts", "packed texts", "prediction", PREDICTIONS),
        ("Indexes", "index", "prediction", PREDICTIONS),
        ("Verdicts of the rules", "verdict file", "verdict", PREDICTIONS * failing(f)),
    ):
        amount = number * f[f"{what}: bytes a {unit}"]
        kept += amount
        yield name, each(f, what, unit), size(amount)
    shards = PREDICTIONS * failing(f) * f["shard: bytes a failure"]
    yield "Shards, while it runs", each(f, "shard", "failure"), size(shards)
    yield (
        "Keeping all but these",
        f"{MONTH_PRICE} USD a GB and month",
        (f"{kept / GB * MONTH_PRICE:.2f} USD a month"),
    )
    asked = RUNS * requests(f) * REQUEST_PRICE / 1e6
    yield "Requests", f"{requests(f):.0f} a run, {REQUEST_PRICE} USD a million", f"{asked:.2f} USD"


def spoken(f: Figures) -> Rows:
    """Return what asking a language model takes, about everything and about a sample."""
    everything = PREDICTIONS * failing(f) * open_share(f)
    for name, sent in (("all that the rules leave open", everything), ("a sample", SAMPLED)):
        characters = sent * f["a request: characters"]
        tokens = characters / f["characters a token, assumed"]
        answers = sent * f["tokens an answer, assumed"]
        prices = [f"{price(model, tokens, answers):,.0f} USD" for model in MODELS]
        yield name, f"{sent / 1e6:,.1f} million", size(characters), f"{tokens / 1e9:,.0f}", *prices


STEPS = {
    "Indexes": ("read and index", "number"),
    "Judging": ("read and judge", "write a shard"),
    "Joining": ("join",),
}
"""Steps, and what each is made of."""
MODELS = ("gpt-5-mini", "gpt-5-nano")
SAMPLED = RUNS * ASKED_A_RUN


def tables() -> list[str]:
    """Return the tables of the page."""
    f: Figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    asked = ("Asked about", "Requests", "Request files", "Thousand million tokens sent", *MODELS)
    return [
        table(("What", "Measured"), measured(f)),
        table(("What", "How", f"{PREDICTIONS:,} predictions"), worked(f), words=2),
        table(asked, spoken(f)),
    ]


def table(head: tuple[str, ...], rows: Rows, words: int = 1) -> str:
    """Return a Markdown table; all columns but the first ones, of words, are numbers."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * words}{'---:|' * (len(head) - words)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def price(model: str, sent: float, answered: float) -> float:
    """Return what tokens cost in a batch."""
    known, _ = read_document(PRICES, Prices, PRICES.name)
    found = batch_price(known.models[model] if known else None)
    if found is None:
        msg = f"{PRICES}: no price of {model} in a batch"
        raise ValueError(msg)
    return (sent * found.input + answered * found.output) / MILLION


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


def requests(f: Figures) -> float:
    """Return requests to an object store a run."""
    return sum(value for name, value in f.items() if name.startswith("requests a run: "))


def main() -> None:
    """Print the tables."""
    for one in tables():
        print(one)


if __name__ == "__main__":
    main()
