"""The lasting name of a computer and user."""

import ctypes
import sys
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.secrets import owner


def test_it_is_the_same_each_time() -> None:
    assert owner.owner() == owner.owner()
    assert "|" in owner.owner()


def test_the_first_name_that_there_is_counts(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "id").write_text("0123abcd\n")
    places = [str(tmp_path / name) for name in ("none", "empty", "id")]

    assert owner._first_text(tuple(places)) == "0123abcd"
    assert owner._first_text(tuple(places[:2])) == ""


@pytest.mark.parametrize(("failed", "name"), [(0, "07" * 16), (-1, "")], ids=["told", "refused"])
def test_macos_tells_its_own(monkeypatch: pytest.MonkeyPatch, failed: int, name: str) -> None:
    class System:
        def gethostuuid(self, found: Any, _limit: object) -> int:
            ctypes.memset(found, 7, 16)
            return failed

    monkeypatch.setattr(owner.ctypes, "CDLL", lambda _name: System())
    monkeypatch.setattr(sys, "platform", "darwin")

    assert owner._machine() == name


def test_a_system_that_tells_nothing_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError

    monkeypatch.setattr(owner, "_first_text", refuse)
    monkeypatch.setattr(sys, "platform", "linux")

    assert owner._machine() == ""
