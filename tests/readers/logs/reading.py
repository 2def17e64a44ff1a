"""Reading made-up logs in tests."""

import json
from pathlib import Path
from typing import NamedTuple

from generator.readers.logs.account import Account, Choice, Entry


class Read(NamedTuple):
    """What a reader gave."""

    entries: list[Entry]
    account: Account

    @property
    def predictions(self):
        return [entry.prediction for entry in self.entries]

    @property
    def items(self):
        return [entry.item for entry in self.entries]

    @property
    def ids(self):
        return [entry.prediction.item_id for entry in self.entries]


def read(reader, *paths, **chosen) -> Read:
    """Read paths to the end."""
    account = Account()
    return Read(list(reader(paths, Choice(**chosen), account)), account)


def write_lines(path: Path, *rows) -> Path:
    """Write JSON Lines; a text is written as it stands."""
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def write_json(path: Path, value) -> Path:
    """Write a document."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
