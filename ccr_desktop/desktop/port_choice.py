"""Another port for the router: written into the settings, and in use at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from ccr_desktop.desktop.bridge import Bridge


def use_port(bridge: Bridge, port: int) -> asyncio.Task[None]:
    words = _tr("Port {port}").format(port=port)
    return bridge.do(_used(bridge, port, words), words)


async def _used(bridge: Bridge, port: int, words: str) -> None:
    if not bridge.store.heeds_port(port):
        raise ServiceError(
            _tr("Another port counts than that of the settings"),
            _tr("This start was told a port by --port or SERVICE_PORT. Start without it."),
        )
    await bridge.edit(lambda raw: {**raw, "PORT": port}, words)
    await bridge.supervisor.restart()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PortChoice", text)
