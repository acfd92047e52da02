"""A notification service that keeps what it is told, and clicks as a person would.

async with NotificationSink(desktop.bus_address) as sink:
    note = await sink.next()            # the next one that was not looked at yet
    note.title; note.body; note.actions; note.urgency
    sink.click(note, "show")            # a button; "default" is the notification itself
    sink.close(note)                    # as its X
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.desktop.waiting import eventually

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
EVERYTHING = ("actions", "body", "body-markup", "persistence")
DISMISSED, CLOSED_BY_CALL = 2, 3


@dataclass(frozen=True, slots=True)
class Notification:
    """As it came. `actions` maps keys to their labels; `urgency` is 0, 1 or 2."""

    id: int
    replaces: int
    app: str
    icon: str
    title: str
    body: str
    actions: dict[str, str]
    urgency: int
    hints: dict[str, object]


class _Interface(ServiceInterface):
    def __init__(self, capabilities: Sequence[str]) -> None:
        super().__init__(NAME)
        self._capabilities = list(capabilities)
        self.shown: list[Notification] = []
        self.closed: list[int] = []

    @dbus_method()
    def GetCapabilities(self) -> "as":  # noqa: N802, F722
        return self._capabilities

    @dbus_method()
    def GetServerInformation(self) -> "ssss":  # noqa: N802, F821
        return ["sink", "tests", "1", "1.2"]

    @dbus_method()
    def Notify(  # noqa: N802, PLR0917  # the protocol's
        self,
        app: "s",  # noqa: F821
        replaces: "u",  # noqa: F821
        icon: "s",  # noqa: F821
        title: "s",  # noqa: F821
        body: "s",  # noqa: F821
        actions: "as",  # noqa: F722
        hints: "a{sv}",  # noqa: F722
        timeout: "i",  # noqa: F821
    ) -> "u":  # noqa: F821
        number = replaces or len(self.shown) + 1
        told = {name: variant.value for name, variant in hints.items()}
        buttons = dict(zip(actions[::2], actions[1::2], strict=True))
        urgency = told.get("urgency", 1)
        note = Notification(number, replaces, app, icon, title, body, buttons, urgency, told)
        self.shown.append(note)
        return number

    @dbus_method()
    def CloseNotification(self, number: "u") -> None:  # noqa: N802, F821
        self.closed.append(number)
        self.NotificationClosed(number, CLOSED_BY_CALL)

    @dbus_signal()
    def NotificationClosed(self, number: int, reason: int) -> "uu":  # noqa: N802, F821
        return [number, reason]

    @dbus_signal()
    def ActionInvoked(self, number: int, key: str) -> "us":  # noqa: N802, F821
        return [number, key]


class NotificationSink:
    def __init__(self, address: str, capabilities: Sequence[str] = EVERYTHING) -> None:
        self._bus = MessageBus(bus_address=address)
        self._interface = _Interface(capabilities)
        self._looked_at = 0

    async def __aenter__(self) -> Self:
        await self._bus.connect()
        self._bus.export(PATH, self._interface)
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

    @property
    def shown(self) -> list[Notification]:
        """All that came, oldest first."""
        return self._interface.shown

    @property
    def closed(self) -> list[int]:
        """The ids that programs asked to close."""
        return self._interface.closed

    async def next(self) -> Notification:
        """The next one that was not asked for yet, once it comes."""
        await eventually(lambda: len(self.shown) > self._looked_at, "a notification")
        self._looked_at += 1
        return self.shown[self._looked_at - 1]

    def click(self, note: Notification, key: str = "default") -> None:
        self._interface.ActionInvoked(note.id, key)
        self._interface.NotificationClosed(note.id, DISMISSED)

    def close(self, note: Notification) -> None:
        self._interface.NotificationClosed(note.id, DISMISSED)
