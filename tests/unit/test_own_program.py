"""How a bundle runs itself again, and what it takes back from the environment."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ccr_desktop import own_program
from ccr_desktop.own_program import keep_bundle, leave_bundle, own_app, own_command

BUNDLE = "/usr/lib/ccr-desktop/_internal"


@pytest.fixture(params=["ccr", "ccr-desktop"])
def bundle(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As either program of a bundle sees itself."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", BUNDLE, raising=False)
    monkeypatch.setattr(sys, "executable", f"/usr/lib/ccr-desktop/{request.param}")


@pytest.mark.usefixtures("bundle")
def test_commands_go_to_the_program_with_streams_and_windows_to_the_other() -> None:
    assert own_command() == ["/usr/lib/ccr-desktop/ccr"]
    assert own_app() == ["/usr/lib/ccr-desktop/ccr-desktop"]


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize(("mounted", "is_this"), [("/usr", True), ("/tmp/.mount_other", False)])
def test_an_appimage_is_run_again_by_its_file(
    monkeypatch: pytest.MonkeyPatch, mounted: str, *, is_this: bool
) -> None:
    """Variables of another one that started this program say nothing."""
    monkeypatch.setenv("APPIMAGE", "/home/me/ccr-desktop.AppImage")
    monkeypatch.setenv("APPDIR", mounted)

    is_image = own_command() == own_app() == ["/home/me/ccr-desktop.AppImage"]

    assert is_image is is_this


def test_without_a_bundle_the_interpreter_runs_the_package() -> None:
    assert own_command() == own_app() == [sys.executable, "-P", "-m", "ccr_desktop"]


@pytest.mark.usefixtures("bundle")
def test_the_libraries_of_the_bundle_are_for_nobody_else() -> None:
    environment = {"HOME": "/home/me", "LD_LIBRARY_PATH": BUNDLE, "_PYI_ARCHIVE_FILE": "x"}

    leave_bundle(environment)

    assert environment == {"HOME": "/home/me"}


@pytest.mark.usefixtures("bundle")
def test_library_paths_of_the_user_come_back() -> None:
    environment = {"LD_LIBRARY_PATH": f"{BUNDLE}:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}

    leave_bundle(environment)

    assert environment == {"LD_LIBRARY_PATH": "/mine"}


@pytest.mark.usefixtures("bundle")
def test_what_the_bundle_has_not_set_stays() -> None:
    environment = {"LD_LIBRARY_PATH": "/mine", "QT_SCALE_FACTOR": "2"}

    leave_bundle(environment)
    leave_bundle(environment)

    assert environment == {"LD_LIBRARY_PATH": "/mine", "QT_SCALE_FACTOR": "2"}


@pytest.mark.parametrize("is_told", [True, False], ids=["told by the system", "not told"])
def test_modules_come_from_the_program_that_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, is_told: bool
) -> None:
    started = tmp_path / "exe"
    if is_told:
        started.touch()
    archive = SimpleNamespace(_filename="/usr/lib/ccr-desktop/ccr")
    loader = SimpleNamespace(pyz_archive=archive)
    monkeypatch.setitem(sys.modules, "pyimod02_importers", loader)  # type: ignore[arg-type]  # stand-in
    monkeypatch.setattr(own_program, "_STARTED", started)

    keep_bundle()

    assert archive._filename == (str(started) if is_told else "/usr/lib/ccr-desktop/ccr")


def test_without_a_bundle_there_is_nothing_to_keep() -> None:
    keep_bundle()
