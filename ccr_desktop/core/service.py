"""The service: owns the server, the connection pool, the bus and the log.

It runs on whatever loop it is started on: plain asyncio, uvloop, or the desktop's. `token` opens
the management paths to programs of the same user, who find it in the run file.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from ccr_desktop import paths, runfile
from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.core.observe.logging import start_logging
from ccr_desktop.core.relay import Relay
from ccr_desktop.core.server.app import Api
from ccr_desktop.core.server.management import Management
from ccr_desktop.core.server.port import bind, client_host
from ccr_desktop.core.upstream.client import UpstreamClient
from ccr_desktop.errors import ServiceError
from ccr_desktop.runfile import RunInfo

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from ccr_desktop.core.config.schema import Config

log = logging.getLogger(__name__)

GRACE_S = 10.0  # running streams get so long to finish when the service stops
_CLOSE_S = 1.0  # what is left then has been cut off already
_GC_THRESHOLDS = (50_000, 20, 100)


class Service:
    """Start it, use it at `url`, stop it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.bus = EventBus()
        self.url = ""
        self.token = secrets.token_urlsafe(32)
        self.released = asyncio.Event()
        self._client: UpstreamClient | None = None
        self._runner: web.AppRunner | None = None
        self._stop_logging: Callable[[], None] | None = None

    async def start(self) -> None:
        """Accept requests at `url`. Raises `ServiceError` when the port or a file can't be had."""
        listener = bind(self.config.host, self.config.port)
        try:
            await self._start(listener)
        except OSError as exc:
            listener.close()
            place = f"{exc.filename}: " if exc.filename else ""
            hint = "Check CCR_DESKTOP_HOME and the rights on that folder."
            raise ServiceError(
                "The service can't start", f"{place}{exc.strerror or exc}. {hint}"
            ) from exc

    async def _start(self, listener: socket.socket) -> None:
        if self.config.writes_log:
            writer, self._stop_logging = start_logging(paths.log_dir(), self.config.log_level)
            self.bus.subscribe(writer.note)
        self._client = UpstreamClient(self.config)
        relay = Relay(self.config, self._client, self.bus)
        management = Management(relay, self.token, self._note_holders)
        api = Api(relay, self.config, management, GRACE_S)
        self._runner = web.AppRunner(
            api.application(),
            access_log=None,
            handler_cancellation=True,  # a client that goes away cancels its upstream request
            shutdown_timeout=_CLOSE_S,
            handle_signals=False,
            logger=log,
        )
        await self._runner.setup()
        port = listener.getsockname()[1]
        url = f"http://{client_host(self.config.host)}:{port}"
        runfile.write(port, RunInfo(os.getpid(), url, self.token))
        self.url = url
        await web.SockSite(self._runner, listener).start()
        _settle_memory()

    def _note_holders(self, count: int) -> None:
        """Somebody began or ceased to need the service; `released` is set while nobody does."""
        if count:
            self.released.clear()
        else:
            self.released.set()

    async def stop(self) -> None:
        """Stop accepting, let running streams finish for up to `GRACE_S`, close everything."""
        if self.url:
            runfile.remove(int(self.url.rpartition(":")[2]))
            self.url = ""
        if self._runner:
            await self._runner.cleanup()
        if self._client:
            await self._client.close()
        if self._stop_logging:
            self._stop_logging()
        self._runner = self._client = self._stop_logging = None


def _settle_memory() -> None:
    """Take what was loaded so far out of the collector's sight: its pauses stop streams."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
