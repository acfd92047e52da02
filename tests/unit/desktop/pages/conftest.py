"""Pages on an invisible screen, and a desk with a real service before a scripted provider.

Fixtures are plain functions, as the loop of these tests demands: `Live` starts and ends within.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.shell import make_desk
from tests.support.upstream import Upstream

SECRET = "sk-secret-0123456789abcdef"
P = TypeVar("P", bound=QWidget)


@dataclass(slots=True)
class Live:
    """The app without its window; `asked` keeps the requests that were sent."""

    desk: Desk
    wanted: list[str] = field(default_factory=list)
    asked: list[asyncio.Task[int]] = field(default_factory=list)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Desk]:
        self.desk.bridge.page_wanted.connect(self.wanted.append)
        await self.desk.bridge.begin()
        await self.desk.bridge.supervisor.start()
        try:
            yield self.desk
        finally:
            for task in self.asked:
                task.cancel()
            await asyncio.gather(*self.asked, return_exceptions=True)
            await self.desk.bridge.end()
            self.desk.secrets.close()

    def ask(self, words: str = "hello", **members: Any) -> asyncio.Task[int]:
        """Send a request as Claude Code does; the status of its answer."""
        task = asyncio.get_running_loop().create_task(self._asked(words, members))
        self.asked.append(task)
        return task

    async def _asked(self, words: str, members: dict[str, Any]) -> int:
        body = {
            "model": "claude-sonnet-4-5",
            "max_tokens": 100,
            "stream": True,
            "messages": [{"role": "user", "content": words}],
            **members,
        }
        url = f"{self.desk.bridge.overview.service.url}/v1/messages"
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
            await response.read()
            return response.status


@pytest.fixture
def live(upstream: Upstream, home: Path, look: theme.Theme) -> Live:
    """Two providers at the scripted one, the second the backup of the first."""
    providers = [
        {
            "name": name,
            "api_base_url": f"{upstream.url}/{name}/v1/chat/completions",
            "api_key": SECRET,
            "models": [model],
        }
        for name, model in (("first", "big"), ("second", "other"))
    ]
    router = {"default": ["first,big", "second,other"]}
    path = home / "desk" / "config" / "config.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"Providers": providers, "Router": router}), encoding="utf-8")
    return Live(make_desk(ConfigStore(path, overrides={"port": 0})))


@pytest.fixture
def new(home: Path, look: theme.Theme) -> Live:
    """The app at its first start: no settings."""
    path = home / "desk" / "config" / "config.json"
    return Live(make_desk(ConfigStore(path, overrides={"port": 0})))


@pytest.fixture
def shown(qtbot: QtBot, look: theme.Theme) -> Iterator[Callable[[P], P]]:
    """Shows a page in the size that windows have; it is closed at the end."""
    kept: list[QWidget] = []

    def show(page: P) -> P:
        kept.append(page)
        page.resize(900, 640)
        page.show()
        page.activateWindow()
        return page

    yield show
    for page in kept:
        page.close()
        page.deleteLater()
