"""What is drawn for an Atlas of the size of the paper: systems, benchmarks, failures, causes.

Nothing here is measured: every number comes from a seed. See ``benchmarks.paper_scale``.
"""

import hashlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.records.model import Model
from generator.records.taxonomy import Taxonomy


class Scale(NamedTuple):
    """How much is made up."""

    models: int = 83
    """Models, each of which answers every item."""
    benchmarks: int = 35
    """Benchmarks."""
    failures: int = 200_000
    """Failures over all runs."""


PAPER = Scale()
"""Models and benchmarks as many as the ErrorAtlas paper has."""
FEWEST_ITEMS, MOST_ITEMS = 100, 240
"""Items of a benchmark."""
DEVELOPERS = "abcdefghijklmn"
SIZES = ("3b", "8b", "34b", "70b")
UNDETERMINED, BENCHMARK_FAULT, HARNESS_FAULT = -1, -2, -3
"""Causes that are no category; a category's is its place in the taxonomy."""
_OTHER = {UNDETERMINED: 0.08, BENCHMARK_FAULT: 0.03, HARNESS_FAULT: 0.02}
SHOWN_BY_RULES = 0.15
"""Share of the failures whose cause the rules see too."""
AGREED = 0.9
"""How often they then say the same as the judge that reads everything."""
NOTE = "Synthetic: made up by a program to measure speed and size; no such model exists."

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


class Drawn(NamedTuple):
    """Everything that was drawn; rows are attempts, by benchmark, model and item."""

    items: tuple[int, ...]
    """Items by benchmark."""
    failed: dict[tuple[int, int], Whole]
    """By benchmark and model, the places of the items that were failed."""
    causes: dict[tuple[int, int], Whole]
    """Cause of each of those failures."""


def dice(seed: int, *place: int) -> np.random.Generator:
    """Return a source of chance for one purpose: nothing drawn elsewhere moves it."""
    return np.random.default_rng([seed, *place])


def digest(*parts: str) -> bytes:
    """Return 32 bytes that stand for the hash of a text that does not exist."""
    return hashlib.sha256("/".join(("made up", *parts)).encode()).digest()


def models(number: int) -> dict[str, Model]:
    """Return made-up models by id: families of versions and sizes, plain and tuned."""
    found: dict[str, Model] = {}
    for version in (1, 2, 3):
        for place, size in enumerate(SIZES):
            for tuned in ("", "-chat"):
                for letter, developer in enumerate(DEVELOPERS):
                    # Not every developer makes every size, and some keep theirs to themselves.
                    if (letter + place + version) % 3 == 0:
                        continue
                    slug = f"made-up-{developer}__family-{developer}-{version}-{size}{tuned}"
                    name = f"Family {developer.upper()}{version} {size.upper()}"
                    found[slug] = Model(
                        name=name + (" Chat" if tuned else ""),
                        developer=f"Made-up lab {developer.upper()}",
                        released=f"{2022 + version}-{1 + letter % 12:02d}-{3 + 5 * place:02d}",
                        parameters=int(size[:-1]) * 10**9 if letter % 4 else None,
                        open_weights=bool(letter % 4),
                        note=NOTE,
                    )
    return dict(sorted(list(found.items())[:number]))


def draw(seed: int, taxonomy: Taxonomy, scale: Scale) -> Drawn:
    """Draw who fails what, and why.

    An item is failed where its difficulty, the benchmark's and chance outweigh the model's
    ability; the threshold is the one that gives exactly as many failures as asked for.

    Args:
        seed: Seed of every draw.
        taxonomy: Whose categories are the causes.
        scale: How much of it.
    """
    chance = dice(seed, 1)
    items = chance.integers(FEWEST_ITEMS, MOST_ITEMS, scale.benchmarks)
    ability = chance.normal(0, 0.8, scale.models)
    # A model is better at some benchmarks than its ability says.
    hard = chance.normal(0, 0.8, (scale.benchmarks, 1)) + chance.normal(
        0, 0.3, (scale.benchmarks, scale.models)
    )
    latent = []
    for benchmark, number in enumerate(items):
        own = chance.normal(0, 1.0, number)
        noise = chance.logistic(0, 0.6, (scale.models, number))
        latent.append(own[None, :] + noise + (hard[benchmark] - ability)[:, None])
    every = np.concatenate([part.ravel() for part in latent])
    failures = scale.failures
    if not 0 < failures < len(every):
        msg = f"{failures} failures: there are {len(every)} attempts"
        raise ValueError(msg)
    least = np.partition(every, len(every) - failures)[len(every) - failures]
    failed = {
        (benchmark, model): np.flatnonzero(part[model] >= least)
        for benchmark, part in enumerate(latent)
        for model in range(scale.models)
    }
    return Drawn(tuple(map(int, items)), failed, _causes(seed, taxonomy, scale, items, failed))


def _causes(
    seed: int, taxonomy: Taxonomy, scale: Scale, items: Whole, failed: dict[tuple[int, int], Whole]
) -> dict[tuple[int, int], Whole]:
    """Draw the causes: what is common, what a family tends to, what a benchmark provokes."""
    chance = dice(seed, 2)
    kinds = len(taxonomy.categories)
    common = chance.normal(0, 1.0, kinds)
    family = chance.normal(0, 0.5, (len(DEVELOPERS), kinds))
    made_by = [DEVELOPERS.index(slug.removeprefix("made-up-")[0]) for slug in models(scale.models)]
    own = family[made_by] + chance.normal(0, 0.25, (scale.models, kinds))
    asked = chance.normal(0, 0.7, (scale.benchmarks, kinds))
    found = {}
    for benchmark, number in enumerate(items):
        item = chance.normal(0, 0.6, (int(number), kinds))
        for model in range(scale.models):
            places = failed[benchmark, model]
            wish = common + own[model] + asked[benchmark] + item[places]
            said = (wish + chance.gumbel(0, 1, wish.shape)).argmax(axis=1)
            luck, start = chance.random(len(places)), 0.0
            for other, share in _OTHER.items():
                said[(start <= luck) & (luck < start + share)] = other
                start += share
            found[benchmark, model] = said
    return found
