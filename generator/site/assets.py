"""Style sheet, scripts and images of the site, as files of build/docs."""

from pathlib import Path

from generator.charts.export import theme_json
from generator.errors import InputError

FOLDER = Path("site_templates", "assets")
"""Where they lie in the project."""

KINDS = frozenset({".css", ".js", ".svg", ".txt", ".woff2"})
"""What is published; how the vendored files were made stays in the project."""


def asset_files(root: Path) -> dict[str, bytes]:
    """Return the assets, path relative to build/docs to bytes, in the order of their paths.

    Args:
        root: The project.

    Raises:
        InputError: There are none.
    """
    folder = root / FOLDER
    files = {
        f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in KINDS and "node_modules" not in path.parts
    }
    if not files:
        raise InputError(f"{folder}: no style sheet, no script: the checkout is not whole")
    # The colours of the charts are decided once, beside the charts.
    files["assets/chart-theme.json"] = theme_json()
    return files
