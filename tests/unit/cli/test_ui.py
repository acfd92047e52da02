"""`ccr ui` before Qt is loaded: its options, and a machine without a screen."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccr_desktop.cli import desktop_part
from ccr_desktop.cli.screen import screen_problem
from ccr_desktop.core.updates import installation as installing
from ccr_desktop.core.updates.installation import Installation, Method
from tests.unit.cli.conftest import Run


def test_without_a_screen_the_headless_router_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    done = run("ui")

    assert done.code == 2
    assert (
        done.err
        == "ccr: There is no screen here: `ccr serve` runs the same router without a window.\n"
    )


def test_a_page_that_there_is_not_is_refused_with_those_that_there_are(run: Run) -> None:
    done = run("ui", "--page", "colours")

    assert done.code == 2
    assert "there is no page 'colours'; there are home, providers" in done.err


def test_a_screen_that_does_not_answer_is_told() -> None:
    assert screen_problem({"DISPLAY": ":4294"}) == "The screen :4294 does not answer"


def test_a_wayland_socket_that_answers_is_a_screen(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "wayland-7"))
        listener.listen()

        found = screen_problem({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)})

    assert found == ""


def test_a_platform_that_was_chosen_is_believed() -> None:
    assert screen_problem({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_what_is_no_link_that_is_known_opens_nothing(run: Run) -> None:
    done = run("ui", "https://example.com")

    assert done.code == 2
    assert "no link that is known" in done.err


class Without:
    """An import system in which a library is missing, or lacks one of the system's."""

    def __init__(self, error: ImportError) -> None:
        self._error = error

    def find_spec(self, name: str, *_: object) -> None:
        if name == "ccr_desktop.desktop.app":
            raise self._error


@pytest.fixture
def import_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[ImportError], None]:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delitem(sys.modules, "ccr_desktop.desktop.app", raising=False)

    def fail(error: ImportError) -> None:
        monkeypatch.setattr(sys, "meta_path", [Without(error), *sys.meta_path])

    return fail


@pytest.mark.parametrize(
    ("installation", "command"),
    [
        (Installation(Method.PIPX), "pipx install --force 'ccr-desktop[desktop]'"),
        (Installation(Method.UV), "uv tool install --force 'ccr-desktop[desktop]'"),
        (Installation(Method.PIP), f"{sys.executable} -m pip install 'ccr-desktop[desktop]'"),
        (Installation(Method.PIP, Path("/src")), "-m pip install '/src[desktop]'"),
        (Installation(Method.PIP, None, "git+https://h/x"), "'ccr-desktop[desktop] @ git+https:"),
        (Installation(Method.SOURCE, Path("/src")), "--editable '/src[desktop]'"),
    ],
)
def test_where_qt_is_missing_the_command_for_this_installation_is_told(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    import_fails: Callable[[ImportError], None],
    installation: Installation,
    command: str,
) -> None:
    import_fails(ModuleNotFoundError("No module named 'PySide6'", name="PySide6"))
    monkeypatch.setattr(installing, "find_installation", lambda: installation)
    monkeypatch.setattr(desktop_part, "find_spec", lambda _: None)

    for said in (run("ui").err, run("--selftest").out):
        assert "The desktop part is not installed" in said
        assert command in said
        assert "`ccr serve` runs the same router without a window." in said


def test_a_library_of_the_system_that_qt_lacks_is_no_missing_qt(
    run: Run, import_fails: Callable[[ImportError], None]
) -> None:
    reason = "libEGL.so.1: cannot open shared object file: No such file or directory"
    import_fails(ImportError(reason, name="PySide6.QtGui"))

    done = run("ui")

    assert (done.code, reason in done.err) == (2, True)
    assert "pip" not in done.err


def test_another_failed_import_is_a_fault(
    run: Run, import_fails: Callable[[ImportError], None]
) -> None:
    import_fails(ImportError("no such thing", name="ccr_desktop.core"))

    with pytest.raises(ImportError):
        run("ui")
