"""Notices as the tray icon's messages, where no service shows notifications."""

import asyncio

from tests.desktop.screen import Place
from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually

APP = """
import asyncio, sys
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind, Notice
from ccr_desktop.desktop.system.notifier import notifier_for_system
from ccr_desktop.desktop.system.notifier_tray import TrayNotifier

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
picture = QPixmap(64, 64); picture.fill(QColor("red"))
icon = QSystemTrayIcon(QIcon(picture))
icon.show()

def show_message(notice):
    if not icon.isSystemTrayAvailable() or not icon.supportsMessages():
        return False
    icon.showMessage(notice.title, notice.body, icon.icon(), 60_000)
    return True

async def main():
    messages = TrayNotifier(show_message)
    icon.messageClicked.connect(messages.clicked)
    notifier = notifier_for_system(messages, lambda: print("blocked", flush=True))
    notifier.listener = lambda answer: print(answer.do, answer.notice.title, flush=True)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(notifier.run())
        notice = Notice(kind=Kind.KEY_PROBLEM, title="A key", body="was refused")
        while not await notifier.show(notice):
            await asyncio.sleep(0.1)
        print("shown", flush=True)

loop = Loop()
asyncio.set_event_loop(loop)
with loop:
    loop.run_until_complete(main())
"""


async def test_the_icon_shows_it_and_a_click_on_it_comes_back(desktop: Desktop) -> None:
    await asyncio.to_thread(desktop.start_trayer)
    app = desktop.start_python(APP)
    await eventually(lambda: "shown" in app.output(), "that it is shown")

    balloon = await eventually(lambda: balloons(desktop), "Qt's balloon")
    await asyncio.to_thread(desktop.screen.click, *balloon[0].centre)

    await eventually(lambda: "Do.OPEN A key" in app.output(), "the click")


def balloons(desktop: Desktop) -> list[Place]:
    """The windows that are larger than an icon: the app has no other."""
    return [place for place in desktop.screen.places(kind="PySideApp") if place.height > 40]
