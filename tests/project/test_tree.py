"""What may be in the tree."""

import re
from pathlib import Path

from tests.conftest import LONGEST
from tests.project.tree import project_files, text_of

MEGABYTES_5 = 5_000_000

# Folders that belong to one machine or one person; the first sign before them must not be part
# of an address or of a relative path.
MACHINE = re.compile(
    r"(?<![\w.\-~)}/])/(?:home|Users|root|work|tmp|var/folders)/\w|[A-Z]:\\Users\\"
)

# Model output and vendored code say what they say.
VERBATIM = re.compile(r"content/(predictions|benchmarks)/.*\.jsonl|site_templates/assets/vendor/.*")

# Trailing space is content in these.
KEPT_SPACE = re.compile(VERBATIM.pattern + r"|tests/(data|golden)/.*|.*\.(svg|md)")


def test_no_file_names_a_folder_of_one_machine(project_root: Path):
    found = []
    for path in project_files(project_root):
        name = path.relative_to(project_root).as_posix()
        text = None if VERBATIM.fullmatch(name) else text_of(path)
        for number, line in enumerate((text or "").splitlines(), start=1):
            if match := MACHINE.search(line):
                found.append(f"{name}:{number}: {match.group()}")
    assert found == []


def test_the_pattern_for_machines_tells_folders_from_addresses():
    slash = "/"
    assert MACHINE.search(f"open('{slash}home/ada/x')")
    assert MACHINE.search(f"PATH={slash}root/bin")
    assert not MACHINE.search("https://example.org/work/1")
    assert not MACHINE.search("docs/work/notes")


def test_no_file_is_over_5_mb_but_verdicts(project_root: Path):
    verdicts = project_root / "content" / "verdicts"
    large = [
        path.relative_to(project_root).as_posix()
        for path in project_files(project_root)
        if path.stat().st_size > MEGABYTES_5 and verdicts not in path.parents
    ]
    assert large == []


def test_text_files_end_with_one_line_break_and_lines_without_space(project_root: Path):
    found = []
    for path in project_files(project_root):
        name = path.relative_to(project_root).as_posix()
        text = None if KEPT_SPACE.fullmatch(name) else text_of(path)
        if not text:
            continue
        if not text.endswith("\n") or text.endswith("\n\n"):
            found.append(f"{name}: end of file")
        found += [
            f"{name}:{number}: trailing space"
            for number, line in enumerate(text.split("\n"), start=1)
            if line != line.rstrip(" \t")
        ]
    assert found == []


def test_no_module_is_over_300_lines(project_root: Path):
    long = [
        f"{path.relative_to(project_root)}: {count} lines"
        for path in sorted((project_root / "generator").rglob("*.py"))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert long == []


def test_the_files_of_tests_that_come_first_are_there(project_root: Path):
    assert [name for name in LONGEST if not (project_root / "tests" / name).is_file()] == []


def test_licences_are_there_in_full(project_root: Path):
    code = (project_root / "LICENSE").read_text(encoding="utf-8")
    data = (project_root / "content" / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert "https://creativecommons.org/licenses/by/4.0/" in data
