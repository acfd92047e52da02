"""Finding Claude Code, wherever an installer has put it."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.errors import ClaudeMissing
from ccr_desktop.launch import installers
from ccr_desktop.launch.asking import output_of
from ccr_desktop.launch.program import SILENT_NPM, ClaudeProgram, find_claude, with_version

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of POSIX")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder without anything, on a system without anything."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(installers, "_SYSTEM_FOLDERS", ())
    return tmp_path


def install(folder: Path, content: str = "#!/bin/sh\n", name: str = "claude") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(content, encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def found(environment: Mapping[str, str] | None = None) -> ClaudeProgram:
    return find_claude(Config(), {"PATH": "/no/such/folder", **(environment or {})})


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (".claude/local", "native"),
        (".local/bin", "native"),
        (".npm-global/bin", "npm"),
        (".volta/bin", "volta"),
        (".asdf/shims", "asdf"),
        (".local/share/mise/shims", "mise"),
        (".bun/bin", "bun"),
        (".nvm/versions/node/v22.1.0/bin", "nvm"),
        (".local/share/fnm/node-versions/v22.1.0/installation/bin", "fnm"),
    ],
)
def test_claude_is_found_where_installers_put_it(home: Path, place: str, kind: str) -> None:
    path = install(home / place)

    assert found() == ClaudeProgram(path, kind=kind)


@pytest.mark.parametrize(
    ("variable", "inside"),
    [
        ("NPM_CONFIG_PREFIX", "bin"),
        ("VOLTA_HOME", "bin"),
        ("NVM_DIR", "versions/node/v9/bin"),
        ("PNPM_HOME", ""),
    ],
)
def test_variables_of_installers_are_followed(home: Path, variable: str, inside: str) -> None:
    path = install(home / "elsewhere" / inside)

    assert found({variable: str(home / "elsewhere")}).path == path
    with pytest.raises(ClaudeMissing):
        found({variable: "elsewhere"})


def test_the_newest_version_of_node_comes_first(home: Path) -> None:
    node = home / ".nvm" / "versions" / "node"
    for version in ("v9.11.2", "v20.3.0", "v22.1.0"):
        (node / version / "bin").mkdir(parents=True)
    install(node / "v9.11.2" / "bin")
    newest = install(node / "v20.3.0" / "bin")

    assert found().path == newest


def test_the_path_comes_before_the_usual_folders(home: Path) -> None:
    install(home / ".local" / "bin")
    path = install(home / "mine")

    assert found({"PATH": str(home / "mine")}) == ClaudeProgram(path, kind="PATH")


def test_what_is_configured_counts_alone(home: Path) -> None:
    install(home / "bin")
    path = install(home / "my tools", name="my claude")
    environment = {"PATH": str(home / "bin")}

    assert find_claude(Config(claude_path=path), environment).path == path
    assert find_claude(Config(), {**environment, "CLAUDE_PATH": path}).kind == "configured"
    assert find_claude(Config(claude_path="~/my tools/my claude"), environment).path == path
    with pytest.raises(ClaudeMissing, match="/nowhere/claude"):
        find_claude(Config(claude_path="/nowhere/claude"), environment)


def test_npm_is_asked_for_its_folder_of_programs(home: Path) -> None:
    prefix = home / "prefix"
    install(home / "bin", f'#!/bin/sh\ntest "$*" = "prefix --global" && echo {prefix}\n', "npm")
    path = install(prefix / "bin")

    assert found({"PATH": str(home / "bin")}) == ClaudeProgram(path, kind="npm")


def test_an_npm_that_says_nothing_is_told_among_the_places(home: Path) -> None:
    install(home / "bin", "#!/bin/sh\nexit 1\n", "npm")

    with pytest.raises(ClaudeMissing) as caught:
        found({"PATH": str(home / "bin")})

    assert SILENT_NPM in caught.value.looked


def test_the_login_shell_is_asked_at_last_and_its_chatter_is_no_path(home: Path) -> None:
    path = install(home / "only in the shell")
    shell = install(
        home / "bin",
        f'#!/bin/sh\n[ "$1" = -lc ] || exit 1\nprintf "Welcome!\\n/etc\\n{path}\\nbye\\n"\n',
        "shell",
    )

    assert found({"SHELL": shell}) == ClaudeProgram(path, kind="login shell")


def test_a_real_login_shell_tells_what_its_profile_sets(home: Path) -> None:
    path = install(home / "own")
    (home / ".profile").write_text(f'PATH="{home / "own"}:$PATH"\necho hello\n', "utf-8")

    assert found({"SHELL": "/bin/sh", "HOME": str(home)}).path == path


@pytest.mark.parametrize("says", ["claude", "alias claude='x'", "/no/such/program", "/etc/passwd"])
def test_what_is_no_program_is_not_believed(home: Path, says: str) -> None:
    shell = install(home / "bin", f'#!/bin/sh\necho "{says}"\n', "shell")

    with pytest.raises(ClaudeMissing):
        found({"SHELL": shell})


def test_what_is_missing_is_told_with_the_places_and_the_way_out(home: Path) -> None:
    with pytest.raises(ClaudeMissing) as caught:
        found()

    error = caught.value
    assert error.install == "npm install -g @anthropic-ai/claude-code"
    assert {"the PATH", "~/.local/bin", "~/.claude/local", "the login shell"} <= {*error.looked}
    assert error.install in str(error)
    assert "CLAUDE_PATH" in str(error)
    assert str(home) not in str(error)


@pytest.mark.parametrize(
    ("says", "version"),
    [("2.1.330 (Claude Code)", "2.1.330"), ("v1.0.128", "1.0.128"), ("hello", ""), ("", "")],
)
def test_the_version_is_what_it_says(home: Path, says: str, version: str) -> None:
    program = ClaudeProgram(install(home / "bin", f'#!/bin/sh\necho "{says}"\n'), kind="npm")

    assert with_version(program, os.environ) == ClaudeProgram(program.path, version, "npm")


def test_a_program_that_cannot_be_asked_has_no_version(home: Path) -> None:
    broken = install(home / "bin", "#!/no/such/interpreter\n")

    assert with_version(ClaudeProgram(broken), os.environ).version == ""


# -- asking a program --------------------------------------------------------------------------


def test_a_program_that_never_ends_is_ended_with_its_children(home: Path) -> None:
    note = home / "child"
    script = f'sleep 1000 & echo $! >"{note}"; echo early; wait'

    limit_s, said = 0.5, ""
    while not said and limit_s < 100:  # a busy machine may not have begun by then
        said = output_of(["/bin/sh", "-c", script], os.environ, limit_s)
        limit_s *= 4

    assert said == "early\n"
    until = time.monotonic() + 60
    while is_alive(int(note.read_text())):
        assert time.monotonic() < until


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_program_that_prints_without_end_is_cut_off() -> None:
    assert len(output_of(["/bin/sh", "-c", "yes"], os.environ, 60)) < 100_000


def test_a_program_gets_no_input() -> None:
    assert output_of(["/bin/sh", "-c", "read -r x; echo $?"], os.environ, 60) == "1\n"


def test_a_program_that_is_not_there_says_nothing() -> None:
    assert output_of(["/no/such/program"], os.environ, 60) == ""
