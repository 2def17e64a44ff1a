"""``erroratlas taxonomy``: the tree shown, compared and given out."""

import json
from pathlib import Path
from typing import Any

import click

from generator.cli.loading import load
from generator.cli.main import Commands, Entry, Project
from generator.cli.options import FORMAT
from generator.cli.taxonomy_show import described
from generator.cli.versions import read_version
from generator.errors import InputError
from generator.records.taxonomy import Taxonomy
from generator.store.content import Content
from generator.taxonomy.crosswalks import elsewhere
from generator.taxonomy.diff import Change, changes, effect, touched, verdict_counts
from generator.taxonomy.export import EXPORTS
from generator.taxonomy.retirement import successor
from generator.taxonomy.tree import concepts, members

COMMANDS = {
    "build": Entry("generator.cli.taxonomy_build", "Find categories in failures, for review.")
}
"""Subcommands with modules of their own."""


@click.group("taxonomy", cls=Commands, entries=COMMANDS)
def command() -> None:
    """Show, compare, export and extend the taxonomy.

    \b
    Example:
      erroratlas taxonomy show E13
      erroratlas taxonomy build --benchmark gsm8k
    """  # noqa: D301  \b is click's own mark


@command.command("show")
@click.argument("concept", metavar="[ID]", required=False)
@FORMAT
@click.pass_obj
def show(project: Project, concept: str | None, form: str) -> None:
    """Show the tree, or what an ID such as E13, E13/rounding or harness means.

    \b
    Example:
      erroratlas taxonomy show E13
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    if concept is None:
        found: dict[str, Any] = content.taxonomy.model_dump(mode="json")
        text = _tree(content.taxonomy)
    else:
        found = _described(content, concept)
        text = described(found)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False) if form == "json" else text)


def _tree(taxonomy: Taxonomy) -> str:
    lines = [f"Version {taxonomy.version}"]
    for group in taxonomy.groups:
        lines += ["", f"{group.name}: {group.question}"]
        for entry in members(taxonomy, group.id):
            lines.append(f"  {entry.id} {entry.name}")
            lines.append(f"      {', '.join(sub.id for sub in entry.subcategories)}")
    lines += ["", "Whose fault it is"]
    lines += [
        f"  {kind.id}{': ' if kind.subtypes else ''}{', '.join(kind.subtypes)}"
        for kind in taxonomy.attributions
    ]
    lines += [f"  {gone.id} {gone.name}: retired in {gone.retired}" for gone in taxonomy.retired]
    return "\n".join(lines)


def _described(content: Content, concept: str) -> dict[str, Any]:
    """Return everything known of an id, retired ones included.

    Raises:
        InputError: There is no such id.
    """
    taxonomy = content.taxonomy
    for gone in taxonomy.retired:
        if gone.id == concept:
            told = gone.model_dump(mode="json", exclude_none=True)
            return {**told, "counts_as": successor(taxonomy, concept)}
    names = concepts(taxonomy)
    if concept not in names:
        msg = f"{concept}: no such id: see `erroratlas taxonomy show` for those there are"
        raise InputError(msg)
    whole, _, part = concept.partition("/")
    found: dict[str, Any] = {"id": concept, "name": names[concept]}
    for entry in taxonomy.categories:
        if entry.id == whole:
            own = next((sub for sub in entry.subcategories if sub.id == part), None)
            found = (own or entry).model_dump(mode="json")
            found["id"] = concept
            if own is None:
                found["tie_breaks"] = [rule for rule in taxonomy.tie_breaks if whole in rule]
    for kind in taxonomy.attributions:
        if kind.id == concept:
            found = kind.model_dump(mode="json")
    found["elsewhere"] = [
        {
            "scheme": content.crosswalks[match.scheme].title,
            "name": match.entry.name,
            "to": match.to,
            "relation": match.relation,
        }
        for match in elsewhere(content.crosswalks, whole)
        if not part or match.to == concept
    ]
    return found


@command.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@FORMAT
@click.pass_obj
def diff(project: Project, old: str, new: str | None, form: str) -> None:
    """Show what changed from OLD to NEW and how many committed verdicts it touches.

    OLD and NEW are files, or revisions that git knows, such as HEAD or the tag of a release. NEW
    is the taxonomy of the content if it is left out.

    \b
    Example:
      erroratlas taxonomy diff HEAD
      erroratlas taxonomy diff HEAD~1 content/taxonomy/atlas.yml --format json
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    before = read_version(project.root, content.layout.taxonomy, old)
    after = content.taxonomy
    if new is not None:
        after = read_version(project.root, content.layout.taxonomy, new)
    counts = verdict_counts(content)
    found = [(change, touched(change, counts)) for change in changes(before, after)]
    stale = before.version != after.version
    if form == "json":
        rows = [{**c._asdict(), "effect": effect(c), "verdicts": own} for c, own in found]
        report = {"old": before.version, "new": after.version, "stale": stale, "changes": rows}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    noun = "change" if len(found) == 1 else "changes"
    click.echo(f"Version {before.version} to {after.version}, {len(found)} {noun}")
    for change, own in found:
        click.echo(_change_line(change, own))
    if stale:
        click.echo("The version changed: every committed verdict is stale until it is given again.")


def _change_line(change: Change, own: dict[str, int]) -> str:
    told = " -> ".join(text for text in (change.before, change.after) if text)
    held = ", ".join(f"{judge} {number:,}" for judge, number in own.items()) or "none"
    return f"{change.kind} {change.id}: {told}\n    verdicts: {held}; {effect(change)}"


@command.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice([*EXPORTS]),
    default="json",
    show_default=True,
    help="A tree, a table, or SKOS in Turtle with the cross-walks as mappings.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write.  [default: standard output]",
)
@click.pass_obj
def export(project: Project, *, form: str, output: Path | None) -> None:
    """Give out the taxonomy with its cross-walks.

    \b
    Example:
      erroratlas taxonomy export --format skos --output atlas.ttl
    """  # noqa: D301  \b is click's own mark
    text = EXPORTS[form](load(project))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{output}: {len(text.encode()):,} bytes", err=True)
