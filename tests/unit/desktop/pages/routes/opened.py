"""The page on a real file, with the service or without."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.pages.routes.page import RoutesPage
from ccr_desktop.desktop.pages.routes.presenter import build
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.state import Problem, Toast
from ccr_desktop.desktop.widgets.row_list import RowList
from tests.support.ports import free_port
from tests.unit.desktop.waiting import eventually

Raw = dict[str, Any]


def configuration(url: str = "http://127.0.0.1:1", **changes: Any) -> Raw:
    """Two providers, the second of which has windows that are known."""
    address = f"{url}/v1/chat/completions"
    providers: list[Raw] = [
        {"name": "a", "api_base_url": address, "api_key": "k", "models": ["m", "n"]},
        {
            "name": "b",
            "api_base_url": address,
            "api_key": "k",
            "models": ["small", "large"],
            "context_windows": {"small": 50_000, "large": 1_000_000},
            "prices": {"large": {"input": 2, "output": 8.5}},
        },
    ]
    return {
        "LOG": False,
        "PORT": free_port(),
        "Providers": providers,
        "Router": {"default": "a,m"},
        **changes,
    }


@dataclass
class Opened:
    """The page, and what became of the file."""

    page: RoutesPage
    desk: Desk
    path: Path
    toasts: list[str]
    problems: list[Problem]

    @property
    def raw(self) -> Raw:
        return cast(Raw, json.loads(self.path.read_text()))

    @property
    def router(self) -> Raw:
        return cast(Raw, self.raw["Router"])

    def row(self, place: str) -> ModelRowView:
        return self.page.kinds.rows[place]

    def write(self, raw: Raw) -> None:
        self.path.write_text(json.dumps(raw))

    async def count_of(self, shown: RowList, count: int) -> None:
        await eventually(lambda: shown.rows.rowCount() == count)

    async def settled(self) -> None:
        """All that a click has begun is done, and shown."""
        await eventually(lambda: not self.desk.bridge.tasks._tasks)
        await eventually(lambda: True)


@asynccontextmanager
async def opened(raw: Raw, *, runs: bool = False) -> AsyncIterator[Opened]:
    path = paths.config_dir() / "config.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(raw))
    desk = make_desk(ConfigStore(None, secrets=MemorySecrets(), tolerant=True))
    bridge = desk.bridge
    found = Opened(cast(RoutesPage, build(desk)), desk, path, [], [])
    bridge.told.connect(lambda toast: found.toasts.append(cast(Toast, toast).text))
    bridge.failed.connect(found.problems.append)
    if runs:
        await bridge.begin()
        await eventually(lambda: bridge.host.is_running)
    found.page.resize(900, 1400)
    found.page.show()
    found.page.activateWindow()
    try:
        yield found
    finally:
        await bridge.end()
        desk.secrets.close()
        found.page.close()
        found.page.deleteLater()


def press(widget: QWidget, *keys: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(widget, key, held)


def pick(row: ModelRowView, typed: str) -> None:
    """Choose a model with the keyboard alone."""
    row.picker.setFocus()
    press(row.picker, Qt.Key.Key_Down)
    QTest.keyClicks(row.picker.pop_over.search, typed)
    press(row.picker.pop_over.search, Qt.Key.Key_Return)
