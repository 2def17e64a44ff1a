import json

from click.testing import CliRunner

from generator.cli.main import Project
from generator.cli.new import command
from generator.errors import InputError


def run(root, *arguments):
    return CliRunner().invoke(command, ["planted", *arguments], obj=Project(root, debug=False))


def test_default_output_is_the_committed_content(tmp_path, content_root):
    """Byte for byte: no committed file comes from anywhere else."""
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    made = [path for path in (tmp_path / "content").rglob("*") if path.is_file()]
    assert len(made) == 21
    for path in made:
        name = path.relative_to(tmp_path / "content")
        assert path.read_bytes() == (content_root / name).read_bytes(), name


def test_report_names_counts_and_files(tmp_path):
    result = run(tmp_path, "--items", "28", "--seed", "3", "--out", str(tmp_path / "here"))
    assert result.exit_code == 0, result.output
    assert "28 items, 168 predictions of 6 systems" in result.output
    assert "21 files new, 0 replaced, 0 as they were" in result.output
    assert not (tmp_path / "content").exists()


def test_json_report(tmp_path):
    arguments = ("--items", "28", "--seed", "3", "--format", "json")
    report = json.loads(run(tmp_path, *arguments).output)
    assert report["items"] == 28
    assert len(report["written"]) == 21
    assert len(report["failures"]) == 6
    again = json.loads(run(tmp_path, *arguments).output)
    assert again["written"] == []
    assert len(again["unchanged"]) == 21


def test_other_contents_are_replaced_only_with_force(tmp_path):
    assert run(tmp_path, "--items", "28").exit_code == 0
    refused = run(tmp_path, "--items", "40")
    assert isinstance(refused.exception, InputError)
    assert "--force" in str(refused.exception)
    forced = run(tmp_path, "--items", "40", "--force")
    assert forced.exit_code == 0
    assert "0 files new, 8 replaced, 13 as they were" in forced.output


def test_too_few_items_are_a_usage_error(tmp_path):
    result = run(tmp_path, "--items", "19")
    assert result.exit_code == 2
    assert "20<=x<=5000" in result.output
