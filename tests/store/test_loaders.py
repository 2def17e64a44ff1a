"""What the C library makes of a YAML text is what PyYAML's own parser makes of it."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.store.loaders import FaultError, Location, plain

PIECES = [
    *"ab1:-#'\"[]{}&*|>%@`,\\\t!?\u2028",
    *[
        "\n",
        "\n  ",
        ": ",
        "- ",
        "---\n",
        "...\n",
        "true",
        "1e5",
        "2024-01-01",
        '"\\x41"',
        "<<",
        "\ufeff",
    ],
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def _made(text: str) -> tuple[object, ...]:
    """Return the value and its lines, or what is wrong."""
    lines: dict[Location, int] = {}
    try:
        return repr(plain(text, lines)), lines
    except FaultError as fault:
        return fault.line, fault.value, fault.wrong
    except yaml.MarkedYAMLError as error:
        return error.problem, error.problem_mark and error.problem_mark.line
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return type(error), str(error)


@given(TEXTS, TEXTS)
@example("a", "")
@example("&x 1", "- *x")
@example("[1, {b: 2}", "")
@example("", "")
@example("a\tb", "'1'")
@settings(max_examples=300)
def test_both_parsers_agree(value: str, other: str) -> None:
    text = f"name: {value}\nlist:\n  - {other}\n  - 'x'\n"
    quick = _made(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        assert _made(text) == quick


def test_the_line_of_every_value_is_noted() -> None:
    lines: dict[Location, int] = {}
    assert plain("a: 1\nb:\n  - x\n  - {c: 2}\n", lines) == {"a": 1, "b": ["x", {"c": 2}]}
    assert lines["b", 1, "c"] == 4
    assert lines["b", 0] == 3
