"""The file behind a service: read again when it changes, and changed by the service's program.

Files and keyrings may take their time, so all of it happens in threads.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.observe.events import ConfigRejected
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.errors import CcrError, ClientError, ConfigError, ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.config.versions import Version
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.protocol.json import JsonObject

    Adopt = Callable[[Config], Awaitable[None]]

log = logging.getLogger(__name__)


class LiveConfig:
    """Hands each new configuration to *adopt*, one after the other; a bad file changes nothing."""

    def __init__(self, store: ConfigStore | None, adopt: Adopt, bus: EventBus) -> None:
        self._store = store
        self._adopt = adopt
        self._bus = bus
        self._changing = asyncio.Lock()

    def leave_loop(self) -> None:
        """The next call may come on another loop."""
        self._changing = asyncio.Lock()

    async def reload(self, *, always: bool = False) -> None:
        """Adopt the file as it stands now, if it changed or *always*."""
        store = self._store
        if store is None:
            return
        async with self._changing:
            await self._reload(store, always=always)

    async def _reload(self, store: ConfigStore, *, always: bool) -> None:
        try:
            config = await beside(store.reload if always else store.check)
        except ConfigError as exc:
            self._reject(store, [str(issue) for issue in exc.issues])
        except CcrError as exc:
            self._reject(store, [str(exc)])
        else:
            if config is not None:
                with suppress(ServiceError):  # it was told
                    await self._adopted(config, store)

    async def _adopted(self, config: Config, store: ConfigStore) -> None:
        """Adopt *config*; where that fails, the old one goes on and everybody is told."""
        try:
            await self._adopt(config)
        except Exception as exc:
            log.exception("the new configuration could not be put to use")
            problem = str(exc) if isinstance(exc, CcrError) else f"{type(exc).__name__}: {exc}"
            self._reject(store, [f"It could not be put to use. {problem}"])
            raise ServiceError(
                "The new configuration could not be put to use",
                f"{ended(problem)} The file is saved, and the service goes on with the old one.",
            ) from exc

    def _reject(self, store: ConfigStore, problems: list[str]) -> None:
        self._bus.publish(ConfigRejected(source=str(store.path or ""), problems=problems))

    async def change(self, edit: Callable[[JsonObject], JsonObject], base: str | None) -> Config:
        """Save and adopt what *edit* makes of the file's content, if that is still *base*."""

        def save(store: ConfigStore) -> Config:
            revision = store.revision if base is None else base
            return store.save(edit(dict(store.written.raw)), base=revision)

        return await self._changed(save)

    async def versions(self) -> list[Version]:
        """What the file was before, newest first."""
        return await beside(self._need_store().versions)

    async def restore(self, version_id: str) -> Config:
        """Make a former version of the file the present one, and adopt it."""
        return await self._changed(lambda store: store.restore(version_id))

    async def _changed(self, change: Callable[[ConfigStore], Config]) -> Config:
        store = self._need_store()
        async with self._changing:  # or of two changes at once the second would be a conflict
            config = await beside(lambda: change(store))
            await self._adopted(config, store)
        return config

    def _need_store(self) -> ConfigStore:
        if self._store is None:
            raise ClientError("This service has no configuration file", status=409)
        return self._store
