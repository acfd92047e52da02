"""Commands in this process, with a home, a configuration and a keyring of their own."""

import gc
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from ccr_desktop.cli import main

OURS = Path(main.__file__).parent.parent


class MemoryKeyring(KeyringBackend):
    """A keyring that is gone with the test."""

    priority = 1  # type: ignore[assignment]  # a class property there, as its documentation has it
    name = "test keyring"  # type: ignore[assignment]  # likewise

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[f"{service}/{username}"]


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(slots=True)
class Home:
    """A user's files."""

    folder: Path
    keys: dict[str, str] = field(default_factory=dict)
    """What the keyring holds, by `service/user`."""

    @property
    def own(self) -> Path:
        return self.folder / "desk" / "config" / "config.json"

    @property
    def foreign(self) -> Path:
        return self.folder / ".claude-code-router" / "config.json"

    @property
    def raw(self) -> Any:
        return json.loads(self.own.read_text(encoding="utf-8"))

    def write(self, content: Any, path: Path | None = None) -> Path:
        place = path or self.own
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return place


class _Terminal(io.StringIO):
    """Standard input that a person seems to sit at."""

    def isatty(self) -> bool:
        return True


Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def much_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that pytest holds is, and to count it takes each command a part of a second."""
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 1)


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home without anything in it, and a keyring in memory."""
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("SERVICE_PORT", raising=False)
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield Home(tmp_path, backend.kept)
    keyring.set_keyring(before)


@pytest.fixture
def without_keyring(user: Home) -> None:
    keyring.set_keyring(fail.Keyring())


@pytest.fixture
def run(user: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; with `typed` as if a person had typed these lines on a terminal."""

    def command(*arguments: str, stdin: str = "", typed: str | None = None) -> Said:
        stream = io.StringIO(stdin) if typed is None else _Terminal(typed)
        monkeypatch.setattr(sys, "stdin", stream)
        if typed is not None:
            monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
            monkeypatch.setattr("getpass.getpass", lambda *_, **__: stream.readline())
        try:
            code = main.ccr(list(arguments))
        except SystemExit as exc:
            code = int(exc.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err or str(OURS) not in said.err  # that of a plugin may be
        return Said(code, said.out, said.err)

    return command
