"""Waking up, as logind tells it."""

import asyncio
import sys

from jeepney.bus_messages import message_bus

from ccr_desktop.desktop.system.bus import Bus
from ccr_desktop.desktop.system.sleep import LogindWatch
from tests.desktop.logind import Logind
from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually

WATCH = """
import asyncio
from ccr_desktop.desktop.system.sleep import sleep_watch_for_system
asyncio.run(sleep_watch_for_system(lambda: print("awake", flush=True), "linux").run())
"""
LIE = """
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection
place = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
with open_dbus_connection("SYSTEM") as bus:
    bus.send(new_signal(place, "PrepareForSleep", "b", (False,)))
    bus.send_and_get_reply(message_bus.ListNames())
"""


async def test_only_waking_up_is_told_and_only_by_logind(desktop: Desktop) -> None:
    awake: list[str] = []
    bus = Bus(desktop.bus_address)
    watch = LogindWatch(lambda: awake.append("awake"), bus)
    running = asyncio.ensure_future(watch.run())

    async with Logind(desktop.bus_address) as logind:
        while not awake:  # until it listens
            logind.wake_up()
            await asyncio.sleep(0.02)
        await logind.is_heard()
        await bus.call(message_bus, "GetId")  # whose answer comes after what was passed on
        before = len(awake)
        logind.fall_asleep()
        liar = desktop.start(sys.executable, "-c", LIE)
        await eventually(lambda: not liar.is_running, "the liar ends")
        logind.wake_up()
        await eventually(lambda: len(awake) > before, "the last signal")

    assert len(awake) == before + 1
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_system_bus_is_listened_to(desktop: Desktop) -> None:
    program = desktop.start_python(WATCH)

    async with Logind(desktop.bus_address) as logind:
        while "awake" not in program.output():
            assert program.is_running, program.output()
            logind.wake_up()
            await asyncio.sleep(0.05)

    assert program.output() == "awake\n"
