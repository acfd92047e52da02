"""Qt without a screen, and tests that run on the application's loop.

A test that asks for `qloop` and is `async` runs there, for ten seconds at most or what a `limit`
marker says. Fixtures have to be plain functions: pytest-asyncio would run others on its own loop.
In such tests nothing of `qtbot` may wait, since that would be a loop within the loop.
"""

import asyncio
import inspect
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):  # which may name screens
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent  # after the platform is chosen
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core import service, window_discovery
from ccr_desktop.desktop import language, theme
from ccr_desktop.desktop.collecting import Collecting
from ccr_desktop.desktop.loop import Loop
from tests.support.upstream import Upstream

LIMIT_S = 250.0
LIMIT_MS = 60_000
# What an answer that is under way at the end of a test may take on a busy machine.
LAST_ANSWERS_S = 30.0


class PatientBot(QtBot):
    """Keeps what is added to it, and waits for as long as a busy machine takes.

    pytest-qt holds widgets weakly: a page of which a test has but a part would go in its midst,
    when the collector comes by. And its own limit is five seconds.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._held: list[QWidget] = []
        for name in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
            setattr(self, name, partial(getattr(self, name), timeout=LIMIT_MS))

    def addWidget(  # noqa: N802  # the name that it has there
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        self._held.append(widget)
        super().addWidget(widget, before_close_func=before_close_func)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The theme in force, light at first and after the test."""
    yield theme.apply(qapp, "light")
    theme.current().system_says(high_contrast=False, reduced_motion=False)
    theme.apply(qapp, "light")


@pytest.fixture
def qloop(qapp: QApplication) -> Iterator[Loop]:
    """The application's loop. Nothing may go wrong on it unheard, and no task may stay on it."""
    qapp.setQuitOnLastWindowClosed(False)
    loop = Loop()
    errors: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _, context: errors.append(context))
    asyncio.set_event_loop(loop)
    try:
        with Collecting():
            yield loop
        left = loop.run_until_complete(_staying())
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        _take_away_windows(qapp)
        loop.close()
        asyncio.set_event_loop(None)
    assert not errors
    assert not left, "tasks were left running"


def _take_away_windows(qapp: QApplication) -> None:
    """What a test that failed has left must not be in the way of the next one."""
    for window in qapp.topLevelWidgets():
        window.close()
        if not isinstance(window, QMenu):  # a tray goes on to fill its own
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def _staying() -> set[asyncio.Task[object]]:
    """Tasks that don't end by themselves, as a request does whose window is closed."""
    running = asyncio.all_tasks() - {asyncio.current_task()}
    if not running:
        return set()
    return (await asyncio.wait(running, timeout=LAST_ANSWERS_S))[1]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[Loop]:
    """A loop that the test runs itself."""
    made = Loop()
    yield made
    made.close()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> object:
    loop = pyfuncitem.funcargs.get("qloop")
    test = inspect.unwrap(pyfuncitem.obj)
    if loop is None or not inspect.iscoroutinefunction(test):
        return None
    marker = pyfuncitem.get_closest_marker("limit")
    named = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    limit_s = marker.args[0] if marker else LIMIT_S
    loop.run_until_complete(asyncio.wait_for(test(**named), limit_s))
    return True


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a test speaks, the next one begins in English, without its windows.

    One that is left makes its pages anew with each change of the language, and keeps the old ones.
    """
    yield
    if isinstance(app := QApplication.instance(), QApplication):
        _take_away_windows(app)
    if not language.current().is_source:
        language.current().use("en")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is read from or written to the real home."""
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(service, "_settle_memory", lambda: None)  # it is for one long life
    monkeypatch.setattr(window_discovery, "SETTLE_S", 3600.0)  # slow tests are long, too
    return tmp_path


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A scripted provider on a loopback port, for one test."""
    with Upstream() as server:
        yield server
