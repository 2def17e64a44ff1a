"""The tree of categories: look up, and check what a record alone cannot see."""

from collections import Counter
from collections.abc import Iterable

from generator.records.taxonomy import Category, Group, Subcategory, Taxonomy


def category(taxonomy: Taxonomy, category_id: str) -> Category:
    """Return a category.

    Args:
        taxonomy: The tree.
        category_id: Identifier such as ``E13``.

    Raises:
        KeyError: There is no such category.
    """
    for candidate in taxonomy.categories:
        if candidate.id == category_id:
            return candidate
    raise KeyError(category_id)


def subcategory(taxonomy: Taxonomy, category_id: str, subcategory_id: str) -> Subcategory:
    """Return a subcategory of a category.

    Raises:
        KeyError: There is no such category or subcategory.
    """
    for candidate in category(taxonomy, category_id).subcategories:
        if candidate.id == subcategory_id:
            return candidate
    raise KeyError(f"{category_id}/{subcategory_id}")


def group_of(taxonomy: Taxonomy, category_id: str) -> Group:
    """Return the group of a category.

    Raises:
        KeyError: There is no such category.
        ValueError: Its group is not declared; ``check`` finds that beforehand.
    """
    wanted = category(taxonomy, category_id).group
    for group in taxonomy.groups:
        if group.id == wanted:
            return group
    raise ValueError(_undeclared(category_id, wanted))


def members(taxonomy: Taxonomy, group_id: str) -> tuple[Category, ...]:
    """Return the categories of a group in the order of the tree."""
    return tuple(entry for entry in taxonomy.categories if entry.group == group_id)


def name_of(taxonomy: Taxonomy, category_id: str, subcategory_id: str | None = None) -> str:
    """Return the name of a category, or of a subcategory of it.

    Raises:
        KeyError: There is no such category or subcategory.
    """
    if subcategory_id is None:
        return category(taxonomy, category_id).name
    return subcategory(taxonomy, category_id, subcategory_id).name


def check(taxonomy: Taxonomy) -> list[str]:
    """Return what does not hang together, one sentence each; empty if all is well."""
    groups = [group.id for group in taxonomy.groups]
    ids = [entry.id for entry in taxonomy.categories]
    used = {entry.group for entry in taxonomy.categories}
    faults = [
        *_repeated("attribution", [kind.id for kind in taxonomy.attributions]),
        *_repeated("group", groups),
        *_repeated("category", ids),
        *_repeated("category name", [entry.name for entry in taxonomy.categories]),
    ]
    faults += [
        f"attribution {needed} is missing: every verdict names one of the three"
        for needed in ("model", "benchmark", "harness")
        if needed not in {kind.id for kind in taxonomy.attributions}
    ]
    for kind in taxonomy.attributions:
        faults += _repeated(f"subtype of attribution {kind.id}", kind.subtypes)
    faults += [f"group {group} has no category" for group in groups if group not in used]
    for entry in taxonomy.categories:
        faults += _category_faults(entry, groups, ids)
    return faults


def _category_faults(entry: Category, groups: list[str], ids: list[str]) -> list[str]:
    """Return what is wrong with one category."""
    faults = _repeated(f"subcategory of {entry.id}", [sub.id for sub in entry.subcategories])
    if entry.group not in groups:
        faults.append(_undeclared(entry.id, entry.group))
    for boundary in entry.boundaries:
        if boundary.then == entry.id:
            faults.append(f"a boundary of category {entry.id} leads back to it")
        elif boundary.then not in ids:
            faults.append(f"a boundary of category {entry.id} names {boundary.then}, unknown here")
    return faults


def _undeclared(category_id: str, group_id: str) -> str:
    """Return the sentence about a category of a group that is not there."""
    return f"category {category_id} names group {group_id}, which is not declared"


def _repeated(what: str, values: Iterable[str]) -> list[str]:
    """Return a sentence for each value that is there more than once."""
    counts = Counter(values)
    return [
        f"{what} {value} is there {count} times" for value, count in counts.items() if count > 1
    ]
