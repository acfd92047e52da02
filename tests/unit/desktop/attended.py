"""A desk that shows notices on a screen of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.notice import Notice
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.system.notifier import FirstThatWorks, Listener, NotShown
from tests.unit.desktop.desks import write_config

RAW: dict[str, Any] = {
    "PORT": 45671,
    "Providers": [
        {
            "name": "deepseek",
            "api_base_url": "http://127.0.0.1:1/v1",
            "api_key": "sk-a",
            "models": ["chat"],
        },
        {
            "name": "kimi",
            "api_base_url": "http://127.0.0.1:1/v1",
            "api_key": "sk-b",
            "models": ["k2.7"],
        },
    ],
    "Router": {"default": ["deepseek,chat", "kimi,k2.7"]},
}


class Screen:
    """A notifier that keeps what it is shown, unless it is broken."""

    def __init__(self) -> None:
        self.listener: Listener = lambda answer: None
        self.shown: list[Notice] = []
        self.closed: list[int] = []
        self.is_broken = False

    async def show(self, notice: Notice) -> int:
        if self.is_broken:
            raise NotShown
        self.shown.append(notice)
        return len(self.shown)

    async def close(self, number: int) -> None:
        self.closed.append(number)

    async def run(self) -> None:
        return


def make(raw: dict[str, Any] | str | None = None) -> Desk:
    """A desk whose app was installed long ago."""
    write_config(RAW if raw is None else raw)
    kept = paths.data_dir() / "window.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        kept.write_text('{"installed-at-s": 1.0}', encoding="utf-8")
    return make_desk(ConfigStore(None, environment={}, secrets=MemorySecrets(), tolerant=True))


@asynccontextmanager
async def listening(raw: dict[str, Any] | str | None = None) -> AsyncIterator[tuple[Desk, Screen]]:
    """A desk that shows notices; its service is not started."""
    desk, screen = make(raw), Screen()
    desk.attention.begin(FirstThatWorks([screen], lambda: None), lambda: False)
    try:
        yield desk, screen
    finally:
        desk.attention.end()
        await desk.bridge.end()
        desk.secrets.close()
