"""How the app is started again, by the way it was installed."""

from pathlib import Path

import pytest

from ccr_desktop.autostart.start_command import start_command


def test_a_virtual_environment_is_started_by_its_script(tmp_path: Path) -> None:
    (tmp_path / "ccr-desktop").touch()

    command = start_command(str(tmp_path / "python"), is_frozen=False, system="linux")

    assert command == (str(tmp_path / "ccr-desktop"), "ui", "--hidden")


def test_without_a_script_the_interpreter_runs_the_package(tmp_path: Path) -> None:
    python = str(tmp_path / "python")

    command = start_command(python, is_frozen=False, system="darwin")

    assert command == (python, "-m", "ccr_desktop", "ui", "--hidden")


def test_on_windows_no_console_opens(tmp_path: Path) -> None:
    (tmp_path / "pythonw.exe").touch()
    (tmp_path / "ccr-desktop.exe").touch()

    command = start_command(str(tmp_path / "python.exe"), is_frozen=False, system="win32")

    assert command == (str(tmp_path / "pythonw.exe"), "-m", "ccr_desktop", "ui", "--hidden")


@pytest.mark.parametrize("running", ["ccr-desktop", "ccr"])
def test_a_bundle_is_started_by_its_windowed_program(running: str) -> None:
    command = start_command(f"/usr/lib/ccr/{running}", is_frozen=True, environment={})

    assert command == ("/usr/lib/ccr/ccr-desktop", "ui", "--hidden")


def test_an_appimage_is_started_by_its_file() -> None:
    mounted, file = "/tmp/.mount_x/ccr-desktop", "/home/me/CCR Desktop.AppImage"

    command = start_command(mounted, is_frozen=True, environment={"APPIMAGE": file})

    assert command == (file, "ui", "--hidden")
