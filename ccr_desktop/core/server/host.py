"""The service as its management paths see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.config.versions import Version
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.observe.health import Health
    from ccr_desktop.core.observe.journal import Journal
    from ccr_desktop.core.protocol.json import JsonObject


class Host(Protocol):
    """The service as its management sees it."""

    config: Config
    store: ConfigStore | None
    bus: EventBus
    health: Health
    journal: Journal
    url: str
    since_s: float
    token: str
    stop_wanted: asyncio.Event

    @property
    def running_requests(self) -> int: ...
    @property
    def issues(self) -> list[Issue]: ...
    @property
    def paused_until_s(self) -> float | None: ...
    def pause_routing(self, seconds: float | None) -> None: ...
    def resume_routing(self) -> None: ...
    def cancel_request(self, request_id: str) -> bool: ...
    def note_holders(self, count: int) -> None: ...
    async def change(
        self, edit: Callable[[JsonObject], JsonObject], base: str | None = None
    ) -> Config: ...
    async def versions(self) -> list[Version]: ...
    async def restore(self, version_id: str) -> Config: ...
    async def reload(self, *, always: bool = False) -> None: ...
