"""Conversations on pages: turn by turn, the evidence in its turn, everything escaped."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.finals import Span
from generator.pages.examples import texts_reader
from generator.pages.render import render
from generator.pages.turns import (
    FOLDED_FROM,
    MOST_TURNS,
    OTHERS_LIMIT,
    TurnView,
    place_words,
    shown_turns,
    turn_views,
)
from generator.records.messages import Message, ToolCall
from generator.records.turns import told
from tests.pages import explore_world
from tests.pages.test_escaping import Outline

LONG = "weather " * 100
HOSTILE = ("</li></ol><script>", "\n\n# x\n", "{{ 7 }}")
TURNS = (
    Message(
        role="assistant",
        content="I look.",
        tool_calls=(ToolCall(name="sky", arguments='{"at": "<b>"}'),),
    ),
    Message(role="tool", content=LONG),
    Message(role="assistant", content="It is 3 + 4 = 8 degrees."),
)


def span_of(words: str, turns: tuple[Message, ...] = TURNS) -> Span:
    at = told(turns).text.index(words)
    return Span(at, at + len(words))


@dataclass(frozen=True)
class Shown:
    """What the partial is filled with."""

    turns: tuple[TurnView, ...]


def page(turns: tuple[Message, ...] = TURNS, *evidence: Span) -> str:
    return render("partials/turns.md.j2", Shown(turn_views(turns, evidence)))


def test_each_turn_says_who_speaks_and_what_it_is_the_result_of() -> None:
    found = turn_views(TURNS, [])
    assert [(one.speaker, one.note) for one in found] == [
        ("Model", "turn 1"),
        ("Tool", "turn 2, result of call 1 of turn 1, 800 characters"),
        ("Model", "turn 3"),
    ]
    assert [one.folded for one in found] == [False, True, False]
    assert [Outline(call).text for call in found[0].calls] == ['sky({"at": "<b>"})']


def test_evidence_is_marked_within_its_turn_and_its_turn_is_named() -> None:
    evidence = [span_of("3 + 4 = 8"), span_of("sky")]
    assert place_words(TURNS, evidence) == ("turn 1", "turn 3")
    first, _, last = turn_views(TURNS, evidence)
    assert "<mark>3" in last.text
    assert first.calls[0].startswith("<mark>sky</mark>")
    assert place_words((), evidence) == ()


def test_a_turn_with_evidence_is_never_folded() -> None:
    assert len(LONG) >= FOLDED_FROM
    (_, tool, _) = turn_views(TURNS, [span_of("weather")])
    assert not tool.folded


def test_a_long_turn_of_others_is_cut_visibly() -> None:
    turns = (TURNS[0], Message(role="tool", content="x" * 9_000))
    assert f"[{9_000 - OTHERS_LIMIT:,} characters not shown]" in Outline(page(turns)).text


def test_a_turn_of_nothing_is_shown_as_nothing() -> None:
    found = turn_views((Message(role="assistant"),), [])
    assert (found[0].spoke, found[0].text) == (True, "")
    assert turn_views((), []) == ()


def test_of_a_long_conversation_the_turns_with_evidence_are_shown() -> None:
    turns = tuple(Message(role="assistant", content=f"Step <{n}>.") for n in range(200))
    found = list(shown_turns(turns, [span_of("Step <77>", turns)]))
    assert [one.turn.number for one in found] == [*range(1, 13), 78, *range(189, 201)]
    assert [one.skipped for one in found if one.skipped] == [65, 110]
    assert len(found) == MOST_TURNS + 1
    assert "65 turns not shown" in Outline(page(turns, span_of("Step <77>", turns))).text


@pytest.mark.parametrize("role", ["assistant", "tool", "user", "system"])
@given(
    content=st.text(max_size=30) | st.sampled_from(("</li></ol><script>", "\n\n# x\n", "{{ 7 }}"))
)
def test_no_turn_gets_out_of_its_place(role: str, content: str) -> None:
    turns = (TURNS[0], Message(role=role, content=content))
    shown = page(turns)
    assert shown.count("<li") == shown.count("</li>") == 2
    assert "<script" not in shown
    assert "\n\n" not in shown, "a blank line would end the block of HTML"


def test_texts_of_a_run_have_their_turns(tmp_path) -> None:
    edition = explore_world.edition(tmp_path)
    model = explore_world.MODELS[1]
    found = texts_reader(edition.content)(explore_world.TEXTED, model, ["i1", "i2"])
    assert found["i1"].messages == ()
    assert found["i2"].messages == explore_world.TALK
    assert found["i2"].output == told(explore_world.TALK).text
