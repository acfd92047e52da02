"""Scripts of the user: what they may be, and what happens when they fail."""

import sys
import time
from pathlib import Path

import pytest

from ccr_desktop.statusline.scripts import FAILED, Scripts
from tests.support.node import needs_node

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="scripts of POSIX")
LONG_S = 30


def said(path: Path, content: str, limit_s: float = LONG_S) -> str:
    path.write_text(content, "utf-8")
    path.chmod(0o755)
    return Scripts(limit_s=limit_s).text(str(path), {"model": "qwen", "options": {"a": 1}})


@pytest.mark.parametrize(
    "content",
    [
        "def status(values): return 'on ' + values['model']",
        "async def status(values): return 'on ' + values['model']",
        "status = 'on qwen'",
        "line = 'on qwen'",
        "print('on', 'qwen')",
        "def main(values): print('on', values['model'])",
    ],
    ids=["function", "coroutine", "text", "other name", "printed", "function that prints"],
)
def test_python_files_may_hold_a_function_or_a_text(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(tmp_path / "own.py", content) == "on qwen"
    assert capsys.readouterr().out == ""


@posix_only
def test_any_program_gets_the_values_as_json(tmp_path: Path) -> None:
    content = f"#!{sys.executable}\nimport json, sys\nprint('on', json.load(sys.stdin)['model'])"

    assert said(tmp_path / "own", content) == "on qwen"
    assert said(tmp_path / "deaf", "#!/bin/sh\necho on qwen") == "on qwen"


@needs_node
@pytest.mark.parametrize(
    "content",
    ["module.exports = v => 'on ' + v.model", "module.exports = async v => `on ${v.model}`"],
)
def test_scripts_of_claude_code_router_still_work(tmp_path: Path, content: str) -> None:
    assert said(tmp_path / "own.js", content) == "on qwen"


@pytest.mark.parametrize(
    "content",
    ["raise ValueError('no')", "import sys; sys.exit(3)", "def status(", "def status(): return 1"],
)
def test_a_failure_leaves_a_mark_and_its_reason(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(tmp_path / "own.py", content) == f"{FAILED} own.py"
    assert "own.py failed" in capsys.readouterr().err


@posix_only
def test_a_program_that_fails_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(tmp_path / "own", "#!/bin/sh\necho because >&2; exit 3") == f"{FAILED} own"
    assert "exit code 3. because" in capsys.readouterr().err
    assert Scripts().text(str(tmp_path / "missing"), {}) == f"{FAILED} missing"


@posix_only
def test_a_late_program_is_ended_with_its_children(tmp_path: Path) -> None:
    begun = time.monotonic()

    text = said(tmp_path / "late", "#!/bin/sh\nsleep 60 & sleep 60", 0.05)

    assert text == f"{FAILED} late"
    assert time.monotonic() - begun < LONG_S


def test_a_late_python_file_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "late.py"
    path.write_text("import threading\nthreading.Event().wait(2)", "utf-8")
    scripts = Scripts(limit_s=0.05)

    assert scripts.text(str(path), {}) == f"{FAILED} late.py"
    assert scripts.left_one_running


def test_those_behind_a_late_one_are_not_blamed_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "late.py").write_text("import threading\nthreading.Event().wait(2)", "utf-8")
    (tmp_path / "next.py").write_text("status = 'here'", "utf-8")
    scripts = Scripts(str(tmp_path), limit_s=0.05)

    assert scripts.text("late.py", {}) == f"{FAILED} late.py"
    assert scripts.text("next.py", {}) == f"{FAILED} next.py"
    assert "the scripts before it" in capsys.readouterr().err


def test_paths_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "own.py").write_text("status = 'here'", "utf-8")

    assert Scripts(limit_s=LONG_S).text("~/own.py", {}) == "here"
    assert Scripts(limit_s=LONG_S).text("$HOME/own.py", {}) == "here"


def test_other_paths_begin_at_the_folder_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("status = 'here'", "utf-8")

    assert Scripts(str(tmp_path), LONG_S).text("own.py", {}) == "here"
