"""The service: owns the server, the connection pool, the bus, the logs and the configuration.

It runs on whatever loop it is started on: plain asyncio, uvloop, or the desktop's. `token` opens
the management paths to programs of the same user, who find it in the run file.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.renewed import renewed_providers
from ccr_desktop.core.config.secret_values import secret_values
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.file_watch import FileWatch
from ccr_desktop.core.http_library import web
from ccr_desktop.core.live_config import LiveConfig
from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.core.observe.events import ConfigReloaded
from ccr_desktop.core.observe.health import Health
from ccr_desktop.core.observe.journal import Journal
from ccr_desktop.core.own_files import OwnFiles
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.relay import Relay
from ccr_desktop.core.routing.pause import Pause
from ccr_desktop.core.routing.rests import Rests
from ccr_desktop.core.server.app import Api
from ccr_desktop.core.server.closing import close
from ccr_desktop.core.server.management import Management
from ccr_desktop.core.server.port import bind, client_host, release
from ccr_desktop.core.session_notes import SessionNotes
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.upstream.client import UpstreamClient
from ccr_desktop.core.window_discovery import WindowDiscovery
from ccr_desktop.errors import ServiceError
from ccr_desktop.runfile import RunInfo

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping, Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.config.versions import Version
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.custom import CustomRouter
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.routing.unknown import Fact
    from ccr_desktop.core.transformers.plugin_files import Plugins

log = logging.getLogger(__name__)

GRACE_S = 10.0  # running streams get so long to finish when the service stops
_CLOSE_S = 1.0  # what is left then has been cut off already
_GC_THRESHOLDS = (50_000, 20, 100)


class Service:
    """Start it, use it at `url`, stop it; and start it again, on another loop if need be.

    All but the constructor belongs to the thread of the loop that it runs on.
    With a *store* a changed configuration file takes effect by itself, within a second; what runs
    keeps the configuration that it began with.
    """

    def __init__(self, config: Config, store: ConfigStore | None = None) -> None:
        self.config = config
        self.store = store
        self.bus = EventBus()
        self.journal = Journal()
        """The latest requests, those that run among them."""
        self.bus.subscribe(self.journal.note)
        self.health = Health()
        """How the providers fare."""
        self.bus.subscribe(self.health.note)
        self._pause = Pause(self.bus)
        self._rests = Rests(self.bus)
        self._live = LiveConfig(store, self.adopt, self.bus)
        self._has_stopped = False
        self.url = ""
        self.since_s = 0.0
        self.token = secrets.token_urlsafe(32)
        self._new_signals()
        self._relay: Relay | None = None
        self._api: Api | None = None
        self._client: UpstreamClient | None = None
        self._runner: web.AppRunner | None = None
        self._windows: WindowDiscovery | None = None
        self._beside: list[asyncio.Future[None]] = []
        """What runs as long as the service does."""
        self._files = OwnFiles(self.bus)
        self.file_watch = FileWatch(store, self._files, self._has_code)
        self.is_findable = False
        """Whether other programs of the user find it by its run file."""
        self._notes: SessionNotes | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._stir_memory: Callable[[], None] | None = None

    def _new_signals(self) -> None:
        """An event belongs to the loop on which somebody waits for it."""
        self.held = asyncio.Event()
        """Set once somebody needed the service."""
        self.released = asyncio.Event()
        self.stop_wanted = asyncio.Event()
        """Set when a program of the user asks the service to stop."""

    async def start(self) -> None:
        """Accept requests at `url`. Raises `ServiceError` when the port or a file can't be had."""
        if self._runner or self._notes:
            raise RuntimeError("the service was started already")
        if self._has_stopped:
            await self.reload()  # nobody looked at the file meanwhile
        listener = bind(self.config.host, self.config.port)
        try:
            await self._start(listener)
        except BaseException as exc:
            try:
                await self.stop()  # what was opened so far
            finally:
                release(listener)
            if not isinstance(exc, OSError):
                raise
            place = f"{exc.filename}: " if exc.filename else ""
            reason = f"{place}{why(exc)}. {paths.way_out(exc)}"
            raise ServiceError("The router can't start", reason) from exc

    async def _start(self, listener: socket.socket) -> None:
        self._files.begin_log(self.config, self._secrets(self.config))
        self._notes = SessionNotes(paths.data_dir() / "sessions", self.config)
        self._unsubscribe = self.bus.subscribe(self._notes.note)
        self._client = UpstreamClient(self.config)
        plugins = PluginFiles()
        await beside(lambda: plugins.load(self.config.plugins))  # their code may take its time
        self._relay = Relay(
            self.config, self._client, self.bus, plugins, self._pause, rests=self._rests
        )
        management = Management(self, self._relay)
        self._api = Api(self._relay, self.config, management, GRACE_S)
        self._runner = web.AppRunner(
            self._api.application(),
            access_log=None,
            handler_cancellation=True,  # a client that goes away cancels its upstream request
            shutdown_timeout=_CLOSE_S,
            handle_signals=False,
            logger=log,
        )
        await self._runner.setup()
        port = listener.getsockname()[1]
        url = f"http://{client_host(self.config.host)}:{port}"
        self.is_findable = self._files.make_known(port, RunInfo(os.getpid(), url, self.token))
        self.url = url
        self.since_s = time.time()
        await web.SockSite(self._runner, listener).start()
        await self._look()
        if self.store:
            self._beside.append(asyncio.ensure_future(self.file_watch.run(self._keep_up)))
        self._windows = WindowDiscovery(self.config)
        self._beside.append(asyncio.ensure_future(self._windows.run()))
        log.info("listening on %s with %s", url, self.config.source or "the built-in configuration")
        self._stir_memory = _settle_memory()

    def note_holders(self, count: int) -> None:
        """Somebody began or ceased to need the service; `released` is set while nobody does."""
        if count:
            self.held.set()
            self.released.clear()
        else:
            self.released.set()

    # -- pausing ---------------------------------------------------------------------------

    @property
    def paused_until_s(self) -> float | None:
        """The time of day when routing goes on, `math.inf` when only `resume_routing` ends the
        pause; None: routing is not paused.
        """
        return self._pause.until_s

    def pause_routing(self, seconds: float | None) -> None:
        """Send every request straight to the default route, for so long or until resumed (None).

        What the user's rules forbid stays forbidden. The end of the service ends it, too.
        """
        self._pause.begin(seconds)

    def resume_routing(self) -> None:
        """Let the rules choose again."""
        self._pause.end()

    def end_rest(self, provider: str) -> None:
        """Ask a provider again that is left alone after failures."""
        self._rests.end(provider)

    # -- state -----------------------------------------------------------------------------

    @property
    def running_requests(self) -> int:
        return self._api.running_requests if self._api else 0

    def cancel_request(self, request_id: str) -> bool:
        """End one running request: its client is told that it was stopped at the router.

        False when no request of that id runs any more.
        """
        return self._api is not None and self._api.cancel_request(request_id)

    @property
    def issues(self) -> list[Issue]:
        """All that is known to be wrong: in the configuration, the changed file, and plugins."""
        changed = self.store.problems if self.store else ()
        files = self._relay.issues if self._relay else []
        own = self._files.issues
        return list(dict.fromkeys([*self.config.issues, *changed, *files, *own]))

    @property
    def plugins(self) -> Plugins | None:
        """The transformers of the user's as they were loaded; None while nothing runs."""
        return self._relay.transformers.plugins if self._relay else None

    @property
    def custom_router(self) -> CustomRouter | None:
        return self._relay.custom_router if self._relay else None

    async def stop(self) -> None:
        """Stop accepting, let running streams finish for up to `GRACE_S`, close everything."""
        for task in self._beside:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._pause.end()
        if self.url:
            log.info("stopping; running requests may end")
            self._files.withdraw()
            self.url = ""
        if self._runner:
            await close(self._runner)
        if self._api:
            self._api.close()
        if self._client:
            await self._client.close()
        if self._relay:
            await self._relay.close()
        if self._notes:
            self._unsubscribe()
            self._notes.close()
        self._files.end_log()
        self._runner = self._client = self._notes = self._windows = None
        self._relay = self._api = None
        self._beside.clear()
        self._new_signals()
        self._live.leave_loop()
        self._has_stopped = True
        if self._stir_memory:
            self._stir_memory()
            self._stir_memory = None

    # -- configuration ---------------------------------------------------------------------

    async def change(
        self, edit: Callable[[JsonObject], JsonObject], base: str | None = None
    ) -> Config:
        """Save what *edit* makes of the file's content, and serve by it from now on.

        *edit* runs in a thread; it leaves its argument as it is. *base* is the store's `revision`
        that was shown to the user; the present one when None. What is doubtful in the new
        configuration is in its `issues`. Raises `ConfigError` when it can't be used,
        `ConfigConflict` when the file is another one by now, and `ClientError` without a file:
        then nothing was saved.
        """
        return await self._live.change(edit, base)

    async def versions(self) -> list[Version]:
        """What the file was before, newest first."""
        return await self._live.versions()

    async def restore(self, version_id: str) -> Config:
        """Make a former version of the file, by its `name`, the present one; raises as `change`."""
        return await self._live.restore(version_id)

    async def adopt(self, config: Config) -> None:
        """`use` it once its plugins are loaded: their code may take its time, or never end."""
        if relay := self._relay:
            await beside(lambda: relay.load_plugins(config))
        self.use(config)

    async def explain(
        self,
        body: JsonObject,
        headers: Mapping[str, str],
        unknown: frozenset[Fact] = frozenset(),
        at_s: float | None = None,
    ) -> Decision:
        """The decision for a Messages request; nothing is sent. Raises a `CcrError` as it would.

        *unknown* is what the body does not say, since nobody knows it; *at_s* is when it was
        asked, in seconds since 1970, if not now.
        """
        if self._relay is None:
            raise ServiceError("The service is not running", "Start it, then ask again.")
        lower = {name.lower(): value for name, value in headers.items()}
        return await self._relay.route(
            Exchange(raw=dumps_safe(body), headers=lower, unknown=unknown, asked_at_s=at_s)
        )

    async def _keep_up(self) -> None:
        """With the files, which may have changed."""
        await self.reload()
        await self._reload_plugins()
        await self._look()
        self._files.stay_known()

    def _has_code(self) -> bool:
        """Whether there are files of the user's besides the configuration."""
        return bool(self.config.plugins or self.config.custom_router_path)

    async def reload(self, *, always: bool = False) -> None:
        """Use the file as it stands now, if it changed or *always*; a bad one changes nothing."""
        await self._live.reload(always=always)

    async def _reload_plugins(self) -> None:
        relay = self._relay
        if relay is None or not self.config.plugins:
            return
        if await beside(lambda: relay.load_plugins(self.config)):
            self.use(self.config, notes=["Plugins were loaded again."])

    async def _look(self) -> None:
        """At the files of the user's that requests need."""
        if self._relay:
            await self._relay.look()

    def use(self, config: Config, notes: Sequence[str] = ()) -> None:
        """Serve by *config* from the next request on. Where it listens changes with a restart.

        What raises leaves the old configuration in place, all of it.
        """
        if self._relay:
            self._relay.use(config)  # the one part that makes things which may fail
        notes, is_running = [*notes], self._runner is not None
        if is_running and (config.host, config.port) != (self.config.host, self.config.port):
            notes.append("HOST and PORT take effect with a restart.")
        log_by = config.writes_log, config.log_level
        if is_running and log_by != (self.config.writes_log, self.config.log_level):
            self._files.begin_log(config, self._secrets(config))
        else:
            self._files.hide(self._secrets(config))
        self.health.forget(*renewed_providers(self.config, config))
        self.config = config
        for part in (self._client, self._api, self._notes, self._windows):
            if part:
                part.use(config)
        self.file_watch.look_now()  # it may have to look more often from now on
        self.bus.publish(ConfigReloaded(source=str(config.source or "built-in"), notes=notes))

    def _secrets(self, config: Config) -> set[str]:
        return {self.token, *secret_values(config)}


def _settle_memory() -> Callable[[], None]:
    """Take what was loaded so far out of the collector's sight: its pauses stop streams.

    The function that is returned takes it back, or what a stopped service was made of would stay
    for ever. Of several services in a process the first does it for all.
    """
    if gc.isenabled():  # else somebody collects in a thread that may
        gc.collect(1)  # of what was loaded hardly anything is garbage, and to look takes its time
    if gc.get_freeze_count():
        return lambda: None
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)

    def stir() -> None:
        gc.unfreeze()
        gc.set_threshold(*thresholds)

    return stir
