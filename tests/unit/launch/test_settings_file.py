"""What Claude Code is told by a file when the router starts it."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.launch.settings_file import settings_arguments, statusline_command


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    return tmp_path


def config(*, enabled: object) -> Config:
    return read_config({"StatusLine": {"enabled": enabled}}, None, {})


def test_the_status_line_is_set_when_it_is_enabled(home: Path) -> None:
    option, path = settings_arguments(config(enabled=True), ["-p", "hello"])

    assert option == "--settings"
    assert Path(path).parent == home / "cache"
    line = json.loads(Path(path).read_text("utf-8"))["statusLine"]
    assert line == {"type": "command", "command": statusline_command(), "padding": 0}
    assert sys.platform == "win32" or Path(path).stat().st_mode & 0o777 == 0o600
    assert settings_arguments(config(enabled=True), []) == [option, path]
    assert len(list((home / "cache").iterdir())) == 1


@pytest.mark.parametrize("enabled", [False, None, "yes"])
def test_nothing_is_set_otherwise(home: Path, enabled: object) -> None:
    assert settings_arguments(config(enabled=enabled), []) == []
    assert not (home / "cache").exists()


@pytest.mark.parametrize("own", [["--settings", "x.json"], ["--settings=x.json"]])
def test_settings_of_the_user_come_first(own: list[str]) -> None:
    assert settings_arguments(config(enabled=True), own) == []


@pytest.mark.skipif(sys.platform == "win32", reason="split as a shell of POSIX does")
def test_the_command_draws_a_line() -> None:
    done = subprocess.run(
        shlex.split(statusline_command()), input=b"{}", capture_output=True, check=True
    )

    assert done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="split as a shell of POSIX does")
def test_the_command_runs_nothing_of_the_folder_it_starts_in(tmp_path: Path) -> None:
    for name in ("json", "logging", "ccr_desktop"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('code of the folder')\n", "utf-8")

    command = shlex.split(statusline_command())
    done = subprocess.run(command, check=False, input=b"{}", capture_output=True, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
