"""`ccr ui` before Qt is loaded: its options, and a machine without a screen."""

import socket
from pathlib import Path

import pytest

from ccr_desktop.cli.screen import screen_problem
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
