"""YAML is read and written as fast as libyaml does it, and never otherwise than Python does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.store import plain_yaml
from generator.store.plain_yaml import FaultError, read_plain, write_plain
from tests.fuzz.breaking import spoiled
from tests.fuzz.targets import DOCUMENTS

PIECES = (
    *"ab1:-#'\"[]{}&*|>%@`,\\\t!?\x85\u2028\u2029\ufeff",
    *("\n", "\n  ", ": ", "- ", "---\n", "...\n"),
    *("true", "1e5", "2024-01-01", '"\\x41"', "<<"),
)
FLOWS = (
    "a: [b, {c: d, 'e': \"f\\n\"}]\n",
    "a: |\n  x\n  y\nb: >\n  x\n\n  y\n",
    "- a\n- - b\n  - c\n- d: e\n",
)


def told(read, text):
    """Return what reading a text gives: its value and lines, or the error in its own words."""
    try:
        return read(text)
    except Exception as error:  # noqa: BLE001 - whatever is raised is compared
        return type(error), str(error)


def thorough(text):
    return plain_yaml._read(plain_yaml._Thorough(text))


@pytest.mark.parametrize("seed", range(4))
def test_broken_texts_are_read_and_refused_as_before_libyaml(seed):
    dice = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(60):
        sound = dice.choice((*DOCUMENTS.values(), *FLOWS)).encode()
        text = spoiled(sound, dice).decode("utf-8", "replace")[:20_000]
        assert told(read_plain, text) == told(thorough, text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a: \t",
            "z\tb\n",
            "a: !",
            "a: [!, c]",
            "--- !",
            "---",
            "a: b\n\ufeff",
            "a: [b\n\n? c]\n",
            "a: |#\n  b\n",
            "a: >-1# b\n  c\n",
        ),
        *("a: 1\na: 2\n", "", "a: &b c", "a: *b", "a: !!int ''", "<<: {a: 1}\n", "a: 1_000\n", "~"),
        *("[" * 3_000, "- " * 3_000 + "x", "{a: " * 3_000, "[" * 3_000 + "]" * 3_000),
    ],
)
def test_what_the_two_could_read_differently(text):
    assert told(read_plain, text) == told(thorough, text)


@given(*[st.lists(st.sampled_from(PIECES), max_size=14).map("".join)] * 2)
@settings(max_examples=300)
def test_texts_of_all_sorts_of_marks_are_read_and_refused_as_before_libyaml(value, other):
    text = f"name: {value}\nlist:\n  - {other}\n  - 'x'\n"
    assert told(read_plain, text) == told(thorough, text)


def test_the_line_of_every_value_is_noted():
    value, lines = read_plain("a: 1\nb:\n  - x\n  - {c: 2}\n")
    assert value == {"a": 1, "b": ["x", {"c": 2}]}
    assert (lines["b", 0], lines["b", 1, "c"]) == (3, 4)


def test_usual_texts_are_left_to_libyaml(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(plain_yaml._Thorough, "__init__", refuse)
    for text in (*DOCUMENTS.values(), *FLOWS):
        assert read_plain(text).lines[()] == 1


def written_in_python(value):
    return plain_yaml.yaml.dump(
        value, Dumper=plain_yaml._Dumper, sort_keys=False, allow_unicode=True, width=96
    )


WORDS = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    st.lists(st.sampled_from([*PIECES, " ", "word "]), max_size=60).map("".join),
    st.sampled_from(["1", "0x1", "1e3", ".5", "2026-01-01", "~", "no", "=", "", " ", "- ", "a: b"]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
@settings(max_examples=300)
def test_values_are_written_as_before_libyaml(value):
    for one in (value, {"field": value}):
        assert write_plain(one) == written_in_python(one)


@pytest.mark.parametrize("word", ["word " * 60, "w" * 300, " word" * 60, "it's: " * 40])
def test_long_lines_are_parted_as_before_libyaml(word):
    value = {"name": word, "list": [word, {"inner": word}]}
    assert plain_yaml._written_alike(value)
    assert write_plain(value) == written_in_python(value)


def test_usual_values_are_left_to_libyaml(monkeypatch):
    monkeypatch.setattr(plain_yaml, "_Dumper", None)
    assert write_plain({"name": "Plums", "score": 0.5}) == "name: Plums\nscore: 0.5\n"


def test_anchors_are_refused_before_they_unfold():
    with pytest.raises(FaultError, match="anchors and aliases are not allowed"):
        read_plain("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
