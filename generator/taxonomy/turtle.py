"""What SKOS documents are written with: blocks of statements in Turtle.

Source:
    Turtle 1.1, W3C Recommendation (2014).
"""

import json
from urllib.parse import quote

PREFIXES = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NO_ADDRESS = "urn:x-erroratlas:"
"""What identifiers begin with as long as the Atlas has no public address."""

Statement = tuple[str, str]
"""Predicate and object."""


def iri(base: str, *parts: str) -> str:
    """Return an identifier below a base, its parts escaped."""
    return f"<{base}{'/'.join(quote(part, safe='') for part in parts)}>"


def literal(text: str) -> str:
    """Return a literal; what JSON escapes, Turtle escapes in the same way."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def english(text: str) -> str:
    """Return a literal in English."""
    return f"{literal(text)}@en"


def block(subject: str, kind: str, statements: list[Statement]) -> str:
    """Return what is said of one subject.

    Args:
        subject: What it is about.
        kind: Its class.
        statements: Further predicates and objects.
    """
    said = [("a", kind), *statements]
    lines = " ;\n".join(f"    {predicate} {value}" for predicate, value in said)
    return f"{subject}\n{lines} .\n"


def iri_of(url: str) -> str:
    """Return an address as an IRI; what an IRI may not hold is escaped."""
    return f"<{quote(url, safe=_URL_SIGNS)}>"


_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~"
