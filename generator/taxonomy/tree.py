"""The tree of categories: look up."""

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
        ValueError: Its group is not declared; ``taxonomy.check`` finds that beforehand.
    """
    wanted = category(taxonomy, category_id).group
    for group in taxonomy.groups:
        if group.id == wanted:
            return group
    msg = f"category {category_id} names group {wanted}, which is not declared"
    raise ValueError(msg)


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


def concepts(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the names of everything that can be given, by id, in the order of the tree.

    Categories and subcategories first, attributions and their subtypes next; a subtype has no name
    beside its id.
    """
    found: dict[str, str] = {}
    for entry in taxonomy.categories:
        found[entry.id] = entry.name
        found.update({f"{entry.id}/{sub.id}": sub.name for sub in entry.subcategories})
    for kind in taxonomy.attributions:
        found[kind.id] = kind.name
        found.update({f"{kind.id}/{part}": part.replace("-", " ") for part in kind.subtypes})
    return found
