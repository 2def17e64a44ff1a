"""Entries and the identifiers of items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator.readers.logs.entries import item_id
from generator.records.base import ItemId

ADAPTER = TypeAdapter(ItemId)


@pytest.mark.parametrize("name", ["0", "a/b.c", "subject:7", "Case_3-x"])
def test_a_name_that_can_be_an_identifier_stays(name):
    assert item_id(name) == name


@pytest.mark.parametrize("name", ["", " ", "../../etc", "a b", "-x", "é", "x" * 200, "a//b", "."])
def test_any_other_name_becomes_one(name):
    assert ADAPTER.validate_python(item_id(name)) != name


def test_names_that_differ_in_what_is_left_out_stay_two():
    assert item_id("a b") != item_id("a  b") != item_id("a-b")


@given(st.text(max_size=300))
def test_whatever_a_log_calls_an_item_it_gets_an_identifier(name):
    ADAPTER.validate_python(item_id(name))
    assert item_id(name) == item_id(name)
