"""The policy of a page names its inline scripts and nothing more."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.site.csp import Inline, inline, policy, protect, with_policy

PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>x</title>'
    "<script>let a = '<b>' && 1</script></head><body>"
    '<script id="c" type="application/json">{"a": 1}</script>'
    '<script src="x.js"></script><script type="module">let m</script></body></html>'
)


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_scripts_that_run_are_found_and_data_and_files_are_not() -> None:
    assert inline(PAGE) == Inline(scripts=("let a = '<b>' && 1", "let m"))


def test_each_inline_script_is_named_by_its_hash() -> None:
    html = with_policy(PAGE)
    for script in ("let a = '<b>' && 1", "let m"):
        assert f"'sha256-{digest(script)}'" in html


def test_line_ends_are_hashed_as_a_browser_reads_them() -> None:
    assert digest("a\nb\nc") in policy(Inline(("a\r\nb\rc",)))


def test_scripts_have_no_loophole() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(Inline(("x",))).split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy(Inline(("x",)))
    assert rules["style-src"] == "'self'"
    assert not re.search(r"https?:|\*", policy(Inline(("x",))))


def test_styles_in_a_page_are_named_by_their_hashes_and_no_others_apply() -> None:
    """Those of attributes need a word that says so, which scripts never get."""
    page = PAGE.replace("<title>", "<style>p{top:0}</style><title>")
    page = page.replace("<body>", '<body><p style="color:red"><p style="">')
    assert inline(page).styles == ("p{top:0}",)
    assert inline(page).attributes == ("color:red",)
    rules = dict(rule.split(" ", 1) for rule in policy(inline(page)).split("; "))
    assert rules["style-src"] == (
        f"'self' 'sha256-{digest('p{top:0}')}' 'unsafe-hashes' 'sha256-{digest('color:red')}'"
    )
    assert "unsafe" not in rules["script-src"]


def test_the_policy_stands_before_all_that_it_rules() -> None:
    html = with_policy(PAGE)
    assert html.index("Content-Security-Policy") < html.index("<script")
    assert html.index("charset") < html.index("Content-Security-Policy")


def test_doing_it_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("index.html", "sub/index.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert protect(tmp_path) == 2
    once = (tmp_path / "index.html").read_bytes()
    assert protect(tmp_path) == 2
    assert (tmp_path / "index.html").read_bytes() == once
    assert once.decode() == with_policy(PAGE)


def test_a_page_without_a_place_for_the_policy_fails_by_name(tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<p>x", encoding="utf-8")
    with pytest.raises(InputError, match=r"bare\.html: no <meta charset>"):
        protect(tmp_path)
