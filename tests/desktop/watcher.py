"""A tray of the StatusNotifier kind, as KDE's: its items are read and clicked without a pixel.

async with StatusNotifierWatcher(desktop.bus_address) as watcher:
    item = await watcher.item()                     # waits for one
    await item.tooltip(); await item.status()
    for entry in await item.menu(): ...             # Entry(label, is_enabled, children, …)
    await item.click("Main model", "kimi-k2")       # a path of labels
    await item.activate()                           # a left click on the icon
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from dbus_fast import Message, MessageType, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from tests.desktop.waiting import LIMIT_S, eventually

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu. `label` is as panels show it: `_` marks a key, `__` is an underscore.

    Qt sends underscores as they are. `is_ticked` is None for what has no tick.
    """

    id: int
    label: str
    is_enabled: bool
    is_visible: bool
    is_ticked: bool | None
    is_separator: bool
    children: tuple["Entry", ...]


class _Interface(ServiceInterface):
    """The interface that Qt looks for before it uses this kind of tray."""

    def __init__(self, *, has_host: bool) -> None:
        super().__init__(WATCHER)
        self.items: list[str] = []
        self.has_host = has_host

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: "s") -> None:  # noqa: N802, F821
        self.items.append(service)
        self.StatusNotifierItemRegistered(service)

    @dbus_method()
    def RegisterStatusNotifierHost(self, service: "s") -> None:  # noqa: N802, F821
        self.StatusNotifierHostRegistered()

    @dbus_property(access=PropertyAccess.READ)
    def RegisteredStatusNotifierItems(self) -> "as":  # noqa: N802, F722
        return self.items

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> "b":  # noqa: N802, F821
        return self.has_host

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> "i":  # noqa: N802, F821
        return 0

    @dbus_signal()
    def StatusNotifierItemRegistered(self, service: str) -> "s":  # noqa: N802, F821
        return service

    @dbus_signal()
    def StatusNotifierHostRegistered(self) -> None:  # noqa: N802
        pass


class StatusNotifierWatcher:
    """Items of programs that ended are not forgotten: ask `item()` before a restart again."""

    def __init__(self, address: str, *, has_host: bool = True) -> None:
        self._bus = MessageBus(bus_address=address)
        self._interface = _Interface(has_host=has_host)

    async def __aenter__(self) -> Self:
        await self._bus.connect()
        self._bus.export("/StatusNotifierWatcher", self._interface)
        await self._bus.request_name(WATCHER)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """A panel that goes away: the item stays with its program."""
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()

    def show_icons(self) -> None:
        """Have a panel that shows the items, where there was none yet."""
        self._interface.has_host = True
        self._interface.StatusNotifierHostRegistered()

    @property
    def names(self) -> Sequence[str]:
        """The bus names that registered an item, oldest first."""
        return tuple(self._interface.items)

    async def item(self, number: int = -1) -> "Item":
        """An item, the newest by default, once there is one."""
        names = await eventually(lambda: self.names, "an item in the tray")
        return Item(self._bus, names[number])


class Item:
    """A program's icon in the tray."""

    def __init__(self, bus: MessageBus, name: str) -> None:
        self._bus = bus
        self.name = name

    async def property(self, name: str) -> Any:
        told = await self._call(
            "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get", "ss", [ITEM, name]
        )
        return told[0].value

    async def tooltip(self) -> str:
        """Its title and its text, as one."""
        _, _, title, text = await self.property("ToolTip")
        return f"{title} {text}".strip()

    async def status(self) -> str:
        return str(await self.property("Status"))

    async def icon(self) -> tuple[int, int, bytes]:
        """Width, height and ARGB pixels of the largest picture."""
        pictures = await self.property("IconPixmap")
        width, height, pixels = max(pictures)
        return width, height, bytes(pixels)

    async def activate(self) -> None:
        """What a left click does."""
        await self._call("/StatusNotifierItem", ITEM, "Activate", "ii", [0, 0])

    async def menu(self) -> tuple[Entry, ...]:
        """All entries, as a panel reads them when the menu opens."""
        path = await self.property("Menu")
        await self._call(path, MENU, "AboutToShow", "i", [0])
        layout = await self._call(path, MENU, "GetLayout", "iias", [0, -1, []])
        return _entry(layout[1]).children

    async def labels(self) -> list[str]:
        """The visible top-level entries; separators are `---`."""
        entries = [entry for entry in await self.menu() if entry.is_visible]
        return ["---" if entry.is_separator else entry.label for entry in entries]

    async def labels_once(self, words: str) -> list[str]:
        """The same, once one of them begins with *words*."""
        end = time.monotonic() + LIMIT_S
        while True:
            found = await self.labels()
            if any(label.startswith(words) for label in found):
                return found
            assert time.monotonic() < end, f"no entry {words!r} among {found}"
            await asyncio.sleep(0)

    async def ticked(self, label: str) -> list[str]:
        """The labels with a tick in a menu of the second level."""
        menus = [entry for entry in await self.menu() if entry.label == label]
        return [child.label for menu in menus for child in menu.children if child.is_ticked]

    async def click(self, *labels: str) -> None:
        """Choose an entry by the labels on the way to it, or by how they begin."""
        entries, found = await self.menu(), None
        for label in labels:
            fitting = [entry for entry in entries if entry.label.startswith(label)]
            assert fitting, f"no entry {label!r} among {[entry.label for entry in entries]}"
            found = fitting[0]
            entries = found.children
        assert found
        assert found.is_enabled, f"{found.label!r} is greyed"
        data = [found.id, "clicked", Variant("s", ""), 0]
        await self._call(await self.property("Menu"), MENU, "Event", "isvu", data)

    async def _call(
        self, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> list[Any]:
        reply = await self._bus.call(
            Message(
                destination=self.name,
                path=path,
                interface=interface,
                member=member,
                signature=signature,
                body=body,
            )
        )
        assert reply
        assert reply.message_type is MessageType.METHOD_RETURN, f"{member}: {reply.body}"
        return reply.body


def _entry(layout: Sequence[Any]) -> Entry:
    number, properties, children = layout
    values = {name: variant.value for name, variant in properties.items()}
    return Entry(
        id=number,
        label=values.get("label", "").replace("__", "\0").replace("_", "").replace("\0", "_"),
        is_enabled=values.get("enabled", True),
        is_visible=values.get("visible", True),
        is_ticked=values["toggle-state"] == 1 if values.get("toggle-type") else None,
        is_separator=values.get("type") == "separator",
        children=tuple(_entry(child.value) for child in children),
    )
