"""The taxonomy as SKOS, written in Turtle.

Source:
    Miles and Bechhofer (2009), SKOS Simple Knowledge Organization System Reference, W3C
    Recommendation; Turtle 1.1, W3C Recommendation (2014).
"""

import json
from collections.abc import Iterator
from urllib.parse import quote

from generator.records.crosswalk import Crosswalk
from generator.records.taxonomy import Category, Retired, Taxonomy
from generator.store.content import Content

_PREFIXES = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_NO_ADDRESS = "urn:x-erroratlas:"
"""What identifiers begin with as long as the Atlas has no public address."""

Statement = tuple[str, str]
"""Predicate and object."""


def turtle(content: Content) -> str:
    """Return taxonomy and cross-walks as one Turtle document, the same for the same content.

    Groups are collections, since nothing is placed in them; an entry of another scheme is a concept
    of its own that points at ours, so that ``broadMatch`` says that ours is the broader one.
    """
    url = content.atlas.url
    base = f"{url.rstrip('/')}/taxonomy/" if url else _NO_ADDRESS
    title = f"{content.atlas.title} taxonomy"
    blocks = [*_scheme(base, content.taxonomy, title)]
    for slug, crosswalk in sorted(content.crosswalks.items()):
        blocks += _crosswalk(base, slug, crosswalk)
    return "\n".join([_PREFIXES, *blocks])


def _iri(base: str, *parts: str) -> str:
    return f"<{base}{'/'.join(quote(part, safe='') for part in parts)}>"


def _concept(base: str, concept: str) -> str:
    return _iri(base, *concept.split("/"))


def _text(text: str) -> str:
    """Return a literal; what JSON escapes, Turtle escapes in the same way."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _english(text: str) -> str:
    return f"{_text(text)}@en"


def _block(subject: str, kind: str, statements: list[Statement]) -> str:
    said = [("a", kind), *statements]
    lines = " ;\n".join(f"    {predicate} {value}" for predicate, value in said)
    return f"{subject}\n{lines} .\n"


def _scheme(base: str, taxonomy: Taxonomy, title: str) -> Iterator[str]:
    scheme = _iri(base, "scheme")
    tops = [entry.id for entry in taxonomy.categories] + [kind.id for kind in taxonomy.attributions]
    yield _block(
        scheme,
        "skos:ConceptScheme",
        [
            ("dct:title", _english(title)),
            ("dct:license", "<https://creativecommons.org/licenses/by/4.0/>"),
            ("owl:versionInfo", _text(taxonomy.version)),
            *(("skos:hasTopConcept", _concept(base, top)) for top in tops),
        ],
    )
    for group in taxonomy.groups:
        inside = [entry.id for entry in taxonomy.categories if entry.group == group.id]
        yield _block(
            _iri(base, "group", group.id),
            "skos:Collection",
            [
                ("skos:prefLabel", _english(group.name)),
                ("skos:scopeNote", _english(group.question)),
                *(("skos:member", _concept(base, key)) for key in inside),
            ],
        )
    for entry in taxonomy.categories:
        yield from _category(base, scheme, entry)
    for kind in taxonomy.attributions:
        about = [("skos:prefLabel", _english(kind.name)), _defined(kind.definition)]
        yield _block(_concept(base, kind.id), "skos:Concept", [*about, *_top(kind.id, scheme)])
        for part in kind.subtypes:
            key = f"{kind.id}/{part}"
            named = ("skos:prefLabel", _english(part.replace("-", " ")))
            yield _block(_concept(base, key), "skos:Concept", [named, *_below(base, key, scheme)])
    for gone in taxonomy.retired:
        yield _retired(base, scheme, gone)


def _defined(text: str) -> Statement:
    return ("skos:definition", _english(text))


def _top(key: str, scheme: str) -> list[Statement]:
    return [("skos:notation", _text(key)), ("skos:topConceptOf", scheme), ("skos:inScheme", scheme)]


def _below(base: str, key: str, scheme: str) -> list[Statement]:
    above = _concept(base, key.partition("/")[0])
    return [("skos:notation", _text(key)), ("skos:broader", above), ("skos:inScheme", scheme)]


def _category(base: str, scheme: str, entry: Category) -> Iterator[str]:
    yield _block(
        _concept(base, entry.id),
        "skos:Concept",
        [
            ("skos:prefLabel", _english(entry.name)),
            _defined(entry.definition),
            *(("skos:scopeNote", _english(f"Includes: {case}")) for case in entry.includes),
            *(
                ("skos:scopeNote", _english(f"Not this, but {one.then}: {one.when}"))
                for one in entry.excludes
            ),
            *_top(entry.id, scheme),
        ],
    )
    for sub in entry.subcategories:
        key = f"{entry.id}/{sub.id}"
        about = [("skos:prefLabel", _english(sub.name)), _defined(sub.definition)]
        yield _block(_concept(base, key), "skos:Concept", [*about, *_below(base, key, scheme)])


def _retired(base: str, scheme: str, gone: Retired) -> str:
    said = [
        ("skos:prefLabel", _english(gone.name)),
        ("skos:notation", _text(gone.id)),
        ("skos:inScheme", scheme),
        ("owl:deprecated", "true"),
    ]
    if gone.reason:
        said.append(("skos:historyNote", _english(gone.reason)))
    if gone.redirect:
        said.append(("dct:isReplacedBy", _concept(base, gone.redirect)))
    return _block(_concept(base, gone.id), "skos:Concept", said)


def _crosswalk(base: str, slug: str, crosswalk: Crosswalk) -> Iterator[str]:
    scheme = _iri(base, "crosswalks", slug)
    yield _block(
        scheme,
        "skos:ConceptScheme",
        [
            ("dct:title", _english(crosswalk.title)),
            ("dct:creator", _text(crosswalk.authors)),
            ("dct:source", _iri_of(crosswalk.url)),
        ],
    )
    for entry in crosswalk.entries:
        name = entry.code or (f"{entry.part}: {entry.name}" if entry.part else entry.name)
        said = [("skos:prefLabel", _english(entry.name)), ("skos:inScheme", scheme)]
        if entry.code:
            said.append(("skos:notation", _text(entry.code)))
        said += [
            (f"skos:{match.relation}Match", _concept(base, match.to)) for match in entry.matches
        ]
        yield _block(_iri(base, "crosswalks", slug, name), "skos:Concept", said)


def _iri_of(url: str) -> str:
    """Return an address as an IRI; what an IRI may not hold is escaped."""
    return f"<{quote(url, safe=_URL_SIGNS)}>"


_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~"
