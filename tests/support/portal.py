"""The settings of a desktop portal, as a program on the session bus of the environment.

    python -m tests.support.portal '{"color-scheme": 1}'

Each line that it reads, such as `color-scheme 2`, changes a setting and tells so.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

from dbus_fast import DBusError, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusSignature, DBusStr, DBusVariant
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

NAMESPACE = "org.freedesktop.appearance"
OTHERS = {"enable-animations": "org.gnome.desktop.interface"}


def said(key: str, value: int) -> Variant:
    return Variant("b", bool(value)) if key in OTHERS else Variant("u", value)


class Settings(ServiceInterface):
    """The part of the portal that tells about looks."""

    def __init__(self, values: dict[str, int]) -> None:
        super().__init__("org.freedesktop.portal.Settings")
        self.values = values

    @dbus_method()
    def Read(self, namespace: DBusStr, key: DBusStr) -> DBusVariant:  # noqa: N802
        if namespace != OTHERS.get(key, NAMESPACE) or key not in self.values:
            raise DBusError("org.freedesktop.portal.Error.NotFound", "no such setting")
        return Variant("v", said(key, self.values[key]))

    @dbus_signal()
    def SettingChanged(  # noqa: N802
        self, key: str, value: int
    ) -> Annotated[list[object], DBusSignature("ssv")]:
        return [OTHERS.get(key, NAMESPACE), key, said(key, value)]


async def main() -> None:
    bus = await MessageBus().connect()
    settings = Settings(json.loads(sys.argv[1]))
    bus.export("/org/freedesktop/portal/desktop", settings)
    await bus.request_name("org.freedesktop.portal.Desktop")
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        key, value = line.split()
        settings.SettingChanged(key, int(value))


if __name__ == "__main__":
    asyncio.run(main())
