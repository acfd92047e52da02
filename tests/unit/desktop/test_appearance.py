from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import appearance as appearance_module
from ccr_desktop.desktop import theme, tokens
from ccr_desktop.desktop.appearance import SystemAppearance, follow

NUMBERS = count()

needs_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None and not os.environ.get("CI"), reason="no dbus-daemon here"
)


@pytest.fixture
def address() -> Iterator[str]:
    """A session bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
        bus.terminate()


@pytest.fixture
def connection(address: str) -> Iterator[QDBusConnection]:
    name = f"appearance-{next(NUMBERS)}"
    yield QDBusConnection.connectToBus(address, name)
    QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def portal(address: str) -> Iterator[subprocess.Popen[str]]:
    """A portal that says dark, and reduced motion."""
    said = json.dumps({"color-scheme": 1, "reduced-motion": 1})
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.portal", said],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


@needs_bus
def test_the_look_follows_the_desktop_while_the_app_runs(
    qapp: QApplication,
    look: theme.Theme,
    qtbot: QtBot,
    connection: QDBusConnection,
    portal: subprocess.Popen[str],
) -> None:
    theme.apply(qapp, "system")
    appearance = SystemAppearance(bus=connection)
    follow(appearance, look)

    appearance.start()
    qtbot.waitUntil(lambda: look.tokens is tokens.DARK and look.reduced_motion, timeout=60_000)
    assert portal.stdin is not None
    portal.stdin.write("color-scheme 2\ncontrast 1\n")
    portal.stdin.flush()

    qtbot.waitUntil(lambda: look.tokens is tokens.CONTRAST_LIGHT, timeout=60_000)


@needs_bus
def test_motion_stops_while_anybody_wants_it_to(
    look: theme.Theme,
    qtbot: QtBot,
    connection: QDBusConnection,
    portal: subprocess.Popen[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(appearance_module, "wants_less_motion", lambda: False)
    appearance = SystemAppearance(bus=connection)
    told: dict[str, int] = {}
    appearance.told.connect(told.__setitem__)
    follow(appearance, look)
    appearance.start()
    qtbot.waitUntil(lambda: look.reduced_motion, timeout=60_000)
    assert portal.stdin is not None

    portal.stdin.write("enable-animations 0\nreduced-motion 0\n")
    portal.stdin.flush()
    qtbot.waitUntil(lambda: told.get("reduced-motion") == 0, timeout=60_000)
    assert look.reduced_motion

    portal.stdin.write("enable-animations 1\n")
    portal.stdin.flush()
    qtbot.waitUntil(lambda: not look.reduced_motion, timeout=60_000)


def test_what_the_system_itself_says_counts_from_the_start(
    look: theme.Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appearance_module, "wants_less_motion", lambda: True)

    follow(SystemAppearance(bus=QDBusConnection("never connected")), look)

    assert look.fade_ms() == 0


@needs_bus
def test_a_desktop_without_a_portal_says_nothing(
    qtbot: QtBot, connection: QDBusConnection, look: theme.Theme
) -> None:
    appearance = SystemAppearance(bus=connection)
    told: list[str] = []
    appearance.told.connect(lambda key, _value: told.append(key))

    appearance.start()
    qtbot.waitUntil(lambda: not appearance._asked, timeout=60_000)

    assert told == []


def test_no_bus_at_all_is_no_trouble(qapp: QApplication) -> None:
    appearance = SystemAppearance(bus=QDBusConnection("never connected"))

    appearance.start()

    assert not appearance._asked
