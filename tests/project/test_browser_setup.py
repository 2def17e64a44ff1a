"""Without a browser the tests say so, and where it is required they fail."""

from pathlib import Path

import pytest

from tests import browser_setup


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with no Chromium and no way to get one."""
    monkeypatch.setattr(browser_setup, "chromium", no_chromium)
    monkeypatch.setattr(browser_setup, "INSTALLERS", {"Nowhere": lambda: False})


def no_chromium() -> Path | None:
    """Find nothing."""
    return None


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(("value", "status"), [("", 0), ("0", 0), ("1", 1)])
def test_setup_names_what_is_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str, status: int
):
    monkeypatch.setenv("ERRORATLAS_REQUIRE_BROWSER", value)
    assert browser_setup.main() == status
    assert "NOT RUN: the browser tests" in capsys.readouterr().err


@pytest.mark.usefixtures("no_browser")
def test_a_browser_test_is_skipped_without_a_browser(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ERRORATLAS_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="make browser"):
        browser_setup.chromium_or_skip()


@pytest.mark.usefixtures("no_browser")
def test_a_browser_test_fails_where_a_browser_is_required(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ERRORATLAS_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="make browser"):
        browser_setup.chromium_or_skip()


def test_an_installer_that_fails_shows_what_it_said(capsys: pytest.CaptureFixture[str]):
    assert not browser_setup.run(["sh", "-c", "echo no such package; exit 1"])
    assert "no such package" in capsys.readouterr().err


def test_an_installer_that_is_not_there_is_no_crash(capsys: pytest.CaptureFixture[str]):
    assert not browser_setup.run(["no-such-installer"])
    assert "no-such-installer" in capsys.readouterr().err
