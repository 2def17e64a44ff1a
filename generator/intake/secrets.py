"""Keys, passwords and personal data in what would be published. They are never printed."""

import contextlib
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.intake.findings import Finding, warning
from generator.intake.scope import Scope
from generator.store.content import Content
from generator.store.lines import MAX_UNPACKED, opened

DETECTORS = frozenset(
    {
        "AWSKeyDetector",
        "AzureStorageKeyDetector",
        "BasicAuthDetector",
        "DiscordBotTokenDetector",
        "GitHubTokenDetector",
        "GitLabTokenDetector",
        "JwtTokenDetector",
        "MailchimpDetector",
        "NpmDetector",
        "OpenAIDetector",
        "PrivateKeyDetector",
        "PypiTokenDetector",
        "SendGridDetector",
        "SlackDetector",
        "SquareOAuthDetector",
        "StripeDetector",
        "TwilioKeyDetector",
    }
)
"""Of detect-secrets, those that know the form of a key; entropy alone cries wolf on benchmarks."""
PIECE = 1_000_000
"""Bytes of a line that are read at once."""
WINDOW, OVERLAP = 4_096, 512
"""Characters that the detectors see at once, and how many of them they see again: some of their
expressions take the square of what they are given."""
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w.-])"
)
_PHONE = re.compile(
    r"(?<![\w.+-])\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,4}){2,4}(?![\w.-])"
)
_EXAMPLE = re.compile(
    r"[@.](?:example\.(?:com|org|net)|example|test|invalid|local)$", re.IGNORECASE
)
_STORY = "555"
"""Stands in the telephone numbers that are kept for stories."""
_ESCAPES = re.compile(r"\\[nrt]")
_TEXTS = (".yml", ".md", ".csv", ".jsonl", ".jsonl.gz")
_WITHDRAW = "withdraw the key where it is valid, then take it out"
_TAKE_OUT = "take it out, or make sure that it is public or made up"


def find_secrets(content: Content, scope: Scope) -> Iterator[Finding]:
    """Warn of what looks like a secret or personal data, by file and line, without showing it."""
    layout = content.layout
    for path in sorted(layout.root.rglob("*")):
        name = layout.name(path)
        if path.is_file() and scope.holds(name) and name.endswith(_TEXTS):
            yield from _in_file(path, name)


def _in_file(path: Path, name: str) -> Iterator[Finding]:
    # What cannot be unpacked, or to more than may be kept, is said where files are read.
    with contextlib.suppress(OSError, EOFError, zlib.error), opened(path) as file:
        number = size = 0
        while (raw := file.readline(PIECE)) and size <= MAX_UNPACKED:
            size += len(raw)
            # In JSON the end of a line is written out, and would cling to the next word.
            text = _ESCAPES.sub("  ", raw.decode("utf-8", "replace"))
            for kind, mend in kinds_in(text):
                yield warning(Problem(name, number + 1, "-", "", f"looks like {kind}", mend))
            number += raw.endswith(b"\n")


def kinds_in(text: str) -> list[tuple[str, str]]:
    """Return the kinds of secrets and personal data in a text, each once, and what to do."""
    kinds: dict[str, str] = {}
    for start in range(0, max(len(text) - OVERLAP, 1), WINDOW - OVERLAP):
        window = text[start : start + WINDOW]
        for detector in _detectors():
            if any(True for _ in detector.analyze_string(window)):
                kinds[f"a secret ({detector.secret_type})"] = _WITHDRAW
        if any(not _EXAMPLE.search(found.group()) for found in _EMAIL.finditer(window)):
            kinds["an e-mail address"] = _TAKE_OUT
        if any(_STORY not in found.group() for found in _PHONE.finditer(window)):
            kinds["a telephone number"] = _TAKE_OUT
    return list(kinds.items())


@cache
def _detectors() -> tuple[Any, ...]:
    # Imported where it is needed: it takes longer to load than most commands to run.
    from detect_secrets.core.plugins import util  # noqa: PLC0415

    known: dict[str, Any] = util.get_mapping_from_secret_type_to_class()
    return tuple(known[kind]() for kind in sorted(known) if known[kind].__name__ in DETECTORS)
