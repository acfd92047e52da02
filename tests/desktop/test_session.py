"""The desktop that the other tests stand on does what it says."""

import sys
from pathlib import Path

import psutil
from PySide6.QtGui import QColor, QImage

from tests.desktop.screen import RIGHT
from tests.desktop.session import Desktop
from tests.desktop.sink import NotificationSink
from tests.desktop.waiting import eventually, until
from tests.desktop.watcher import StatusNotifierWatcher

TRAY = """
import signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
app = QApplication(sys.argv)
app.setQuitOnLastWindowClosed(False)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
picture = QPixmap(64, 64); picture.fill(QColor("red"))
tray = QSystemTrayIcon(QIcon(picture)); tray.setToolTip("Router running")
menu = QMenu()
menu.addAction("Start").triggered.connect(lambda: print("start", flush=True))
menu.addSeparator()
models = menu.addMenu("Main model")
for name in ("a__b", "kimi"):
    action = models.addAction(name); action.setCheckable(True)
    action.triggered.connect(lambda checked, name=name: print(name, flush=True))
menu.addAction("Off").setEnabled(False)
tray.setContextMenu(menu)
tray.activated.connect(lambda reason: print(reason.name, flush=True))
tray.show()
app.exec()
"""
WINDOW = """
import signal, sys
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
field = QLineEdit(); field.setWindowTitle("A field")
field.returnPressed.connect(lambda: print(field.text(), flush=True))
field.show()
app.exec()
print("closed")
"""
STRAY = """
import subprocess, sys
code = "import time; print('up', flush=True); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
"""
NOTIFY = """
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
name = "org.freedesktop.Notifications"
place = DBusAddress("/org/freedesktop/Notifications", bus_name=name, interface=name)
values = ("CCR", 0, "", "A title", "A body", ["show", "Show"], {"urgency": ("y", 2)}, 0)
with open_dbus_connection("SESSION") as bus:
    message = new_method_call(place, "Notify", "susssasa{sv}i", values)
    print(bus.send_and_get_reply(message).body)
"""
KEYRING = """
import keyring
keyring.set_password("s", "u", "secret-value")
print(keyring.get_password("s", "u"), type(keyring.get_keyring()).__module__)
"""


async def test_a_menu_is_read_and_clicked_through_the_bus(
    desktop: Desktop, watcher: StatusNotifierWatcher
) -> None:
    program = desktop.start_python(TRAY)

    item = await watcher.item()

    assert await item.tooltip() == "Router running"
    assert await item.labels() == ["Start", "---", "Main model", "Off"]
    await item.click("Main model", "a_b")
    await eventually(lambda: "a__b" in program.output(), "the click arrives")
    models = (await item.menu())[2].children
    assert [(entry.label, entry.is_ticked) for entry in models] == [("a_b", True), ("kimi", False)]
    await item.activate()
    await eventually(lambda: "Trigger" in program.output(), "the left click arrives")
    width, height, pixels = await item.icon()
    assert len(pixels) == width * height * 4


def test_a_menu_is_opened_by_the_mouse_in_an_xembed_tray(desktop: Desktop, tmp_path: Path) -> None:
    desktop.start_trayer()
    program = desktop.start_python(TRAY)

    icon = desktop.screen.tray_icon()
    picture = QImage(str(desktop.screen.screenshot(tmp_path / "screen.png")))
    assert picture.pixelColor(*icon) == QColor("red")
    desktop.screen.click(*icon, RIGHT)
    program.wait_until_it_says("Context")
    desktop.screen.key("Down", "Return")

    program.wait_until_it_says("start")


def test_a_window_is_typed_into_and_closed(desktop: Desktop) -> None:
    program = desktop.start_python(WINDOW)
    window = desktop.screen.window("A field")

    desktop.screen.focus(window)
    desktop.screen.type("Hello -- world!")
    desktop.screen.key("Return")
    program.wait_until_it_says("Hello -- world!")
    desktop.screen.close_window(window)

    assert program.wait() == 0
    assert "closed" in program.output()


def test_dunst_receives_and_draws(desktop: Desktop) -> None:
    dunst = desktop.start_dunst()

    desktop.start_python(NOTIFY)

    dunst.wait_until_it_says("A title")
    desktop.screen.window(kind="Dunst")


async def test_notifications_are_kept_for_the_test(
    desktop: Desktop, sink: NotificationSink
) -> None:
    caller = desktop.start_python(NOTIFY)
    note = await sink.next()

    assert (note.title, note.body, note.urgency) == ("A title", "A body", 2)
    assert note.actions == {"show": "Show"}
    await eventually(lambda: not caller.is_running, "the caller gets its answer")
    assert caller.output() == "(1,)\n"


def test_the_keyring_is_unlocked_and_private(desktop: Desktop) -> None:
    desktop.start_keyring()

    program = desktop.start_python(KEYRING)

    assert program.wait() == 0, program.output()
    assert program.output() == "secret-value keyring.backends.SecretService\n"


def test_nothing_is_left_behind() -> None:
    with Desktop() as desktop:
        desktop.start_trayer()
        parent = desktop.start(sys.executable, "-c", STRAY)
        until(lambda: "up" in parent.output(), "the stray runs")
        parent.wait()
        running = desktop.processes()
        assert len(running) == 5  # screen, bus, window manager, tray, stray

    assert not [process for process in running if _lives(process)]
    assert not desktop.folder.exists()


def test_desktops_stand_side_by_side() -> None:
    with Desktop() as one, Desktop() as two:
        one.start_trayer()

        assert one.environment["DISPLAY"] != two.environment["DISPLAY"]
        assert not two.screen.windows(kind="trayer")
        assert one.bus_address != two.bus_address


def _lives(process: psutil.Process) -> bool:
    """A dead one may wait for its parent to notice."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
