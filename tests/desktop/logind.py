"""logind as far as the app listens to it: says when the computer falls asleep and wakes up."""

from types import TracebackType
from typing import Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_signal

NAME = "org.freedesktop.login1"


class _Manager(ServiceInterface):
    def __init__(self) -> None:
        super().__init__(f"{NAME}.Manager")

    @dbus_signal()
    def PrepareForSleep(self, begins: bool) -> "b":  # noqa: N802, F821
        return begins


class Logind:
    """On the desktop's bus, which programs there take for the system's."""

    def __init__(self, address: str) -> None:
        self._bus = MessageBus(bus_address=address)
        self._manager = _Manager()

    async def __aenter__(self) -> Self:
        await self._bus.connect()
        self._bus.export("/org/freedesktop/login1", self._manager)
        await self._bus.request_name(NAME)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()

    def fall_asleep(self) -> None:
        self._manager.PrepareForSleep(True)

    def wake_up(self) -> None:
        self._manager.PrepareForSleep(False)

    async def is_heard(self) -> None:
        """Wait until the bus has passed on all that was said."""
        name, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
        await self._bus.call(Message(destination=name, path=path, interface=name, member="GetId"))
