"""The page of a proposal: categories found in failures, up for review and not in force."""

from dataclasses import dataclass

from generator.charts.found import found_tree
from generator.charts.labels import listed
from generator.pages.edition import Edition
from generator.pages.facts import Fact
from generator.pages.figures import Figure, card_of, draw
from generator.pages.format import counted, level, percent
from generator.pages.links import (
    BENCHMARKS,
    MODELS,
    Link,
    benchmark_path,
    href,
    model_path,
    proposal_path,
)
from generator.pages.page import Head, Page
from generator.pages.proposal_list import MODES, categories
from generator.pages.proposal_standing import ProposalStanding, Thresholds, stood
from generator.pages.proposal_tables import (
    account_table,
    branch_table,
    coverage_table,
    existing,
    gap_table,
    redundancy_table,
    stability_table,
)
from generator.pages.render import render
from generator.pages.tables import Table, plain
from generator.records.proposal import Branch, Proposal
from generator.stats.proposals import unseen
from generator.taxonomy.induction.export import EXPORTS
from generator.taxonomy.induction.standing import settled

FORMATS = {"yml": "YAML", "json": "JSON tree", "csv": "CSV", "ttl": "SKOS (Turtle)"}
"""What each format of the downloads is called."""
LARGEST = 200_000
"""Bytes above which a format other than the file itself is not offered."""


@dataclass(frozen=True)
class Titled:
    """A branch with what judges called some of its failures."""

    name: str
    """Its name; empty where it stands under its name already."""
    titles: str
    """Titles near its middle."""


@dataclass(frozen=True)
class Part:
    """A branch at the top, looked into."""

    summary: str
    """Name and size."""
    definition: str
    """When a failure belongs here; may be empty."""
    table: Table | None
    """What is below it, if anything."""
    titled: tuple[Titled, ...]
    """Titles by branch below it, or its own."""


@dataclass(frozen=True)
class ProposalContext:
    """What the template ``proposal.md.j2`` shows."""

    head: Head
    """Front matter."""
    anchored: bool
    """Whether it stands below the categories of the Atlas."""
    stale: bool
    """Whether failures, verdicts or the taxonomy changed since."""
    facts: tuple[Fact, ...]
    """What it was built from, and how."""
    account: Table
    """What became of every failure."""
    coverage: Table
    """Share of the failures that have a category."""
    stood: ProposalStanding
    """How far the categories are there again when they are built again."""
    thresholds: Thresholds
    """From which figures a taxonomy is how stable."""
    settled: bool
    """Whether neither seed nor order could matter."""
    stability: Table | None
    """What is there again when it is built again."""
    redundancy: Table | None
    """Neighbours that are nearly alike."""
    gaps: Table | None
    """What the Atlas leaves uncovered; None where that was not asked."""
    absent: tuple[Link, ...]
    """Categories of the Atlas without any failure."""
    synthetic: bool
    """Whether failures of programs with planted faults are among them."""
    figure: Figure
    """The tree, drawn."""
    top: Table
    """The tree's first level."""
    parts: tuple[Part, ...]
    """Each branch of the first level with what is below it and examples."""
    deeper: bool
    """Whether there are levels below, which only the files hold."""
    downloads: tuple[Link, ...]
    """The proposal as files."""


def proposal_page(edition: Edition, name: str) -> Page:
    """Return the page of a proposal."""
    proposal, taxonomy = edition.proposals[name], edition.content.taxonomy
    page = proposal_path(name)
    stem = page.removesuffix(".md")
    files = {f"{stem}.{form}": export(proposal).encode() for form, export in EXPORTS.items()}
    files = {path: data for path, data in files.items() if _offered(path, data)}
    lacking = [gap for gap in proposal.gaps if not gap.failures]
    tree = draw(page, found_tree(proposal))
    context = ProposalContext(
        head=Head(
            f"Proposal: {proposal.title}",
            f"Categories found in failures, not in force: {proposal.title}.",
            card=card_of(tree),
            searchable=False,
        ),
        anchored=proposal.mode == "anchored",
        stale=edition.is_stale(name),
        facts=_facts(page, edition, proposal),
        account=account_table(proposal),
        coverage=coverage_table(proposal, level(edition.content.atlas.confidence_level)),
        stood=stood(proposal),
        thresholds=Thresholds(),
        settled=settled(proposal),
        stability=stability_table(proposal),
        redundancy=redundancy_table(proposal),
        gaps=gap_table(page, taxonomy, [gap for gap in proposal.gaps if gap.failures])
        if proposal.gaps
        else None,
        absent=tuple(existing(page, taxonomy, gap.atlas) for gap in lacking),
        synthetic=_synthetic(edition, proposal),
        figure=tree.figure,
        top=branch_table(
            page,
            taxonomy,
            proposal.branches,
            f"{counted(categories(proposal), 'category', 'categories')} at the top. Shares are "
            f"of {counted(proposal.account.titled, 'failure')} with a cause.",
        ),
        parts=tuple(_part(page, edition, branch) for branch in proposal.branches),
        deeper=any(part.branches for branch in proposal.branches for part in branch.branches),
        downloads=tuple(Link(FORMATS[path.rpartition(".")[2]], href(page, path)) for path in files),
    )
    return Page(page, render("proposal.md.j2", context), {**tree.files, **files})


def _synthetic(edition: Edition, proposal: Proposal) -> bool:
    """Tell whether a program with planted faults is in the scope."""
    return any(
        report.benchmark in proposal.benchmarks
        and (not proposal.models or report.model in proposal.models)
        for report in edition.of_population("planted")
    )


def _part(page: str, edition: Edition, branch: Branch) -> Part:
    below = ""
    table = None
    if branch.branches:
        below = f", {counted(len(branch.branches), 'branch', 'branches')} below"
        proposed = sum(part.proposed for part in branch.branches)
        below += f", {proposed} of them proposed" if proposed else ""
        table = branch_table(
            page, edition.content.taxonomy, branch.branches, f"Below {branch.name}"
        )
    named = [(part.name, part) for part in branch.branches] or [("", branch)]
    return Part(
        summary=f"{branch.name}: {counted(branch.failures, 'failure')}{below}",
        definition=branch.definition or "",
        table=table,
        titled=tuple(
            Titled(name, "; ".join(example.title for example in part.examples))
            for name, part in named
            if part.examples
        ),
    )


def _offered(path: str, data: bytes) -> bool:
    return path.endswith(".yml") or len(data) <= LARGEST


def _facts(page: str, edition: Edition, proposal: Proposal) -> tuple[Fact, ...]:
    """Return what a proposal was built from, and how; of when, nothing is known."""
    how = proposal.settings
    benchmarks, models = edition.content.benchmarks, edition.content.models
    tasks = [
        Link(benchmarks[slug].name, benchmark_path(slug))
        if slug in benchmarks
        else Link(slug, BENCHMARKS)
        for slug in proposal.benchmarks
    ]
    makers = [
        Link(models[model].name, model_path(model)) if model in models else Link(model, MODELS)
        for model in proposal.models
    ]
    missing = [
        Link(benchmarks[slug].name, benchmark_path(slug))
        for slug in unseen(edition.content, proposal)
    ]
    said = {
        "Failures on": _together(page, tasks, BENCHMARKS),
        **({"Not built from": _together(page, missing, BENCHMARKS)} if missing else {}),
        "Of": _together(page, makers, MODELS) if makers else plain("every model that ran them"),
        "Titles by judge": plain(", ".join(proposal.judges)),
        "Begins": plain(MODES[proposal.mode]),
        "Method": plain(_method(proposal)),
        "Levels": plain(f"{how.depth} at most"),
        "Sizes": plain(
            f"{counted(how.least, 'failure')} a category on average, {how.most} branches at most, "
            f"those under {percent(how.rare)} of what is above them join “other”"
        ),
        "Made from": plain(f"{percent(how.sample)} of the distinct texts; all failures are placed"),
        "Seed": plain(str(how.seed)),
        "Compared with": plain(f"the taxonomy of version {proposal.taxonomy}"),
        "Hash of what it was built from": plain(proposal.input_hash[:16]),
        "Hash of the method": plain(how.prompt_hash[:16]),
    }
    return tuple(Fact(name, value) for name, value in said.items())


def _together(page: str, links: list[Link], hub: str) -> Link:
    """Return one link of several: to what the only one is, or to the list of all."""
    target = links[0].href if len(links) == 1 else hub
    return Link(listed([link.text for link in links]), href(page, target))


def _method(proposal: Proposal) -> str:
    if proposal.settings.method == "llm":
        return f"a language model, {proposal.settings.llm}, was asked step by step"
    return "words alone: titles and summaries grouped by the terms they share"
