"""The names of requests in a file: for which judge, on which failure, and the how manieth try.

A result says nothing else of the request that it answers. It may come back in any order, after the
codebook has changed, or on another machine than the request was written on; so its name alone has
to tell whether it can still be used, and for what.
"""

import hashlib
import re
from typing import NamedTuple

from generator.records.keys import RunKey, canonical_json
from generator.records.verdict import JudgeId

MOST_TRIES = 999
"""Largest number of a try; begun again after that, when older files are long gone."""
_DIGITS = {"model": 8, "prompt": 8, "taxonomy": 6, "benchmark": 6, "place": 24}
_FORM = re.compile(
    "-".join(f"(?P<{name}>[0-9a-f]{{{digits}}})" for name, digits in _DIGITS.items())
    + "-(?P<attempt>[1-9][0-9]{0,2})",
    re.ASCII,
)


class RequestId(NamedTuple):
    """The name of a request; at most 60 letters, digits and hyphens."""

    model: str
    """Hash of the judge's name and of the language model's."""
    prompt: str
    """Begin of the prompt's hash."""
    taxonomy: str
    """Hash of the taxonomy's version."""
    benchmark: str
    """Hash of the benchmark's name."""
    place: str
    """Hash of benchmark, model and key of the failure."""
    attempt: int
    """Which try it is, from 1."""

    def __str__(self) -> str:
        return "-".join(map(str, self))


def read_id(text: object) -> RequestId | None:
    """Return the name that a text is, none where it is no name of ours."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    model, prompt, taxonomy, benchmark, place, attempt = found.groups()
    return RequestId(model, prompt, taxonomy, benchmark, place, int(attempt))


class Ids:
    """Names requests for one judge."""

    def __init__(self, judge: JudgeId) -> None:
        self._model = _hash("model", judge.name, judge.version)
        self._prompt = judge.prompt_hash[: _DIGITS["prompt"]]
        self._taxonomy = _hash("taxonomy", judge.taxonomy)

    def name(self, run: RunKey, key: str, attempt: int) -> RequestId:
        """Return the name of a request.

        Args:
            run: Benchmark and model.
            key: Key of the failure.
            attempt: Which try it is, from 1.
        """
        number = (attempt - 1) % MOST_TRIES + 1
        mine = (self._model, self._prompt, self._taxonomy)
        return RequestId(*mine, self.benchmark(run[0]), self.place(run, key), number)

    @staticmethod
    def benchmark(name: str) -> str:
        """Return how names tell a benchmark."""
        return _hash("benchmark", name)

    @staticmethod
    def place(run: RunKey, key: str) -> str:
        """Return how names tell a failure of a run."""
        return _hash("place", *run, key)

    def differing(self, found: RequestId) -> str | None:
        """Say for what other judge a request was, none where it is for this one."""
        if found.model != self._model:
            return "another language model"
        if found.taxonomy != self._taxonomy:
            return "another version of the taxonomy"
        return None if found.prompt == self._prompt else "another prompt"


def _hash(part: str, *names: str) -> str:
    return hashlib.sha256(canonical_json([part, *names])).hexdigest()[: _DIGITS[part]]
