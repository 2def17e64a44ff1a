"""Two editions, released and published from a small checkout to a bare repository beside it."""

import io
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.made_up import files
from tests.release.conftest import commit, erroratlas, git
from tests.store.tree import lines, write

FIRST, SECOND = "2026.01", "2026.02"
PUBLIC = "https://atlas.example.org/errors"
BRANCH = "gh-pages"


@dataclass(frozen=True)
class Rehearsed:
    """What came of it."""

    root: Path
    """The checkout."""
    remote: Path
    """The bare repository."""
    host: Path
    """A host's folder, with what the branch holds below ``errors``."""
    built: dict[str, dict[str, bytes]]
    """Files of the site of each edition as they were built and checked, by its folder."""
    docs: dict[str, dict[str, bytes]]
    """Files of ``build/docs`` of each."""


def rehearse(judged: Path, folder: Path) -> Rehearsed:
    """Release and publish two editions and what is in preparation between them."""
    root, remote = folder / "checkout", folder / "remote.git"
    shutil.copytree(judged, root)
    git(root, "init", "--quiet", "--bare", str(remote))
    git(root, "remote", "add", "origin", str(remote))
    built: dict[str, dict[str, bytes]] = {}
    docs: dict[str, dict[str, bytes]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
        patch.setenv("ERRORATLAS_SITE_URL", PUBLIC)
        for name in ("NAME", "EMAIL"):
            patch.setenv(f"GIT_COMMITTER_{name}", "rehearsal")

        def published(name: str) -> None:
            assert erroratlas(root, "build", "--workers", "1") == 0
            assert erroratlas(root, "release", "publish", "--push", "origin") == 0
            built[name] = files(root / "build/site")
            docs[name] = files(root / "build/docs")

        _released(root, FIRST)
        published(FIRST)
        _changed(root)
        published("dev")
        _released(root, SECOND)
        published(SECOND)
    host = folder / "host"
    with tarfile.open(fileobj=io.BytesIO(_archived(remote))) as archive:
        archive.extractall(host / "errors", filter="data")
    (host / "index.html").write_text("<!doctype html><title>Host</title>", encoding="utf-8")
    return Rehearsed(root, remote, host, built, docs)


def _released(root: Path, version: str) -> None:
    assert erroratlas(root, "release", version, "--date", f"{version[:4]}-{version[5:]}-20") == 0
    commit(root)
    git(root, "tag", version)
    git(root, "push", "--quiet", "origin", "HEAD:refs/heads/main", version)


def _changed(root: Path) -> None:
    """Take a model out, put another one in, and prepare the next edition."""
    content = root / "content"
    atlas = content / "atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{FIRST}"', f'"{SECOND}-dev"'))
    (content / "models/acme__beta.yml").unlink()
    shutil.rmtree(content / "predictions/notes/acme__beta")
    (content / "verdicts/notes/acme__beta.parquet").unlink()
    write(content, "models/acme__gamma.yml", "name: Gamma\ndeveloper: Acme\n")
    folder = content / "predictions/sums"
    shutil.copytree(folder / "acme__alpha", folder / "acme__gamma")
    rows = [{"item_id": f"q{n}", "output": "", "score": 0.0} for n in range(1, 6)]
    write(content, "predictions/sums/acme__gamma/predictions.jsonl", lines(rows))
    assert erroratlas(root, "judge", "--workers", "1") == 0
    commit(root)


def _archived(remote: Path) -> bytes:
    return subprocess.run(
        ["git", "archive", "--format=tar", BRANCH], cwd=remote, capture_output=True, check=True
    ).stdout
