"""Where the settings come from, and what a file that is no plain JSON costs."""

import json
import sys
from pathlib import Path

import pytest

from ccr_desktop.statusline import settings
from ccr_desktop.statusline.settings import load

WITH_COMMENT = """{
  // what is shown
  StatusLine: {currentStyle: "mine", mine: {modules: [{type: "model"},]}},
  Router: {default: "p,m"},
}"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_the_own_file_comes_before_the_one_of_claude_code_router(home: Path) -> None:
    assert load().modules is None

    write(home / ".claude-code-router" / "config.json", '{"StatusLine": {"currentStyle": "old"}}')
    assert load().style == "old"

    write(home / "own" / "config" / "config.json", '{"StatusLine": {"currentStyle": "new"}}')
    assert load().style == "new"

    named = write(home / "x.json", '\ufeff{"StatusLine": {"currentStyle": "named"}}')
    assert load(str(named)).style == "named"


def test_comments_are_read_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(home / "own" / "config" / "config.json", WITH_COMMENT)
    first = load()

    monkeypatch.setattr(settings, "_with_comments", lambda *_: pytest.fail("read again"))
    second = load()

    assert first.modules == second.modules == [{"type": "model"}]
    assert first.default_model == second.default_model == "m"
    kept = home / "own" / "cache" / "statusline.json"
    assert sys.platform == "win32" or kept.stat().st_mode & 0o777 == 0o600

    path.write_text(json.dumps({"StatusLine": {"currentStyle": "changed"}}), "utf-8")
    assert load().style == "changed"


@pytest.mark.parametrize("content", ["{", "", "[]", "5", "\xff\xfe"])
def test_a_broken_file_means_the_built_in_line(
    home: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(home / "own" / "config" / "config.json", content)

    assert load().modules is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "line",
    ["5", "[]", '{"default": 5}', '{"default": {"modules": {}}}', '{"default": {"modules": [1]}}'],
)
def test_odd_settings_mean_the_built_in_modules(home: Path, line: str) -> None:
    write(home / "own" / "config" / "config.json", f'{{"StatusLine": {line}}}')

    assert load().modules is None
