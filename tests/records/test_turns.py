"""Conversations: what can be one, its one text, and where each turn stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.records.benchmark import Item
from generator.records.keys import output_text, prediction_key
from generator.records.messages import MOST_CHARACTERS, MOST_TURNS, CallPlace, Message, ToolCall
from generator.records.prediction import Prediction
from generator.records.turns import told, turn_at

ITEM = Item(item_id="q", input="?", references=("1",))
FIRST, SECOND = ToolCall(name="add", arguments="{}", id="a"), ToolCall(name="stop", arguments="")
BOTH = Message(
    role="assistant", tool_calls=(FIRST, SECOND.model_copy(update={"id": "b"})), content="Hm."
)


def tool(content: str, call_id: str | None = None) -> Message:
    return Message(role="tool", content=content, call_id=call_id)


def said(content: str) -> Message:
    return Message(role="assistant", content=content)


def prediction(*turns: Message) -> Prediction:
    return Prediction(item_id="q", output=turns, score=0.0)


def without_ids(turns: tuple[Message, ...]) -> tuple[Message, ...]:
    return tuple(
        turn.model_copy(
            update={
                "call_id": None,
                "tool_calls": tuple(c.model_copy(update={"id": None}) for c in turn.tool_calls),
            }
        )
        for turn in turns
    )


@pytest.mark.parametrize(
    ("turns", "wrong"),
    [
        ((Message(role="user", content="Hm?"), said("1")), "the first turn is not the assistant's"),
        ((said("1"), Message(role="user", tool_calls=(FIRST,))), "turn 2 makes calls but"),
        ((said("1").model_copy(update={"call_id": "a"}),), "turn 1 has the result of a call but"),
        ((said("1"), tool("2", "a")), "turn 2 has the result of a call that was not made before"),
        ((BOTH, tool("2", "a"), tool("2", "a")), "turn 3 .* a call that has a result already"),
        ((BOTH, tool("1"), BOTH), "turn 3 gives a call the id of another call"),
        ((said("x" * MOST_CHARACTERS), said("x")), "2,000,001 characters in one conversation"),
        ((said("x"),) * (MOST_TURNS + 1), "at most 1000 items"),
        ((), "at least 1 item"),
    ],
)
def test_what_is_no_conversation_is_refused(turns: tuple[Message, ...], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        prediction(*turns)


def test_results_in_the_order_of_their_calls_need_no_name() -> None:
    named = (BOTH, tool("1", "a"), tool("2", "b"), said("3"))
    bare = without_ids(named)
    assert [turn.result_of for turn in told(named).turns] == [
        None,
        CallPlace(1, 1),
        CallPlace(1, 2),
        None,
    ]
    assert told(named) == told(bare)
    assert prediction_key("b", ITEM, prediction(*named)) == prediction_key(
        "b", ITEM, prediction(*bare)
    )


def test_results_in_another_order_are_another_conversation() -> None:
    crossed = (BOTH, tool("1", "b"), tool("2", "a"), said("3"))
    found = told(crossed)
    assert [turn.result_of for turn in found.turns[1:3]] == [CallPlace(1, 2), CallPlace(1, 1)]
    assert found.text == told(without_ids(crossed)).text
    assert prediction_key("b", ITEM, prediction(*crossed)) != prediction_key(
        "b", ITEM, prediction(*without_ids(crossed))
    )


def test_a_call_that_was_never_answered_gets_no_later_result() -> None:
    again = Message(role="assistant", tool_calls=(SECOND,))
    (*_, last) = told((without_ids((BOTH,))[0], tool("1"), again, tool("2"))).turns
    assert last.result_of == CallPlace(3, 1)


def test_keys_are_those_that_were_given_out_before() -> None:
    """Verdicts belong to them: they were computed by the first version of the records."""
    text = Prediction(item_id="q", output="2", score=0.0)
    assert prediction_key("sums", ITEM, text) == KEYS[0]
    talk = prediction(*without_ids((BOTH, tool("1"))))
    assert prediction_key("sums", ITEM, talk) == KEYS[1]


KEYS = (
    "3d609d3602b65fbc9ff8fddf0629735d66c0e05fdf614a2190987d28fba6804e",
    "7e86817770df798eec330375fc01d3eaf3d75ec5ceb7ece97711fd496e5798e4",
)

ROLES = st.sampled_from(("user", "system", "tool", "assistant"))
TURNS = st.builds(
    lambda role, content, calls: Message(
        role=role, content=content, tool_calls=calls if role == "assistant" else ()
    ),
    ROLES,
    st.text(max_size=12) | st.sampled_from(("\n[tool]\n", "[assistant]\n1", "")),
    st.lists(st.just(SECOND), max_size=2).map(tuple),
)


@given(st.lists(TURNS, max_size=6))
def test_every_turn_is_found_from_any_place_in_it(rest: list[Message]) -> None:
    turns = (said("1"), *rest)
    found = told(turns)
    assert found.text == output_text(prediction(*turns))
    assert [turn.number for turn in found.turns] == list(range(1, len(turns) + 1))
    for message, turn in zip(turns, found.turns, strict=True):
        assert turn.role == message.role
        assert found.text[turn.start : turn.said] == message.content
        for call, place in zip(message.tool_calls, turn.calls, strict=True):
            assert found.text[place.start : place.end] == f"{call.name}({call.arguments})"
        for offset in (turn.start, turn.end - 1):
            if turn.end > turn.start:
                assert turn_at(found.turns, offset) == turn
        assert turn_at(found.turns, turn.start - 1) in (None, *found.turns[: turn.number - 1])
