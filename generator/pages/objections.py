"""The way from a failure to the form that says its verdict is wrong.

The address holds identifiers alone, never a text of the benchmark or of the model.
"""

from urllib.parse import urlencode

from generator.pages.links import address
from generator.records.atlas import Atlas
from generator.records.verdict import Verdict

FORM = "wrong-verdict.yml"
"""Form below ``.github/ISSUE_TEMPLATE``; the names of the fields are its ids."""
FIELDS = ("benchmark", "model", "item", "judge", "verdict", "edition", "page")
"""Fields that are filled in."""
LONGEST = 2_000
"""Most characters of an address that any browser and server take."""


def form_address(atlas: Atlas, **said: str) -> str:
    """Return the address of the form with fields filled in; empty where there is no repository.

    Args:
        atlas: Settings of the Atlas.
        **said: Fields by name. What would make the address too long is left out, the last first.
    """
    if atlas.repository is None:
        return ""
    home = f"{atlas.repository.rstrip('/')}/issues/new?"
    filled = [("template", FORM), ("edition", atlas.edition), *said.items()]
    while len(home) + len(urlencode(filled)) > LONGEST:
        filled.pop()
    return home + urlencode(filled)


def objection(
    atlas: Atlas, benchmark: str, model: str, verdict: Verdict, *, page: str, anchor: str
) -> str:
    """Return the address of the form for one verdict; empty where there is no repository.

    Args:
        atlas: Settings of the Atlas.
        benchmark: Benchmark.
        model: Model.
        verdict: What is said of the failure.
        page: Path of the page on which it stands.
        anchor: Its place there.
    """
    said = (verdict.category, verdict.subcategory) if verdict.category else (verdict.attribution,)
    return form_address(
        atlas,
        benchmark=benchmark,
        model=model,
        item=verdict.item_id,
        judge=verdict.judge.name,
        verdict="/".join(part for part in said if part) or verdict.status,
        page=f"{atlas.home_of(atlas.edition)}{address(page)}#{anchor}",
    )
