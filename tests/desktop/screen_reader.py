"""What a screen reader finds of a program: its tree on the accessibility bus (AT-SPI).

async with ScreenReader(desktop) as reader:     # before the program starts
    app = desktop.start(..., environment=reader.environment)
    part = await reader.find("check box", "Start at login")
    "checked" in await reader.states(part)
    await reader.press(part)
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from tests.desktop.session import Desktop
from tests.desktop.waiting import LIMIT_S

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_ATSPI = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"
_GONE = "/org/a11y/atspi/null"
_STEP_S = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be read aloud, and where it is on the bus."""

    owner: str
    path: str
    role: str
    name: str


class ScreenReader:
    """`environment` is what a program needs to be read."""

    environment: ClassVar[dict[str, str]] = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._bus: MessageBus | None = None

    async def __aenter__(self) -> Self:
        self._desktop.start(LAUNCHER, "--launch-immediately")
        await asyncio.to_thread(self._desktop.wait_for_name, "org.a11y.Bus")
        session = await MessageBus(self._desktop.bus_address).connect()
        try:
            where = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
            (address,) = await _call(session, Message(*where))
        finally:
            session.disconnect()
        self._bus = await MessageBus(address).connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bus is not None:
            self._bus.disconnect()

    async def find(self, role: str, name: str) -> Part:
        """The first such part of any program, once there is one."""
        end = time.monotonic() + LIMIT_S
        seen: list[Part] = []
        while time.monotonic() < end:
            seen = [part async for part in self.parts()]
            for part in seen:
                if (part.role, part.name) == (role, name):
                    return part
            await asyncio.sleep(_STEP_S)
        raise AssertionError(f"no {role} {name!r} among {[(p.role, p.name) for p in seen]}")

    async def parts(self) -> AsyncIterator[Part]:
        """All that is on the screen, from the outside in."""
        async for part in self._within(f"{_ATSPI}.Registry", _ROOT):
            yield part

    async def states(self, part: Part) -> set[str]:
        (words,) = await self._ask(part.owner, part.path, f"{_ATSPI}.Accessible.GetState")
        return {name for name, bit in _STATES.items() if words[bit // 32] >> bit % 32 & 1}

    async def press(self, part: Part) -> None:
        """The first action that it offers."""
        (done,) = await self._ask(
            part.owner, part.path, f"{_ATSPI}.Action.DoAction", 0, signature="i"
        )
        assert done, part

    async def _within(self, owner: str, path: str) -> AsyncIterator[Part]:
        try:
            (children,) = await self._ask(owner, path, f"{_ATSPI}.Accessible.GetChildren")
        except RuntimeError:
            return  # it went meanwhile
        for child_owner, child_path in children:
            if child_path == _GONE:
                continue
            try:
                part = await self._part(child_owner, child_path)
            except RuntimeError:
                continue
            if await self._is_to_be_seen(part):
                yield part
                async for inner in self._within(child_owner, child_path):
                    yield inner

    async def _is_to_be_seen(self, part: Part) -> bool:
        return part.role == "application" or "visible" in await self.states(part)

    async def _part(self, owner: str, path: str) -> Part:
        (role,) = await self._ask(owner, path, f"{_ATSPI}.Accessible.GetRoleName")
        wanted = (f"{_ATSPI}.Accessible", "Name")
        get = "org.freedesktop.DBus.Properties.Get"
        (name,) = await self._ask(owner, path, get, *wanted, signature="ss")
        return Part(owner, path, role, name.value)

    async def _ask(
        self, owner: str, path: str, about: str, *body: Any, signature: str = ""
    ) -> list[Any]:
        assert self._bus is not None
        interface, method = about.rsplit(".", 1)
        where = (owner, path, interface, method)
        return await _call(self._bus, Message(*where, signature=signature, body=list(body)))


_STATES = {"checked": 4, "enabled": 8, "focusable": 11, "focused": 12, "showing": 25, "visible": 30}


async def _call(bus: MessageBus, message: Message) -> list[Any]:
    answer = await bus.call(message)
    if answer is None or answer.message_type is MessageType.ERROR:
        raise RuntimeError(f"{message.member}: {answer.body if answer else 'no answer'}")
    return list(answer.body)
