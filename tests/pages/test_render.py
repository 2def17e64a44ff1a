"""Templates are filled strictly: nothing missing, nothing unformatted, nothing computed there."""

import ast
import dataclasses
import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
import jinja2.meta
import pytest
from jinja2 import nodes

import generator.pages
from generator.errors import ContentError
from generator.pages.escaping import Html, escape
from generator.pages.prose import prose_pages
from generator.pages.render import environment, output, render_prose, template_folder
from tests.pages.world import World


@dataclasses.dataclass(frozen=True)
class One:
    value: Any


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(generator.pages.__path__, "generator.pages."):
        yield importlib.import_module(found.name)


def contexts() -> list[type]:
    """The dataclasses of the floor, each once."""
    return [
        value
        for module in modules()
        for _, value in inspect.getmembers(module, dataclasses.is_dataclass)
        if value.__module__ == module.__name__
    ]


TEMPLATES = sorted(
    path.relative_to(template_folder()).as_posix() for path in template_folder().rglob("*.j2")
)


def parsed(name: str) -> nodes.Template:
    return environment().parse((template_folder() / name).read_text(encoding="utf-8"))


def test_missing_variable_is_an_error() -> None:
    with pytest.raises(ContentError, match="'nothing' is undefined"):
        render_prose("{{ nothing }}", One("x"))


def test_missing_attribute_is_an_error() -> None:
    with pytest.raises(ContentError, match="no attribute 'nothing'"):
        render_prose("{{ value.nothing }}", One("x"))


@pytest.mark.parametrize(
    "asked",
    [
        "{{ nothing }}",
        "{{ value",
        "{% for x in value %}",
        "{{ value.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ value.format.__globals__ }}",
        "{{ range(10 ** 9) | list }}",
        "{{ 1 // 0 }}",
        "{{ none }}",
        "{% include 'home.md.j2' %}",
    ],
)
def test_fault_of_a_hand_written_page_is_reported_as_one_of_its_file(asked: str) -> None:
    """No page can break out of its template, and none ends in a traceback."""
    with pytest.raises(ContentError) as caught:
        render_prose(f"one\n\n{asked}\n", One("x"), "pages/a.md")
    (problem,) = caught.value.problems
    assert problem.path == "pages/a.md"
    assert problem.line == 3
    assert asked in ast.literal_eval(problem.value)
    assert "\n" not in str(problem)


def test_fault_of_a_page_of_the_atlas_names_its_file(small: World) -> None:
    page = small.content.root / "pages" / "about.md"
    page.parent.mkdir()
    page.write_text("# About\n\n{{ heading }}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^pages/about\.md:3: .*'heading' is undefined"):
        list(prose_pages(small.edition()))


@pytest.mark.parametrize("value", [None, True, 0.25, dt.date(2026, 1, 1), ["a"], b"x"])
def test_value_that_nobody_put_into_words_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match="format it before"):
        output(value)


def test_text_is_escaped_by_default_and_fragments_pass() -> None:
    assert render_prose("{{ value }}", One("<b>")) == "&#60;b&#62;"
    assert render_prose("{{ value }}", One(Html("<b>"))) == "<b>"
    assert output(17) == "17"


def test_value_that_looks_like_a_template_is_not_one() -> None:
    assert render_prose("{{ value }}", One("{{ 7 * 7 }}")) == escape("{{ 7 * 7 }}")


def test_filter_that_marks_text_as_safe_does_not_help() -> None:
    assert render_prose("{{ value | safe }}", One("<b>")) == "&#60;b&#62;"


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_computes_nothing(name: str) -> None:
    """No arithmetic, no joining of texts, no filter, no call but that of a loop's own."""
    tree = parsed(name)
    banned = (
        nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow,
        nodes.Concat, nodes.Filter, nodes.Call, nodes.Macro,
    )  # fmt: skip
    assert [type(found).__name__ for found in tree.find_all(banned)] == []


def test_context_of_each_template_has_exactly_the_fields_it_uses() -> None:
    """A template named in a context's docstring uses every field, and no other variable."""
    named = {
        context.__doc__.split("``")[1]: context
        for context in contexts()
        if context.__doc__ and ".j2``" in context.__doc__
    }
    pages = {name for name in TEMPLATES if "/" not in name} - {"decisions_index.md.j2"}
    assert pages <= set(named) | {"decisions_index.md.j2"}
    for name, context in named.items():
        fields = {field.name for field in dataclasses.fields(context)}
        assert variables(name) <= fields, name
        assert fields - variables(name) - {"head"} <= given_to_partials(name), name


def variables(name: str) -> set[str]:
    return set(jinja2.meta.find_undeclared_variables(parsed(name)))


def given_to_partials(name: str) -> set[str]:
    """Variables of the partials that a template includes."""
    included = jinja2.meta.find_referenced_templates(parsed(name))
    return {used for partial in included if partial for used in variables(partial)}


@pytest.mark.parametrize("context", contexts(), ids=lambda found: found.__name__)
def test_every_field_of_every_context_says_what_it_is(context: type) -> None:
    source = ast.parse(inspect.getsource(context)).body[0]
    assert isinstance(source, ast.ClassDef)
    silent = [
        first.target.id
        for first, second in zip(source.body, [*source.body[1:], None], strict=True)
        if isinstance(first, ast.AnnAssign)
        and isinstance(first.target, ast.Name)
        and not (
            isinstance(second, ast.Expr)
            and isinstance(second.value, ast.Constant)
            and isinstance(second.value.value, str)
        )
    ]
    assert silent == []
    assert context.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_jinja_is_imported_for_pages_and_for_prompts_alone(project_root: Path) -> None:
    users = [
        path.name
        for path in (project_root / "generator").rglob("*.py")
        if "import jinja2" in (text := path.read_text(encoding="utf-8")) or "from jinja2" in text
    ]
    assert sorted(users) == ["render.py", "wording.py"]
