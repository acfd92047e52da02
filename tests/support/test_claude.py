"""Fetching the client: what happens where it cannot be had."""

import shutil
from pathlib import Path

import pytest

from tests.support import claude


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claude, "BUILDS", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)


def test_without_npm_a_developer_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="npm is not installed"):
        claude.executable(claude.NEWEST)


def test_without_npm_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="npm is not installed"):
        claude.executable(claude.NEWEST)
