"""What is published is what readers use."""

from pathlib import Path

from generator.site.publish import drop_maps


def test_source_maps_are_not_published(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("bundle.js", "bundle.js.map", "main.css", "main.css.map", "of-the-world.map"):
        (tmp_path / "assets" / name).write_text("x", encoding="utf-8")
    drop_maps(tmp_path)
    left = sorted(path.name for path in (tmp_path / "assets").iterdir())
    assert left == ["bundle.js", "main.css", "of-the-world.map"]
