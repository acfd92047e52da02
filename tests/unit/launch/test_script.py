"""The script that a terminal runs, run here by the shell without one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ccr_desktop.errors import CcrError
from ccr_desktop.launch import script
from ccr_desktop.launch.script import Start, write_script

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="runs in a shell of POSIX")
REPORT = """\
#!{python}
import json, os, sys
print(json.dumps({{"argv": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ)}}))
sys.exit(int(os.environ.get("CLAUDE_EXIT", "0")))
"""
ODD = ["say \"hi\" to 'me'", "$HOME `id` \\ *", "two\nlines", "", "-", "ü", "a;b&c|d", "%PATH%"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return tmp_path


def claude(home: Path) -> str:
    program = home / "my programs" / "claude"
    program.parent.mkdir()
    program.write_text(REPORT.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def run(path: Path, keys: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        [path], env=environment, input=keys, capture_output=True, text=True, check=False, timeout=60
    )


@posix_only
def test_claude_gets_its_arguments_folder_and_environment(home: Path) -> None:
    folder = home / 'it\'s a "project" $x'
    folder.mkdir()
    value = "sk-'quoted' $HOME \\"
    start = Start(str(folder), (claude(home), *ODD), {"TOKEN": value, "GONE": None}, "/also here")

    done = run(write_script(start), GONE="x", KEPT="y")

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["argv"] == ODD
    assert seen["cwd"] == str(folder)
    assert seen["env"]["TOKEN"] == value
    assert seen["env"]["KEPT"] == "y"
    assert "GONE" not in seen["env"]
    assert seen["env"]["PATH"] == f"{os.environ['PATH']}:/also here"


@posix_only
def test_the_script_is_for_its_owner_alone_and_takes_itself_away(home: Path) -> None:
    path = write_script(Start(str(home), (claude(home),), {}))

    assert path.stat().st_mode & 0o777 == 0o700
    assert path.parent == home / "desk" / "data" / "run"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    run(path)
    assert not path.exists()


@posix_only
def test_it_is_gone_before_claude_runs(home: Path) -> None:
    path = write_script(Start(str(home), ("/bin/sh", "-c", f'ls "{home}/desk/data/run"'), {}))

    assert run(path).stdout == ""


@posix_only
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["/bin/sh", "-c", "exit 3"], 3, "Claude Code ended with code 3."),
        (["/no/such/claude"], 127, "/no/such/claude could not be run."),
        (["/bin/sh", "-c", "kill -TERM $$"], 143, "Claude Code ended with code 143."),
    ],
)
def test_an_end_with_an_error_stays_on_the_screen_until_enter(
    home: Path, command: list[str], code: int, said: str
) -> None:
    done = run(write_script(Start(str(home), tuple(command), {})), keys="\n")

    assert done.returncode == code
    assert said in done.stdout
    assert done.stdout.endswith("Press Enter to close this window. ")


@posix_only
def test_an_interrupt_does_not_end_the_script_before_claude(home: Path) -> None:
    command = ("/bin/sh", "-c", "kill -INT $PPID; exit 5")

    assert run(write_script(Start(str(home), command, {}))).returncode == 5


@posix_only
def test_a_folder_that_is_gone_is_told(home: Path) -> None:
    folder = home / "it's gone"
    done = run(write_script(Start(str(folder), ("true",), {})))

    assert done.returncode == 1
    assert f"The folder {folder} can't be entered." in done.stdout


@posix_only
def test_scripts_that_no_terminal_ran_are_cleared_away(home: Path) -> None:
    start = Start(str(home), ("true",), {})
    old, fresh = write_script(start), write_script(start)
    os.utime(old, (0, 0))

    newest = write_script(start)

    assert not old.exists()
    assert fresh.exists()
    assert newest.exists()


@posix_only
def test_scripts_lie_in_memory_where_the_system_has_a_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CCR_DESKTOP_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))

    path = write_script(Start(str(home), ("true",), {}))

    assert path.parent == home / "ccr-desktop"
    path.unlink()


@posix_only
def test_a_place_that_runs_nothing_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(CcrError, match="No program may be run from"):
        write_script(Start(str(home), ("true",), {}))
    assert list((home / "desk" / "data" / "run").iterdir()) == []


def test_what_is_secret_is_not_shown_by_a_start() -> None:
    assert "sk-1" not in repr(Start("/", ("claude",), {"TOKEN": "sk-1"}))


# -- Windows -----------------------------------------------------------------------------------


def batch(*command: str, **variables: str | None) -> str:
    return "".join(script._cmd_lines(Start("C:\\my project", command, variables)))


def test_a_batch_file_sets_what_is_needed_and_ends_itself() -> None:
    text = batch("C:\\a b\\claude.exe", "-p", "hi there", TOKEN="50% & more", GONE=None)
    lines = text.split("\r\n")

    assert 'cd /d "C:\\my project"' in lines
    assert 'set "TOKEN=50%% & more"' in lines
    assert 'set "GONE="' in lines
    assert '^"C:\\a b\\claude.exe^" -p ^"hi there^"' in lines
    assert lines[-2] == '(goto) 2>nul & del "%~f0"'


def test_signs_of_cmd_reach_a_program_as_they_are() -> None:
    text = batch("claude.exe", 'say "hi" & del *', "100%")

    assert '^"say \\^"hi\\^" ^& del *^"' in text
    assert "100%%" in text


def test_another_batch_file_is_called_and_gets_nothing_that_it_would_read_twice() -> None:
    assert 'call "C:\\npm\\claude.cmd" "-p" "a & b"' in batch("C:\\npm\\claude.cmd", "-p", "a & b")
    for word in ('say "hi"', "%PATH%"):
        with pytest.raises(CcrError, match="batch file"):
            batch("claude.cmd", word)
    with pytest.raises(CcrError, match="two lines"):
        batch("claude.exe", "two\nlines")
