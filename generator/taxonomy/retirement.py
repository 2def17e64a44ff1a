"""Identifiers that are given no more: what they count as now, and what holds for them."""

from collections.abc import Iterator, Sequence

from generator.records.taxonomy import Released, Retired, Taxonomy
from generator.records.verdict import Verdict
from generator.taxonomy.meaning import Found, meaning_faults, meanings
from generator.taxonomy.tree import concepts


def placed(taxonomy: Taxonomy) -> list[str]:
    """Return the ids of all categories and subcategories that can be given, in order."""
    attributions = {kind.id for kind in taxonomy.attributions}
    return [key for key in concepts(taxonomy) if key.partition("/")[0] not in attributions]


def snapshot(taxonomy: Taxonomy) -> Released:
    """Return what a release of the taxonomy freezes."""
    return Released(
        version=taxonomy.version,
        ids=tuple(placed(taxonomy)),
        retired=tuple(entry.id for entry in taxonomy.retired),
        meanings=meanings(taxonomy),
    )


def successor(taxonomy: Taxonomy, concept: str) -> str | None:
    """Return what an id counts as now: itself where it is in use; None where nothing took over.

    A retired category takes its subcategories along; a subcategory that nothing took the place of
    counts as its category. Each redirect is followed once, so that a cycle, which
    ``taxonomy.check`` reports, ends.

    Args:
        taxonomy: The tree.
        concept: A category or subcategory, such as ``E13/rounding``.
    """
    redirects = {entry.id: entry.redirect for entry in taxonomy.retired}
    live, met = set(placed(taxonomy)), set[str]()
    at: str | None = concept
    while at is not None and at not in live and at not in met:
        met.add(at)
        category, _, part = at.partition("/")
        at = redirects.get(at) or (category if part else None)
    return at if at in live else None


def current(
    taxonomy: Taxonomy, category: str | None, subcategory: str | None
) -> tuple[str | None, str | None]:
    """Return the category and subcategory that those of a verdict count as now.

    Returns:
        Both None where the category was retired and nothing took its place: the failure has to be
        judged again.
    """
    if category is None or not taxonomy.retired:
        return category, subcategory
    whole = successor(taxonomy, f"{category}/{subcategory}" if subcategory else category)
    found, _, part = (whole or "").partition("/")
    return found or None, part or None


def as_now(taxonomy: Taxonomy, verdict: Verdict) -> Verdict:
    """Return a verdict with the ids of now; without a category that nothing took the place of."""
    if not taxonomy.retired:
        return verdict
    category, sub = current(taxonomy, verdict.category, verdict.subcategory)
    further = further_now(taxonomy, category, verdict.secondary)
    changes = {"category": category, "subcategory": sub, "secondary": further}
    return verdict.model_copy(update=changes)


def further_now(taxonomy: Taxonomy, category: str | None, others: Sequence[str]) -> tuple[str, ...]:
    """Return the further categories of a verdict with the ids of now.

    Args:
        taxonomy: The tree.
        category: Its category, with the id of now.
        others: Further ones, with any ids.
    """
    if not taxonomy.retired:
        return tuple(others)
    found = (current(taxonomy, other, None)[0] for other in others)
    return tuple(dict.fromkeys(other for other in found if other and other != category))


def retired_into(taxonomy: Taxonomy, category: str) -> list[Retired]:
    """Return the retired ids that now count as a category or a part of it."""
    return [
        entry
        for entry in taxonomy.retired
        if (successor(taxonomy, entry.id) or "").partition("/")[0] == category
    ]


def retirement_faults(taxonomy: Taxonomy, released: Released | None) -> Iterator[Found]:
    """Yield what is wrong with versions, retired ids and what was released."""
    yield from _versions(taxonomy)
    yield from _redirects(taxonomy)
    if released is not None:
        yield from _against(taxonomy, released)
        yield from meaning_faults(taxonomy, released)


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _versions(taxonomy: Taxonomy) -> Iterator[Found]:
    now = _number(taxonomy.version)
    for place, entry in enumerate(taxonomy.categories):
        at: tuple[int | str, ...] = ("categories", place)
        dated = [((*at, "since"), entry.since)]
        dated += [
            ((*at, "subcategories", number, "since"), sub.since)
            for number, sub in enumerate(entry.subcategories)
        ]
        for where, since in dated:
            if _number(since) > now:
                wrong = f"later than version {taxonomy.version} of the taxonomy"
                yield where, since, wrong, "raise version or correct it"
    for place, gone in enumerate(taxonomy.retired):
        if not _number(gone.since) < _number(gone.retired) <= now:
            wrong = f"not after since ({gone.since}) and up to version ({taxonomy.version})"
            yield ("retired", place, "retired"), gone.retired, wrong, "correct the versions"


def _redirects(taxonomy: Taxonomy) -> Iterator[Found]:
    live = set(placed(taxonomy))
    retired = [entry.id for entry in taxonomy.retired]
    for place, entry in enumerate(taxonomy.retired):
        at = ("retired", place)
        category = entry.id.partition("/")[0]
        if entry.id in live:
            wrong = "it is retired and in use"
            yield (*at, "id"), entry.id, wrong, "take a new id for what is in use"
        elif retired.index(entry.id) != place:
            yield (*at, "id"), entry.id, "it is there twice", "keep one"
        elif category not in live and category not in retired:
            wrong = f"there is no category {category}, in use or retired"
            yield (*at, "id"), entry.id, wrong, "correct the id or retire the category as well"
        if entry.redirect is None:
            continue
        if entry.redirect not in live and entry.redirect not in retired:
            wrong = "no such id, in use or retired"
            yield (*at, "redirect"), entry.redirect, wrong, "name a category or subcategory"
        elif _turns(taxonomy, entry):
            wrong = "the redirects lead back to it"
            yield (*at, "redirect"), entry.redirect, wrong, "lead one of them to an id in use"


def _turns(taxonomy: Taxonomy, start: Retired) -> bool:
    """Tell whether following redirects comes back to where it began."""
    redirects = {entry.id: entry.redirect for entry in taxonomy.retired}
    at = start.redirect
    for _ in redirects:
        if at is None or at == start.id:
            break
        at = redirects.get(at)
    return at == start.id


def _against(taxonomy: Taxonomy, released: Released) -> Iterator[Found]:
    """Yield what the last release does not allow."""
    live = placed(taxonomy)
    known = {*live, *(entry.id for entry in taxonomy.retired)}
    if _number(taxonomy.version) < _number(released.version):
        wrong = f"version {released.version} was released already"
        yield ("version",), taxonomy.version, wrong, "raise it"
    for concept in [*released.ids, *released.retired]:
        if concept not in known:
            wrong = f"released in version {released.version}, and here no more"
            mend = "put it back, or under retired with a redirect or a reason"
            yield ("categories",), concept, wrong, mend
    for concept in released.retired:
        if concept in live:
            wrong = f"retired in version {released.version}, and used again"
            yield ("categories",), concept, wrong, "take a new id"
    added = [key for key in live if key not in released.ids and key not in released.retired]
    if taxonomy.version == released.version and added:
        wrong = f"not in version {released.version}, which was released"
        yield ("version",), added[0], wrong, "raise the minor version"
