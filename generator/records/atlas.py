"""``content/atlas.yml``: what the Atlas as a whole is called and how it counts."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from generator.records.base import Doi, Line, Record, Share, Slug, Url

LATEST = "latest"
"""Folder below the address of the Atlas in which the edition lies that was released last."""
DEV = "dev"
"""Folder in which the edition lies that is in preparation."""
_PREPARED = "-dev"


def folder_of(edition: str) -> str:
    """Return the folder below the address of the Atlas in which an edition lies for good."""
    return DEV if edition.endswith(_PREPARED) else edition


class Atlas(Record):
    """The settings that change the numbers or the name of the Atlas."""

    title: Line
    """Name of the Atlas, as shown in the header."""
    description: Line
    """One sentence for search engines and link previews."""
    edition: Annotated[str, Field(pattern=r"^[12][0-9]{3}\.(0[1-9]|1[0-2])(\.[0-9]+)?(-dev)?$")]
    """Calendar version, such as ``2026.12``; ``-dev`` before it is released."""
    url: Url | None = None
    """Public address, once it has one: each edition lies in a folder of its own below it."""
    repository: Annotated[Url, Field(pattern=r"^[^?#]+$")] | None = None
    """Public address of the repository, on GitHub: where issues about a verdict are opened."""
    doi: Doi | None = None
    """DOI of the Atlas in all its editions, once it has one; each edition has its own beside."""
    judges: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Judges in the order in which they count: the first that speaks on a failure settles it.
    ``llm`` stands for every language model that is not listed by its own name, such as
    ``llm-gpt-5-mini``."""
    confidence_level: Annotated[float, Field(gt=0.5, lt=1.0)] = 0.95
    """Level of every interval shown."""
    rule_threshold: Share = 0.85
    """A rule's finding settles a failure only at this confidence or above."""
    seed: int = 0
    """Seed of every random choice made while building."""

    def home_of(self, edition: str) -> str:
        """Return the address under which an edition lies for good; empty before there is one."""
        return f"{self.url.rstrip('/')}/{folder_of(edition)}/" if self.url else ""

    @property
    def released(self) -> bool:
        """Tell whether the edition is one to cite and not one in preparation."""
        return not self.edition.endswith(_PREPARED)

    @property
    def day(self) -> date:
        """First day of the month that the edition is named after: the date of its pages."""
        year, month = self.edition.removesuffix(_PREPARED).split(".")[:2]
        return date(int(year), int(month), 1)

    @model_validator(mode="after")
    def _judges_are_distinct(self) -> "Atlas":
        if len(set(self.judges)) != len(self.judges):
            msg = "a judge is listed twice"
            raise ValueError(msg)
        return self
