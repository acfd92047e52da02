"""The port of the router: looked at before it is written, so that nobody else has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.server import neighbours
from ccr_desktop.desktop.background import afterwards

if TYPE_CHECKING:
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.pages.settings.rows import NumberRow
    from ccr_desktop.desktop.widgets.buttons import PlainButton

_LAST = 65535


class PortChange(QObject):
    """Lives as long as its row."""

    def __init__(self, bridge: Bridge, row: NumberRow, free: PlainButton) -> None:
        super().__init__(row)
        self._bridge = bridge
        self._row = row
        self._free = 0
        row.wanted.connect(self._change)
        row.fix_wanted.connect(lambda: self._save(self._free))
        free.clicked.connect(lambda: bridge.do(self._find(), self.tr("Looking for a free port")))
        bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _show(self) -> None:
        port = self._bridge.config.port
        self._row.show_value(port)
        if self._bridge.raw.get("PORT", port) != port and not self._heeds_file(port):
            self._row.show_help(
                self.tr("This start was told another port, which beats the settings file.")
            )
        else:
            self._row.show_help(self.tr("Claude Code is led there by itself."))
        self._row.show_error("")

    def _heeds_file(self, port: int) -> bool:
        """Whether another one in the file would count; it may have this one in other words."""
        return self._bridge.store.heeds_port(port % _LAST + 1)

    def _change(self, port: int) -> None:
        self._bridge.do(self._changed(port), self.tr("Looking at the port"))

    async def _changed(self, port: int) -> None:
        """Written only when nobody else has it; else the next free one is offered."""
        host = self._bridge.config.host
        conflict = await neighbours.find_conflict(host, port)
        is_own = f":{port}" in self._bridge.supervisor.state.url
        if conflict is None or is_own:
            self._save(port)
            return
        self._free = await asyncio.to_thread(neighbours.find_free_port, port, host)
        holder = conflict.holder or self.tr("another program")
        told = self.tr("Port {port} is used by {holder}.").format(port=port, holder=holder)
        self._row.show_error(told, self.tr("Use {port}").format(port=self._free))

    async def _find(self) -> None:
        config = self._bridge.config
        self._save(await asyncio.to_thread(neighbours.find_free_port, config.port, config.host))

    def _save(self, port: int) -> None:
        words = self._row.words(port)
        task = self._bridge.edit(lambda raw: {**raw, "PORT": port}, words)
        afterwards(task, self._show)
