"""Start at login, on each system: what is written, and what is read back."""

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ccr_desktop.autostart.macos import LABEL, LaunchAgent
from ccr_desktop.autostart.registration import Autostart, AutostartState, autostart_for_system
from ccr_desktop.autostart.windows import APPROVED, RUN, RunKey, command_line
from ccr_desktop.autostart.xdg import XdgAutostart, exec_line
from ccr_desktop.errors import CcrError
from tests.support.programs import need

OFF, ON = AutostartState.OFF, AutostartState.ON
HELD_BACK, OUTDATED = AutostartState.HELD_BACK, AutostartState.OUTDATED
COMMAND = ("/opt/My Programs/ccr-desktop", "ui", "--hidden")
MOVED = ("/home/me/ccr-desktop", "ui", "--hidden")


class Memory:
    """A registry of a dictionary."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], object] = {}

    def read(self, key: str, name: str) -> object:
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


def silent(arguments: Sequence[str]) -> str:
    return ""


@pytest.fixture(params=["xdg", "macos", "windows"])
def autostart(request: pytest.FixtureRequest, tmp_path: Path) -> Autostart:
    made: dict[str, Autostart] = {
        "xdg": XdgAutostart(tmp_path / "new"),
        "macos": LaunchAgent(tmp_path / "new", silent),
        "windows": RunKey(Memory()),
    }
    return made[request.param]


def test_it_is_switched_on_and_off(autostart: Autostart) -> None:
    assert autostart.state(COMMAND) is OFF
    autostart.enable(COMMAND)
    assert autostart.state(COMMAND) is ON
    assert autostart.state(MOVED) is OUTDATED
    autostart.enable(MOVED)
    assert autostart.state(MOVED) is ON
    autostart.disable()
    autostart.disable()
    assert autostart.state(MOVED) is OFF


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
def test_a_pipe_in_the_place_of_the_file_is_neither_waited_for_nor_replaced(
    tmp_path: Path,
) -> None:
    for autostart in (XdgAutostart(tmp_path), LaunchAgent(tmp_path, silent)):
        os.mkfifo(autostart.path)

        with pytest.raises(OSError, match="It is a pipe"):
            autostart.state(COMMAND)
        with pytest.raises(CcrError, match="It is a pipe"):
            autostart.enable(COMMAND)

        assert autostart.path.is_fifo()


# -- Linux -----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_desktops_settings_hold_it_back_until_it_is_enabled_again(
    tmp_path: Path, line: str
) -> None:
    autostart = XdgAutostart(tmp_path)
    autostart.enable(COMMAND)
    kept = autostart.path.read_text().replace("X-GNOME-Autostart-enabled=true\n", "")
    autostart.path.write_text(f"{kept}{line}\n[Desktop Action x]\nHidden=false\n")

    assert autostart.state(COMMAND) is HELD_BACK
    autostart.enable(COMMAND)
    assert autostart.state(COMMAND) is ON


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert XdgAutostart().path == tmp_path / "autostart" / "ccr-desktop.desktop"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert XdgAutostart().path == tmp_path / ".config" / "autostart" / "ccr-desktop.desktop"


ODD = ('/a b/"q" $x `y` 100% \\z', "it's", "", "ü", "--name=a;b")


@pytest.mark.parametrize("command", [COMMAND, MOVED, ODD], ids=["blanks", "plain", "odd"])
def test_the_entry_is_valid(tmp_path: Path, command: tuple[str, ...]) -> None:
    autostart = XdgAutostart(tmp_path)
    autostart.enable(command)

    done = subprocess.run(
        [need("desktop-file-validate"), autostart.path], capture_output=True, text=True, check=False
    )

    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="a shell reads it here")
def test_what_is_quoted_is_what_is_started(tmp_path: Path) -> None:
    """The inner rules are those of a shell's double quotes, once values and `%%` are undone."""
    show = f"{sys.executable} -c 'import sys; print(sys.argv[1:])' "
    line = exec_line(ODD).replace("\\\\", "\\").replace("%%", "%")

    done = subprocess.run(
        ["sh", "-c", show + line], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert done.stdout.strip() == str([*ODD])


# -- macOS -----------------------------------------------------------------------------------


def test_the_agent_starts_once_at_the_login_to_a_desktop(tmp_path: Path) -> None:
    told: list[Sequence[str]] = []
    agent = LaunchAgent(tmp_path, lambda arguments: told.append(arguments) or "")

    agent.enable(COMMAND)

    assert plistlib.loads(agent.path.read_bytes()) == {
        "Label": LABEL,
        "ProgramArguments": [*COMMAND],
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }
    assert [arguments[0] for arguments in told] == ["enable"]


@pytest.mark.parametrize(
    ("word", "state"), [("disabled", HELD_BACK), ("true", HELD_BACK), ("enabled", ON)]
)
def test_launchd_tells_what_was_switched_off(
    tmp_path: Path, word: str, state: AutostartState
) -> None:
    told = f'\tdisabled services = {{\n\t\t"com.other" => disabled\n\t\t"{LABEL}" => {word}\n\t}}\n'
    agent = LaunchAgent(tmp_path, lambda arguments: told)
    agent.enable(COMMAND)

    assert agent.state(COMMAND) is state


def test_a_broken_agent_is_written_again(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path, silent)
    agent.path.write_text("<plist>")

    assert agent.state(COMMAND) is OUTDATED


# -- Windows ---------------------------------------------------------------------------------


def test_the_command_line_is_quoted_for_windows() -> None:
    program = r"C:\Program Files\CCR Desktop\pythonw.exe"

    assert command_line([program, "-m", "ccr_desktop", "--in", r"C:\a b"]) == (
        r'"C:\Program Files\CCR Desktop\pythonw.exe" -m ccr_desktop --in "C:\a b"'
    )
    assert command_line([program]) == rf'"{program}"'


def test_the_task_managers_switch_is_seen_and_undone() -> None:
    registry = Memory()
    run_key = RunKey(registry)
    run_key.enable(COMMAND)
    registry.values[APPROVED, "CCR Desktop"] = b"\x02" + bytes(11)
    assert run_key.state(COMMAND) is ON
    registry.values[APPROVED, "CCR Desktop"] = b"\x03" + bytes(11)
    assert run_key.state(COMMAND) is HELD_BACK

    run_key.enable(COMMAND)

    assert run_key.state(COMMAND) is ON
    assert [*registry.values] == [(RUN, "CCR Desktop")]


@pytest.mark.parametrize(
    ("system", "kind"), [("linux", XdgAutostart), ("darwin", LaunchAgent), ("win32", RunKey)]
)
def test_each_system_has_its_own(system: str, kind: type) -> None:
    assert isinstance(autostart_for_system(system), kind)
