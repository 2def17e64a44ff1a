"""The taxonomy as SKOS, written in Turtle.

Source:
    Miles and Bechhofer (2009), SKOS Simple Knowledge Organization System Reference, W3C
    Recommendation; Turtle 1.1, W3C Recommendation (2014).
"""

from collections.abc import Iterator

from generator.records.crosswalk import Crosswalk
from generator.records.taxonomy import Category, Retired, Taxonomy
from generator.store.content import Content
from generator.taxonomy.turtle import (
    NO_ADDRESS,
    PREFIXES,
    Statement,
    block,
    english,
    iri,
    iri_of,
    literal,
)


def turtle(content: Content) -> str:
    """Return taxonomy and cross-walks as one Turtle document, the same for the same content.

    Groups are collections, since nothing is placed in them; an entry of another scheme is a concept
    of its own that points at ours, so that ``broadMatch`` says that ours is the broader one.
    """
    url = content.atlas.url
    base = f"{url.rstrip('/')}/taxonomy/" if url else NO_ADDRESS
    title = f"{content.atlas.title} taxonomy"
    blocks = [*_scheme(base, content.taxonomy, title)]
    for slug, crosswalk in sorted(content.crosswalks.items()):
        blocks += _crosswalk(base, slug, crosswalk)
    return "\n".join([PREFIXES, *blocks])


def _concept(base: str, concept: str) -> str:
    return iri(base, *concept.split("/"))


def _scheme(base: str, taxonomy: Taxonomy, title: str) -> Iterator[str]:
    scheme = iri(base, "scheme")
    tops = [entry.id for entry in taxonomy.categories] + [kind.id for kind in taxonomy.attributions]
    yield block(
        scheme,
        "skos:ConceptScheme",
        [
            ("dct:title", english(title)),
            ("dct:license", "<https://creativecommons.org/licenses/by/4.0/>"),
            ("owl:versionInfo", literal(taxonomy.version)),
            *(("skos:hasTopConcept", _concept(base, top)) for top in tops),
        ],
    )
    for group in taxonomy.groups:
        inside = [entry.id for entry in taxonomy.categories if entry.group == group.id]
        yield block(
            iri(base, "group", group.id),
            "skos:Collection",
            [
                ("skos:prefLabel", english(group.name)),
                ("skos:scopeNote", english(group.question)),
                *(("skos:member", _concept(base, key)) for key in inside),
            ],
        )
    for entry in taxonomy.categories:
        yield from _category(base, scheme, entry)
    for kind in taxonomy.attributions:
        about = [("skos:prefLabel", english(kind.name)), _defined(kind.definition)]
        yield block(_concept(base, kind.id), "skos:Concept", [*about, *_top(kind.id, scheme)])
        for part in kind.subtypes:
            key = f"{kind.id}/{part}"
            named = ("skos:prefLabel", english(part.replace("-", " ")))
            yield block(_concept(base, key), "skos:Concept", [named, *_below(base, key, scheme)])
    for gone in taxonomy.retired:
        yield _retired(base, scheme, gone)


def _defined(text: str) -> Statement:
    return ("skos:definition", english(text))


def _top(key: str, scheme: str) -> list[Statement]:
    return [
        ("skos:notation", literal(key)),
        ("skos:topConceptOf", scheme),
        ("skos:inScheme", scheme),
    ]


def _below(base: str, key: str, scheme: str) -> list[Statement]:
    above = _concept(base, key.partition("/")[0])
    return [("skos:notation", literal(key)), ("skos:broader", above), ("skos:inScheme", scheme)]


def _category(base: str, scheme: str, entry: Category) -> Iterator[str]:
    yield block(
        _concept(base, entry.id),
        "skos:Concept",
        [
            ("skos:prefLabel", english(entry.name)),
            _defined(entry.definition),
            *(("skos:scopeNote", english(f"Includes: {case}")) for case in entry.includes),
            *(
                ("skos:scopeNote", english(f"Not this, but {one.then}: {one.when}"))
                for one in entry.excludes
            ),
            *_top(entry.id, scheme),
        ],
    )
    for sub in entry.subcategories:
        key = f"{entry.id}/{sub.id}"
        about = [("skos:prefLabel", english(sub.name)), _defined(sub.definition)]
        yield block(_concept(base, key), "skos:Concept", [*about, *_below(base, key, scheme)])


def _retired(base: str, scheme: str, gone: Retired) -> str:
    said = [
        ("skos:prefLabel", english(gone.name)),
        ("skos:notation", literal(gone.id)),
        ("skos:inScheme", scheme),
        ("owl:deprecated", "true"),
    ]
    if gone.reason:
        said.append(("skos:historyNote", english(gone.reason)))
    if gone.redirect:
        said.append(("dct:isReplacedBy", _concept(base, gone.redirect)))
    return block(_concept(base, gone.id), "skos:Concept", said)


def _crosswalk(base: str, slug: str, crosswalk: Crosswalk) -> Iterator[str]:
    scheme = iri(base, "crosswalks", slug)
    yield block(
        scheme,
        "skos:ConceptScheme",
        [
            ("dct:title", english(crosswalk.title)),
            ("dct:creator", literal(crosswalk.authors)),
            ("dct:source", iri_of(crosswalk.url)),
        ],
    )
    for entry in crosswalk.entries:
        name = entry.code or (f"{entry.part}: {entry.name}" if entry.part else entry.name)
        said = [("skos:prefLabel", english(entry.name)), ("skos:inScheme", scheme)]
        if entry.code:
            said.append(("skos:notation", literal(entry.code)))
        said += [
            (f"skos:{match.relation}Match", _concept(base, match.to)) for match in entry.matches
        ]
        yield block(iri(base, "crosswalks", slug, name), "skos:Concept", said)
