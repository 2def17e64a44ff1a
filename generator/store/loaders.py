"""YAML texts to plain values, with the line of every value."""

import re
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from generator.store.problems import visible

if yaml.__with_libyaml__:
    from yaml._yaml import CParser

Location = tuple[int | str, ...]


class FaultError(Exception):
    """A fault of the YAML itself."""

    def __init__(self, line: int, value: str, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.line, self.value, self.wrong, self.mend = line, value, wrong, mend


class _Refusing(Composer):
    """Refuses anchors and aliases: with them a short file can stand for an endless one."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node of the text."""
        event = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 0
            wrong, mend = "anchors and aliases are not allowed", "write the value out"
            raise FaultError(line, "", wrong, mend)
        return super().compose_node(parent, index)


class _Loader(_Refusing, yaml.SafeLoader):
    """YAML 1.2's core schema alone: no dates, no yes/no, no numbers in bases 2, 8, 16 and 60."""


_OF_YAML_1_1 = {f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "bool", "int", "float")}
RESOLVERS = {
    "bool": (re.compile("^(?:true|false)$"), "tf"),
    "int": (re.compile("^[-+]?(?:0|[1-9][0-9]*)$"), "-+0123456789"),
    "float": (
        re.compile(
            r"""^(?:[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)
                |\.[0-9]+(?:[eE][-+]?[0-9]+)?
                |\.(?:inf|Inf|INF))
                |\.(?:nan|NaN|NAN))$""",
            re.VERBOSE,
        ),
        "-+.0123456789",
    ),
}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OF_YAML_1_1]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _kind, (_pattern, _first) in RESOLVERS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", _pattern, list(_first))

_READ_APART = re.compile("[\t!?\x85\u2028\u2029\ufeff]")
"""Characters at some places of which one of the two loaders sees a fault and the other does not."""

if yaml.__with_libyaml__:

    class _QuickLoader(_Refusing, CParser, SafeConstructor, Resolver):
        """The same, where the C library takes the text apart: a fifth of the time.

        What is wrong with a text it says less clearly, so those are read again by the other one.
        """

        yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)


def plain(text: str, lines: dict[Location, int]) -> Any:
    """Return the value of a YAML text and note the line of every location in it.

    Args:
        text: One document.
        lines: Is filled: lines by place, counted from 1.

    Raises:
        FaultError: It says what is not allowed here.
        yaml.YAMLError: It is not YAML; or whatever a value raises that is not of its tag's type.
    """
    if yaml.__with_libyaml__ and not _READ_APART.search(text):
        try:
            return _built(_QuickLoader(text), lines)
        except yaml.YAMLError:
            lines.clear()
    return _built(_Loader(text), lines)


def _built(loader: Any, lines: dict[Location, int]) -> Any:
    """Return the value of what a loader reads; see ``plain``."""
    try:
        node = loader.get_single_node()
        if node is None:
            raise FaultError(1, "", "the file is empty", "fill it in")
        _walk(node, (), lines)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _walk(node: yaml.Node, place: Location, lines: dict[Location, int]) -> None:
    """Note lines; refuse a key given twice, which YAML would pass over in silence."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            _walk(child, (*place, position), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise FaultError(line, "", "a name is expected", "use a text as the name")
            if key.value in seen:
                raise FaultError(line, visible(key.value), "the field is given twice", "remove one")
            seen.add(key.value)
            _walk(child, (*place, key.value), lines)
            lines[(*place, key.value)] = line
