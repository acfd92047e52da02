"""The parts of the system together, in a process with Qt's own loop as the app has it."""

import asyncio
import signal

from tests.desktop.logind import Logind
from tests.desktop.session import Desktop
from tests.desktop.sink import NotificationSink
from tests.desktop.waiting import eventually

APP = """
import asyncio, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from ccr_desktop import paths
from ccr_desktop.desktop.crash import CrashReports
from ccr_desktop.desktop.instance import Reply, claim_or_ask
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind, Notice
from ccr_desktop.desktop.system.endings import Endings
from ccr_desktop.desktop.system.notifier import notifier_for_system
from ccr_desktop.desktop.system.notifier_tray import TrayNotifier
from ccr_desktop.desktop.system.sleep import sleep_watch_for_system

def say(*words):
    print(*words, flush=True)

got = claim_or_ask(sys.argv[1:], Path.cwd())
if isinstance(got, Reply):
    say("told", got.message)
    sys.exit(got.code)
app = QApplication([])
app.setQuitOnLastWindowClosed(False)

async def main():
    notifier = notifier_for_system(TrayNotifier(lambda notice: False), lambda: say("blocked"))
    notifier.listener = lambda answer: say(answer)
    watch = sleep_watch_for_system(lambda: say("awake"))
    got.received.connect(lambda start: start.answer(Reply(0, " ".join(start.argv))))
    got.serve()
    with Endings(app) as endings:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(each.run()) for each in (notifier, watch)]
            notice = Notice(kind=Kind.KEY_PROBLEM, title="A key", body="b")
            while not await notifier.show(notice):
                await asyncio.sleep(0.05)
            say("shown")
            await endings.wanted.wait()
            for each in running:
                each.cancel()
    say("ended by", endings.reason)

loop = Loop()
asyncio.set_event_loop(loop)
with CrashReports(paths.log_dir()), loop:
    loop.run_until_complete(main())
got.release()
"""


async def test_an_app_of_these_parts_lives_and_ends(desktop: Desktop) -> None:
    app = desktop.start_python(APP)
    await eventually(lambda: "blocked" in app.output(), "that nothing can show it")

    async with NotificationSink(desktop.bus_address) as sink, Logind(desktop.bus_address) as logind:
        note = await sink.next()
        assert (note.app, note.title) == ("CCR Desktop", "A key")
        await eventually(lambda: "shown" in app.output(), "that it is shown")
        sink.click(note)
        await eventually(lambda: "do=<Do.OPEN" in app.output(), "the click")
        while "awake" not in app.output():
            logind.wake_up()
            await asyncio.sleep(0.05)
        later = desktop.start_python(APP, "--show", "me")
        await eventually(lambda: not later.is_running, "the later start ends")
        assert later.output() == "told --show me\n"

    assert await asyncio.to_thread(app.end, signal.SIGTERM) == 0
    assert app.output().endswith("ended by SIGTERM\n")
    assert app.output().count("blocked") == 1
    assert not [*desktop.home.rglob("crash*")]
    assert [path.name for path in (desktop.runtime / "ccr-desktop").iterdir()] == []
