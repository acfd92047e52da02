"""Panels of the bus are noticed as they come and go, by a tray that never looks for them itself."""

from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually
from tests.desktop.watcher import StatusNotifierWatcher

APP = """
from PySide6.QtWidgets import QApplication
from ccr_desktop.desktop.tray import tray as module
from tests.unit.desktop.tray.test_menu import RUNNING

module._LOOK_EVERY_MS = module._LOOK_SELDOM_MS = 24 * 3600 * 1000
app = QApplication([])
tray = module.Tray(RUNNING)

def say(is_present):
    print("there" if is_present else "gone", flush=True)

tray.presence_changed.connect(say)
tray.start()
say(tray.is_present)
app.exec()
"""


async def test_each_is_noticed_at_once(desktop: Desktop) -> None:
    app = desktop.start_python(APP)
    told = list[str]()

    async def tells(word: str) -> None:
        told.append(word)
        await eventually(lambda: app.output().split() == told, f"it tells {told}")

    await tells("gone")
    for _ in range(2):
        async with StatusNotifierWatcher(desktop.bus_address) as watcher:
            await tells("there")
            await watcher.item()
        await tells("gone")
    async with StatusNotifierWatcher(desktop.bus_address, has_host=False) as watcher:
        watcher.show_icons()
        await tells("there")


async def test_an_icon_goes_along_to_a_panel_of_another_kind(desktop: Desktop) -> None:
    desktop.start_trayer()
    app = desktop.start_python(APP)
    app.wait_until_it_says("there")
    async with StatusNotifierWatcher(desktop.bus_address) as watcher:
        await watcher.item()
    desktop.screen.tray_icon()
    assert app.output().split() == ["there", "there"]
