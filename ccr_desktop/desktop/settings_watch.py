"""Keeps the app up with the settings file, whoever changes it, and with keys that come late."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import Problem
from ccr_desktop.desktop.system.path_watch import PathWatch
from ccr_desktop.errors import CcrError, ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.service import Service
    from ccr_desktop.desktop.supervisor import Supervisor

_LOOK_EVERY_S = 1.0
_LOOK_SELDOM_S = 30.0  # where the system tells of changes, in case it does not


class SettingsWatch(QObject):
    """A running service reads the file itself: it is told when that may have changed."""

    changed = Signal()
    """Another configuration counts, or the file can't be used, while no service runs."""
    failed = Signal(object)
    keys_changed = Signal()
    """Keys are awaited, or no longer."""

    def __init__(self, store: ConfigStore, supervisor: Supervisor, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._supervisor = supervisor
        self._paths = PathWatch(store.places, self)
        self._paths.changed.connect(self._file_touched)
        self._awaited_keys = store.awaits_keys
        self._is_touched = False
        self._is_read = True
        self._is_stirred = asyncio.Event()

    @property
    def awaits_keys(self) -> bool:
        return self._awaited_keys or self._store.awaits_keys

    def settle(self) -> bool:
        """Another configuration counts: whether it has keys that the one before waited for."""
        self._paths.follow()  # as nobody may have told of its file
        awaited, self._awaited_keys = self._awaited_keys, self._store.awaits_keys
        return awaited and not self._awaited_keys

    def look(self) -> None:
        """At what may have changed, and whether there are keys to wait for."""
        self._is_stirred.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        self._paths.begin()
        unsubscribe = self._supervisor.subscribe(lambda _: self.look())
        try:
            while True:
                await self._wait()
                await self._look_for_keys()
                if self._is_off:
                    await self._look_at_file()
                else:
                    await self._tell_service()
        finally:
            unsubscribe()
            self._paths.end()

    def _file_touched(self) -> None:
        self._is_touched = True
        self.look()

    @property
    def _is_off(self) -> bool:
        return self._supervisor.state.phase in {Phase.OFF, Phase.FAILED}

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pause_s()):
                await self._is_stirred.wait()
        self._is_stirred.clear()

    def _pause_s(self) -> float | None:
        """None where whatever happens is told."""
        if self.awaits_keys:
            return _LOOK_EVERY_S
        if not self._is_off:
            return None
        return _LOOK_SELDOM_S if self._paths.is_sure and self._is_read else _LOOK_EVERY_S

    async def _look_for_keys(self) -> None:
        """Of those that came the service tells once it uses them, of those refused nobody."""
        if self._awaited_keys is not self._store.awaits_keys:
            if self._awaited_keys:
                await self._ask_service(lambda service: service.reload())
            self._awaited_keys = self._store.awaits_keys
            self.keys_changed.emit()

    async def _tell_service(self) -> None:
        is_touched, self._is_touched = self._is_touched, False

        async def tell(service: Service) -> None:
            service.file_watch.is_told = self._paths.is_sure
            if is_touched:
                service.file_watch.look_now()

        await self._ask_service(tell)

    async def _ask_service(self, work: Callable[[Service], Awaitable[None]]) -> None:
        if self._supervisor.state.phase is Phase.RUNNING:
            with suppress(ServiceError):  # it has just ended
                await self._supervisor.host.call(work)

    async def _look_at_file(self) -> None:
        try:
            changed, self._is_read = await asyncio.to_thread(self._checked)
        except CcrError as exc:
            self.failed.emit(Problem(in_words(exc.title), in_words(exc.message)))
            self.changed.emit()
        else:
            if changed is not None:
                self.changed.emit()

    def _checked(self) -> tuple[Config | None, bool]:
        """A file that is gone may come back in a moment, and is looked at again until then."""
        return self._store.check(), self._store.is_as_it_was()
