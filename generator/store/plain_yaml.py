"""YAML's core schema alone: a text as a plain value, with the line of every field, and back.

libyaml takes texts apart, and writes them, several times as fast as Python does. What it refuses is
read once more in Python, whose words the messages are; what the two read or write differently is
left to Python alone.
"""

import json
import re
from typing import Any, NamedTuple

import yaml
from yaml.composer import Composer

from generator.store.problems import visible

Location = tuple[int | str, ...]
"""Names of fields and places in lists, from the outermost on."""


class FaultError(Exception):
    """A fault of the YAML itself."""

    def __init__(self, line: int, value: str, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.line, self.value, self.wrong, self.mend = line, value, wrong, mend


class Plain(NamedTuple):
    """What a text says."""

    value: Any
    """Texts, numbers, lists and mappings."""
    lines: dict[Location, int]
    """The line of every field and entry, from 1."""


class _Bounded(Composer):
    """Refuses anchors and aliases: with them a short file can stand for an endless one."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node of the text."""
        event = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 0
            wrong, mend = "anchors and aliases are not allowed", "write the value out"
            raise FaultError(line, "", wrong, mend)
        return super().compose_node(parent, index)


class _Thorough(_Bounded, yaml.SafeLoader):
    """Reads all that is allowed, and says why it refuses the rest."""


# PyYAML that was built without libyaml has the thorough one alone.
_LIBYAML: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Quick(_Bounded, _LIBYAML):  # type: ignore[misc]  # which one is known only here
    """Takes a text apart in libyaml; its nodes are made in Python, which bounds how deep it is."""

    def __init__(self, text: str) -> None:
        _LIBYAML.__init__(self, text)
        Composer.__init__(self)


class _Dumper(yaml.SafeDumper):
    """Escapes the characters that YAML takes for the end of a line or passes over.

    Quotes every text that either version of YAML could take for a number.
    """


# PyYAML that was built without libyaml has the other one alone.
_LIBYAML_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _QuickDumper(_LIBYAML_DUMPER):  # type: ignore[misc]  # which one is known only here
    """Writes in libyaml what both write alike."""


# YAML 1.2's core schema: no dates, no yes/no, no numbers in bases 2, 8, 16 and 60.
_OF_YAML_1_1 = {f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "bool", "int", "float")}
_RESOLVERS = {
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
for _loader in (_Thorough, _Quick):
    _loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OF_YAML_1_1]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
for _class in (_Thorough, _Quick, _Dumper, _QuickDumper):
    for _kind, (_pattern, _first) in _RESOLVERS.items():
        _class.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", _pattern, list(_first))

_UNLIKE = re.compile(r"[!?](?<![^\s\[{,].)|[|>][-+0-9]*#", re.DOTALL)
"""Where a tag or a complex key may begin, or a comment follows the mark of a block without a space:
the two differ in some odd ones."""
_FRAGILE = re.compile("[\x85\u2028\u2029\ufeff]")


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _FRAGILE.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


for _dumper in (_Dumper, _QuickDumper):
    _dumper.add_representer(str, _text_node)


def read_plain(text: str) -> Plain:
    """Return the value of a YAML text and the lines in it.

    Raises:
        FaultError: The text uses what is refused, or names a field twice.
        yaml.YAMLError: It is no YAML.
        Exception: What a value raises that is not of the type which its tag names, or that is
            nested too deep.
    """
    if not _read_alike(text):
        return _read(_Thorough(text))
    try:
        return _read(_Quick(text))
    except Exception:  # noqa: BLE001  whatever it is, the thorough one says it in its own words
        return _read(_Thorough(text))


def _read_alike(text: str) -> bool:
    """Tell whether libyaml takes a text as Python does, if it takes it at all.

    Only the first lets tabs, document marks and a byte order mark stand where they do no harm, and
    they part lines at different characters.
    """
    return not ("\t" in text or "---" in text or _FRAGILE.search(text) or _UNLIKE.search(text))


def _read(loader: Any) -> Plain:
    lines: dict[Location, int] = {}
    try:
        node = loader.get_single_node()
        if node is None:
            raise FaultError(1, "", "the file is empty", "fill it in")
        _walk(node, (), lines)
        return Plain(loader.construct_document(node), lines)
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


def write_plain(value: Any) -> str:
    """Return a plain value as a YAML text: fields in their order."""
    dumper = _QuickDumper if _written_alike(value) else _Dumper
    text: str = yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, width=96)
    return text


def _written_alike(value: Any) -> bool:
    """Tell whether a value has fields, and all texts are printable ASCII without quotes.

    The two part and escape others differently, write empty names in other ways, and end a value
    that has no fields otherwise.
    """
    text = json.dumps(value)
    odd = "\\" in text or '""' in text or not text.isprintable()
    return isinstance(value, dict) and not odd
