"""The taxonomy in the formats of others, of the committed content."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from generator.records.taxonomy import Retired
from generator.store.content import Content, load_content
from generator.taxonomy.crosswalks import elsewhere
from generator.taxonomy.export import COLUMNS, EXPORTS, FILES, csv_table, json_tree
from generator.taxonomy.retirement import placed
from generator.taxonomy.skos import turtle
from generator.taxonomy.tree import concepts

OURS = Namespace("urn:x-erroratlas:")


@pytest.fixture(scope="module")
def content(content_root: Path) -> Content:
    return load_content(content_root)


@pytest.fixture(scope="module")
def graph(content: Content) -> Graph:
    return Graph().parse(data=turtle(content), format="turtle")


def test_every_format_has_a_file_of_its_own() -> None:
    assert EXPORTS.keys() == FILES.keys()
    assert len(set(FILES.values())) == len(FILES)


def test_the_tree_as_json_has_every_category_under_its_group(content: Content) -> None:
    tree = json.loads(json_tree(content))
    found = [
        key
        for group in tree["groups"]
        for entry in group["categories"]
        for key in (entry["id"], *(f"{entry['id']}/{sub['id']}" for sub in entry["subcategories"]))
    ]
    assert sorted(found) == sorted(placed(content.taxonomy))
    assert tree["crosswalks"].keys() == content.crosswalks.keys()


def test_the_table_has_one_row_per_concept(content: Content) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(content))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == list(concepts(content.taxonomy))
    assert (
        "eic: calculation_error (close)" in next(r for r in rows if r["id"] == "E13")["elsewhere"]
    )


def test_skos_has_every_concept_with_label_notation_and_place(
    content: Content, graph: Graph
) -> None:
    scheme = OURS["scheme"]
    for key, name in concepts(content.taxonomy).items():
        concept = OURS[key]
        assert (concept, RDF.type, SKOS.Concept) in graph
        assert graph.value(concept, SKOS.prefLabel) == Literal(name, lang="en")
        assert (concept, SKOS.inScheme, scheme) in graph
        above = URIRef(OURS[key.partition("/")[0]]) if "/" in key else None
        assert graph.value(concept, SKOS.broader) == above
        assert ((concept, SKOS.topConceptOf, scheme) in graph) == (above is None)


def test_skos_has_every_mapping_of_every_scheme(content: Content, graph: Graph) -> None:
    found = {
        relation: len(list(graph.subject_objects(SKOS[f"{relation}Match"])))
        for relation in ("exact", "close", "broad", "narrow", "related")
    }
    wanted = dict.fromkeys(found, 0)
    for crosswalk in content.crosswalks.values():
        for entry in crosswalk.entries:
            for match in entry.matches:
                wanted[match.relation] += 1
    assert found == wanted
    counting = OURS["crosswalks/eic/counting_error"]
    assert (counting, SKOS.broadMatch, OURS["E14"]) in graph


def test_entries_of_other_schemes_do_not_fall_together(content: Content, graph: Graph) -> None:
    for slug, crosswalk in content.crosswalks.items():
        inside = set(graph.subjects(SKOS.inScheme, OURS[f"crosswalks/{slug}"]))
        assert len(inside) == len(crosswalk.entries)


def test_a_retired_id_is_deprecated_and_replaced(content: Content) -> None:
    """Whatever stands in a reason is a literal."""
    reason = 'It was "two" \\ things,\tor \u2028 three.'
    gone = Retired(id="E18", name="Sums", since="0.9", retired="1.0", redirect="E13", reason=reason)
    changed = replace(content, taxonomy=content.taxonomy.model_copy(update={"retired": (gone,)}))
    graph = Graph().parse(data=turtle(changed), format="turtle")
    assert (OURS["E18"], OWL.deprecated, Literal(True)) in graph
    assert (OURS["E18"], DCTERMS.isReplacedBy, OURS["E13"]) in graph
    assert [str(note) for note in graph.objects(OURS["E18"], SKOS.historyNote)]
    last = list(csv.DictReader(io.StringIO(csv_table(changed))))[-1]
    assert (last["id"], last["kind"], last["redirect"]) == ("E18", "retired", "E13")


def test_identifiers_are_addresses_once_the_atlas_has_one(content: Content) -> None:
    atlas = content.atlas.model_copy(update={"url": "https://atlas.example.org/"})
    text = turtle(replace(content, atlas=atlas))
    assert "<https://atlas.example.org/taxonomy/E13/rounding>" in text
    assert "<urn:" not in text


def test_exports_are_the_same_every_time(content: Content) -> None:
    assert [export(content) for export in EXPORTS.values()] == [
        export(content) for export in EXPORTS.values()
    ]


def test_the_schemes_asked_for_are_there_with_their_entries(content: Content) -> None:
    sizes = {slug: len(crosswalk.entries) for slug, crosswalk in content.crosswalks.items()}
    assert sizes == {
        "bfcl": 56,
        "eic": 9,
        "fava": 6,
        "ifeval": 9,
        "mast": 14,
        "mmlu-redux": 7,
        "realmistake": 4,
        "trail": 22,
    }


def test_a_cross_walk_can_be_read_from_our_side(content: Content) -> None:
    names = {match.entry.name for match in elsewhere(content.crosswalks, "E15")}
    assert {"Unit Conversion Error", "Missing Step"} <= names
