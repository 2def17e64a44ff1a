"""Tables of what changed from one edition to the next."""

from generator.pages.edition import Edition
from generator.pages.format import NOTHING, count, estimate, shift, sized
from generator.pages.links import Link, benchmark_path, category_path, href, model_path
from generator.pages.tables import Table, columns, plain
from generator.records.changes import Changes, Estimate, Listed, Moved, Reworded, Why
from generator.records.release import Release

REASONS: dict[Why, str] = {
    "runs": "runs were added or taken out",
    "items": "predictions of runs that stayed are others",
    "taxonomy": "the taxonomy is another",
    "judges": "the judges are others",
    "verdicts": "verdicts on the same failures were corrected",
}
"""The reasons in words, what is about models before what is about our method."""
_SHORT: dict[Why, str] = {
    "runs": "runs",
    "items": "predictions",
    "taxonomy": "taxonomy",
    "judges": "judges",
    "verdicts": "corrections",
}


def came_table(path: str, edition: Edition, found: Changes) -> Table | None:
    """Return what came and what went, a row each."""
    content = edition.content
    names = {entry.id: entry.name for entry in content.taxonomy.categories}
    parts: list[tuple[str, Listed, dict[str, Link]]] = [
        (
            "Model",
            found.models,
            {name: Link(one.name, href(path, model_path(name)))
             for name, one in content.models.items()},
        ),
        (
            "Benchmark",
            found.benchmarks,
            {name: Link(one.name, href(path, benchmark_path(name)))
             for name, one in content.benchmarks.items()},
        ),
        ("Run", found.runs, {}),
        (
            "Category",
            found.categories,
            {name: Link(f"{name} {text}", href(path, category_path(name)))
             for name, text in names.items()},
        ),
        ("Judge", found.judges, {}),
    ]  # fmt: skip
    rows = [
        (known.get(name, plain(name)), plain(kind), plain(what))
        for kind, listed, known in parts
        for what, these in (
            ("added", listed.added),
            ("retired" if kind == "Category" else "taken out", listed.gone),
        )
        for name in these
    ]
    for one in found.meanings:
        category, _, part = one.id.partition("/")
        there = href(path, category_path(category)) if category in names else ""
        kind = "Subcategory" if part else "Category"
        rows.append((Link(f"{one.id} {one.after}", there), plain(kind), plain(reworded(one))))
    if not rows:
        return None
    return Table(f"Since edition {found.since}", columns("Name", "Kind", "Change"), tuple(rows))


def reworded(one: Reworded) -> str:
    """Return what became of the name and the definition of an id, in words."""
    if one.before == one.after:
        return "defined in other words"
    renamed = f'called "{one.before}" before'
    return f"{renamed}, and defined otherwise: another meaning" if one.redefined else renamed


def ours(one: Moved) -> bool:
    """Tell whether most of the way of a share comes from judging otherwise."""
    return abs(one.of_method) > abs(one.of_models)


def place_of_share(edition: Edition, one: Moved) -> str:
    """Return whose failures a share is of: benchmark, and model or all systems."""
    content = edition.content
    items = content.benchmarks.get(one.benchmark)
    system = content.models.get(one.model or "")
    who = (system.name if system else one.model) if one.model else "all systems"
    return f"{items.name if items else one.benchmark} · {who}"


def moved_table(path: str, edition: Edition, release: Release, rows: tuple[Moved, ...]) -> Table:
    """Return the shares that moved, a row each."""
    known = {entry.id: entry.name for entry in edition.content.taxonomy.categories}
    since = release.changes.since if release.changes else "Before"
    heads = columns(
        "Category and whose failures",
        f"{since}#",
        f"{release.version}#",
        "By judging#",
        "By failures#",
        "Why",
    )
    made = []
    for one in rows:
        name = f"{one.category} {known.get(one.category, '')}".strip()
        share = f"{name}: {place_of_share(edition, one)}"
        there = href(path, category_path(one.category)) if one.category in known else ""
        made.append(
            (
                Link(share, there),
                plain(_estimate(one.before)),
                plain(_estimate(one.after)),
                plain(shift(one.of_method)),
                plain(shift(one.of_models)),
                plain(", ".join(_SHORT[reason] for reason in one.why) or "not known"),
            )
        )
    return Table("Shares that moved beyond their intervals", heads, tuple(made))


def _estimate(value: Estimate) -> str:
    return f"{estimate(value.share, value.low, value.high, value.n)}, {sized(value.n)}"


def judge_table(release: Release) -> Table:
    """Return who judged, in which version, and how often."""
    rows = [
        tuple(
            plain(text)
            for text in (
                judge.name,
                judge.version,
                judge.prompt_hash[:12] or NOTHING,
                judge.taxonomy,
                count(judge.verdicts),
                count(judge.undetermined),
                count(judge.no_verdict),
            )
        )
        for judge in release.spoke
    ]
    heads = columns(
        "Judge", "Version", "Prompt or settings", "Taxonomy", "Verdicts#", "Undetermined#",
        "No verdict#",
    )  # fmt: skip
    return Table("Who judged, in which version", heads, tuple(rows))
