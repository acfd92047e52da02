"""Starting the app and ending it, also twice, by force, and from a terminal."""

import contextlib
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desktop.running import RunningApp, is_listening
from tests.desktop.session import Desktop
from tests.desktop.waiting import until
from tests.support.ports import free_port
from tests.support.turns import Turn, text
from tests.support.upstream import Upstream


@pytest.fixture
def app(desktop: Desktop, provider: Upstream) -> RunningApp:
    return RunningApp(desktop, provider)


def slow(words: str, delay_s: float) -> Turn:
    return Turn(deltas=text(words).deltas, delay_s=delay_s)


# -- several starts --------------------------------------------------------------------------


def test_of_two_starts_at_once_one_becomes_the_app(app: RunningApp) -> None:
    programs = [app.start() for _ in range(2)]

    ended = until(lambda: [each for each in programs if not each.is_running], "the later one ends")

    assert [each.wait() for each in ended] == [0]
    app.wait_for_router()
    assert len(app.desktop.screen.windows("^CCR Desktop$")) == 1


def test_a_later_start_raises_the_window_and_hands_its_wishes_over(app: RunningApp) -> None:
    app.start()
    app.window()
    app.wait_for_router()
    other = app.desktop.start("xterm", "-title", "In front")
    app.desktop.screen.focus(app.desktop.screen.window("In front"))
    until(lambda: not app.is_in_front(), "another window is in front")

    assert app.start().wait() == 0
    until(app.is_in_front, "the app is in front")
    assert app.start("--stop").wait() == 0

    assert not app.answers
    assert other.is_running


def test_a_later_start_with_other_settings_is_told_so(app: RunningApp, tmp_path: Path) -> None:
    app.start("--hidden")
    app.wait_for_router()
    (tmp_path / "other.json").write_text("{}", "utf-8")

    port = app.start("--port", "45")
    file = app.start("--config", str(tmp_path / "other.json"))

    assert port.wait() == file.wait() == 64
    assert f"port {app.port}" in port.output()
    assert "other settings" in file.output()


def test_after_a_kill_the_next_start_is_the_app(app: RunningApp) -> None:
    app.start("--hidden")
    app.wait_for_router()
    first = app.desktop.processes()
    killed = [process for process in first if "ui" in process.cmdline()]
    for process in killed:
        process.send_signal(signal.SIGKILL)
    until(lambda: not app.answers, "the router is gone")

    second = app.start()

    app.window()
    app.wait_for_router()
    assert second.is_running


# -- the end ---------------------------------------------------------------------------------


def test_a_signal_ends_it_in_order(app: RunningApp) -> None:
    program = app.start()
    app.window()
    app.wait_for_router()

    assert program.end(signal.SIGTERM) == 0

    assert not app.answers
    assert not list(app.desktop.home.rglob(f"run/{app.port}.json"))
    assert "Traceback" not in program.output()


def test_whoever_asks_it_twice_to_end_gets_the_same_end(app: RunningApp) -> None:
    """`timeout` asks the process, and then its whole group."""
    program = app.start()
    app.window()
    app.wait_for_router()

    while program.is_running:
        program.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.process.wait(timeout=0.001)

    assert program.wait() == 0
    assert "Traceback" not in program.output()


def test_a_display_that_is_lost_ends_it_in_order(app: RunningApp) -> None:
    program = app.start()
    app.window()
    app.wait_for_router()

    app.desktop.lose_screen()

    assert program.wait() == 0, program.output()
    assert not list(app.desktop.home.rglob(f"run/{app.port}.json"))
    assert not list(app.desktop.home.rglob("crash-*"))
    assert "Traceback" not in program.output()


XLIB_NOTICES_FIRST = """
import ctypes, os, socket
from PySide6.QtWidgets import QWidget
from ccr_desktop.desktop.app import make_application

application = make_application()
window = QWidget()
window.show()
application.processEvents()
native = application.nativeInterface()
connection = ctypes.c_void_p(native.connection())
there = os.dup(ctypes.CDLL("libxcb.so.1").xcb_get_file_descriptor(connection))
socket.socket(fileno=there).shutdown(socket.SHUT_WR)
window.resize(300, 300)
ctypes.CDLL("libX11.so.6").XFlush(ctypes.c_void_p(native.display()))  # as Qt does now and then
application.exec()
print("in order")
"""


def test_a_display_whose_loss_xlib_notices_first_ends_the_app_in_order(desktop: Desktop) -> None:
    program = desktop.start_python(XLIB_NOTICES_FIRST)

    assert program.wait() == 0, program.output()
    assert "in order" in program.output()


def test_a_start_while_the_app_ends_becomes_the_next_app(
    app: RunningApp, provider: Upstream
) -> None:
    provider.script(slow("Late.", 60))
    first = app.start("--hidden")
    app.wait_for_router()
    app.ask()
    until(lambda: provider.requests, "the request")
    first.process.send_signal(signal.SIGTERM)  # it waits for the answer for some seconds
    until(lambda: not app.answers, "the router takes no more")
    assert first.is_running

    second = app.start()

    assert first.wait() == 0
    app.wait_for_router()
    app.window()
    assert second.is_running


def test_quitting_asks_while_a_request_runs(app: RunningApp, provider: Upstream) -> None:
    provider.script(slow("Late.", 60))
    program = app.start("--hidden")
    app.wait_for_router()
    app.ask()
    until(lambda: provider.requests, "the request")

    assert app.start("--quit").wait() == 0
    question = app.desktop.screen.window("A request is running")
    app.desktop.screen.focus(question)
    app.desktop.screen.key("Escape")
    app.desktop.screen.wait_until_gone("A request is running")
    assert program.is_running

    app.start("--quit").wait()
    app.desktop.screen.focus(app.desktop.screen.window("A request is running"))
    app.desktop.screen.key("shift+Tab", "Return")  # from "When it finishes" to "Quit now"
    assert program.wait() == 0


def test_quitting_can_wait_for_the_answer(app: RunningApp, provider: Upstream) -> None:
    may_end = threading.Event()
    provider.script(replace(text("Here it is."), held=may_end))
    program = app.start("--hidden")
    app.wait_for_router()
    client = app.ask()
    until(lambda: provider.requests, "the request")

    app.start("--quit").wait()
    app.desktop.screen.focus(app.desktop.screen.window("A request is running"))
    app.desktop.screen.key("Return")
    app.desktop.screen.wait_until_gone("A request is running")
    assert program.is_running
    may_end.set()

    assert program.wait() == 0
    assert client.wait() == 0
    assert "message_stop" in client.output()


# -- commands --------------------------------------------------------------------------------


def test_commands_stop_and_start_the_router_of_the_app(app: RunningApp) -> None:
    program = app.start("--hidden")
    app.wait_for_router()
    assert f"running on http://127.0.0.1:{app.port}" in app.ccr("status").stdout

    stopped = app.ccr("stop")
    assert stopped.stdout.startswith("The router has stopped.")
    assert "not running" in app.ccr("status").stdout
    assert program.is_running

    started = app.ccr("start")
    assert started.returncode == 0, started.stderr
    assert app.status()["pid"] == program.pid
    assert "running already" in app.ccr("start").stdout

    restarted = app.ccr("restart")
    assert restarted.returncode == 0, restarted.stderr
    assert app.status()["pid"] == program.pid


def test_a_router_for_another_port_is_one_of_its_own(app: RunningApp) -> None:
    program = app.start("--hidden")
    app.wait_for_router()
    port = str(free_port())

    started = app.ccr("start", "--port", port)
    try:
        assert f":{port}" in started.stdout
    finally:
        app.ccr("stop", "--port", port)

    assert program.is_running
    assert app.answers


def test_a_command_tells_why_the_app_cannot_start_its_router(app: RunningApp) -> None:
    app.start("--hidden")
    app.wait_for_router()
    app.ccr("stop")
    app.desktop.start(sys.executable, "-m", "http.server", str(app.port), "--bind", "127.0.0.1")
    until(lambda: is_listening(app.port), "another program on the port")

    started = app.ccr("start")

    assert started.returncode == 3
    assert str(app.port) in started.stderr
