"""The site can move to Zensical: it builds from the same Markdown and the same ``mkdocs.yml``."""

import shutil

from tests.cli.test_main import run
from tests.integration.made_up import checkout
from tests.peers.conftest import call, need


def pages(site):
    """Return the pages of a built site, by their path below it."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def test_both_build_the_same_pages(project_root, tmp_path, monkeypatch):
    need("zensical")
    root = checkout(tmp_path / "checkout", project_root)
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
    status, output, messages = run(root, "build", "--no-site")
    assert status == 0, output + messages
    site = root / "build" / "site"
    call("-m", "zensical", "build", "--strict", "--clean", folder=root)
    theirs = pages(site)
    shutil.rmtree(site)
    call("-m", "mkdocs", "build", "--strict", "--quiet", folder=root)
    assert pages(site) == theirs
    assert len(theirs) > 40
