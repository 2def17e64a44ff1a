"""Names of judges, and the order in which they count."""

import hashlib
import re
from collections.abc import Iterable, Sequence

LLM = "llm"
"""In the order of judges: every language model that is not listed by its own name."""

PERSON = "person"
"""Who corrects single verdicts after somebody objected. Counts like any judge of the order, but is
nobody's measure: the failures were not drawn, they were chosen because something was wrong."""

_LONGEST = 48
_UNFIT = re.compile(r"[^a-z0-9]+")


def llm_name(model: str) -> str:
    """Return the name that a language model has as a judge: ``llm-gpt-5-mini``.

    Args:
        model: Name of the language model, as the endpoint knows it.
    """
    name = f"{LLM}-{_UNFIT.sub('-', model.lower()).strip('-')}"
    if len(name) <= _LONGEST and name != f"{LLM}-":
        return name
    mark = hashlib.sha256(model.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[: _LONGEST - 9].rstrip('-')}-{mark}"


def ordered(judges: Sequence[str], names: Iterable[str]) -> list[str]:
    """Return names in the order in which they count; those that are not listed are left out.

    Args:
        judges: The order of ``atlas.yml``, the one that counts most first.
        names: Names of judges. Several language models that one entry stands for come in the order
            of their names.
    """
    places = {name: place for name in set(names) if (place := _place(judges, name)) is not None}
    return sorted(places, key=lambda name: (places[name], name))


def is_listed(judges: Sequence[str], name: str) -> bool:
    """Tell whether a judge counts."""
    return _place(judges, name) is not None


def _place(judges: Sequence[str], name: str) -> int | None:
    for entry in (name, LLM if name.startswith(f"{LLM}-") else name):
        if entry in judges:
            return list(judges).index(entry)
    return None
