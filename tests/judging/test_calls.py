import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.calls import calls_in, read_calls


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "weather", "arguments": {"city": "Oslo", "days": 3}}',
        '[{"name": "weather", "arguments": {"city": "Oslo", "days": 3}}]',
        '{"function": {"name": "weather", "arguments": "{\\"city\\": \\"Oslo\\", \\"days\\": 3}"}}',
        '{"weather": {"city": "Oslo", "days": 3}}',
        "weather(city='Oslo', days=3)",
        "[weather(city='Oslo', days=3)]",
        'weather({"city": "Oslo", "days": 3})',
    ],
)
def test_a_call_is_read_in_every_notation(text: str) -> None:
    (call,) = read_calls(text)
    assert call.name == "weather"
    assert dict(call.arguments) == {"city": "Oslo", "days": 3}


@pytest.mark.parametrize(
    "text",
    [
        "```json\n{call}\n```",
        "Sure, here it is: {call} Done.",
        "<tool_call>\n{call}\n</tool_call>",
    ],
)
def test_wrapping_is_taken_off_and_told(text: str) -> None:
    output = text.replace("{call}", '{"name": "weather", "arguments": {"city": "Oslo"}}')
    calls = calls_in(output)
    assert calls.wrapped
    assert [call.name for call in calls.made] == ["weather"]
    assert output[calls.start : calls.end].strip().startswith('{"name"')


def test_json_that_is_no_call_is_not_searched_for_calls() -> None:
    assert not calls_in('{"code": "console.log(1)"}').made


@pytest.mark.parametrize(
    "text",
    ["[" * 5_000, "f(" * 3_000, "-" * 7_000 + "f(1)", '{"a":' * 2_000, "f(" + "a+" * 3_000 + "a)"],
)
def test_deep_and_long_text_is_refused_without_an_error(text: str) -> None:
    calls_in(text)
    assert read_calls("x" + text * 10) == ()


def test_nothing_is_evaluated() -> None:
    (call,) = read_calls("f(x=__import__('os').getcwd())")
    assert call.arguments == {"x": "__import__('os').getcwd()"}


@given(st.text(alphabet="[]{}()\"'\\,:=.abc1 \n`", max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    calls_in(text)
