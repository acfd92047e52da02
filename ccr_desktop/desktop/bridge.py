"""The one place between Qt and the service: what happens comes out as signals with frozen records,
what people want goes in as calls.

Pages never see the service itself: their presenters use the bridge.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ccr_desktop.core.config.renewed import renewed_providers
from ccr_desktop.core.observe.events import (
    ConfigRejected,
    ConfigReloaded,
    RoutingPaused,
    RoutingResumed,
)
from ccr_desktop.core.observe.health import Health
from ccr_desktop.core.observe.journal import Journal
from ccr_desktop.core.setup.edits import with_route, with_route_set
from ccr_desktop.desktop import language
from ccr_desktop.desktop.background import BackgroundTasks
from ccr_desktop.desktop.editing import Editor
from ccr_desktop.desktop.overview import overview_of
from ccr_desktop.desktop.rule_hits import RuleHits
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.settings_watch import SettingsWatch
from ccr_desktop.desktop.state import UNTIL_RESUMED, Toast
from ccr_desktop.desktop.tally import Tally
from ccr_desktop.desktop.text_draft import TextDraft
from ccr_desktop.errors import ConfigError, ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.secrets.worker import StoreWorker
    from ccr_desktop.core.service import Service
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.desktop.editing import Edit, KeyEdit
    from ccr_desktop.desktop.launching import Launching
    from ccr_desktop.desktop.state import Overview
    from ccr_desktop.desktop.supervisor import Supervisor

    T = TypeVar("T")

_DRAW_EVERY_MS = 200  # however much happens


class Bridge(QObject):
    """Signals carry records: `Overview`, `Config`, the issues, `Toast`, `Problem`.

    `activity_changed` says that `journal` and `health` have something new, up to 5 times a second.
    """

    overview_changed = Signal(object)
    config_changed = Signal(object)
    issues_changed = Signal(object)
    activity_changed = Signal()
    happened = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    page_wanted = Signal(str)
    app_restart_wanted = Signal()
    update_wanted = Signal()
    """Somebody wants to see the new version that was found."""
    app_update_wanted = Signal()
    """The app is to end and to be replaced by a verified installer."""

    def __init__(
        self,
        store: ConfigStore,
        supervisor: Supervisor,
        launching: Launching,
    ) -> None:
        super().__init__()
        self.store = store
        self.host = supervisor.host
        self.supervisor = supervisor
        self.tasks = BackgroundTasks(self.failed.emit)
        self.editor = Editor(store, self._use, self._may_lose_comments)
        self.journal = Journal()
        self.health = Health()
        self._judged = store.config
        self.tally = Tally()
        self.rule_hits = RuleHits()
        self.ask_about_comments: Callable[[], Awaitable[bool]] | None = None
        """Asks the person whether a save may drop comments, and one of two settings of a name."""
        self.count_attention: Callable[[], int] = lambda: 0
        """How many things need attention; whoever knows has `refresh` called when it changes."""
        self.draft = TextDraft(self.do)
        self._launching = launching
        launching.projects_changed.connect(self.refresh)
        self._issues: tuple[Issue, ...] = ()
        self._watch = SettingsWatch(store, supervisor, self)
        self._watch.changed.connect(self._config_changed)
        self._watch.failed.connect(self.failed)
        self._watch.keys_changed.connect(self.refresh)
        self._paused_until_s: float | None = None
        self._listens_on = store.config.host, store.config.port  # it may run already
        self._overview: Overview | None = None
        self._draw = QTimer(self, interval=_DRAW_EVERY_MS, singleShot=True)
        self._draw.timeout.connect(self._draw_activity)
        self._unsubscribe: list[Callable[[], None]] = []
        language.current().changed.connect(self._reword)

    @property
    def config(self) -> Config:
        return self.store.config

    @property
    def raw(self) -> dict[str, Any]:
        """The configuration as the file has it, for edits; not to be changed."""
        return dict(self.written.raw)

    @property
    def written(self) -> Config:
        """The file as it stands, which is not in force while it has errors."""
        try:
            return self.store.written
        except ConfigError:  # nothing in it can be read, and no edit is taken
            return self.store.config

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self._issues

    @property
    def needs_restart(self) -> bool:
        """Whether the running service listens elsewhere than the configuration says."""
        is_running = self.supervisor.state.phase is Phase.RUNNING
        return is_running and self._listens_on != (self.config.host, self.config.port)

    @property
    def overview(self) -> Overview:
        return self._overview or self._overview_now()

    # -- the app's life --------------------------------------------------------------------

    async def begin(self) -> None:
        """Follow the service and the file, and start the service if nobody has."""
        self._unsubscribe = [
            self.host.subscribe(self._heard),
            self.supervisor.subscribe(self._service_changed),
        ]
        self.tasks.run(self._watch.run(), self.tr("Watching the settings"))
        self.tasks.run(self._launching.look(), self.tr("Looking for recent folders"))
        self.refresh()
        if self.supervisor.state.phase is Phase.OFF:
            self.tasks.run(self.supervisor.start(), self.tr("Starting the router"))

    async def end(self) -> None:
        self._draw.stop()
        await self.editor.settle()
        await self.supervisor.stop()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        await self.tasks.close()

    # -- intents ---------------------------------------------------------------------------

    def do(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Begin *work*; what fails is told to the person."""
        return self.tasks.run(work, name)

    def start(self) -> None:
        self.do(self.supervisor.start(), self.tr("Starting the router"))

    def stop(self) -> None:
        self.do(self.supervisor.stop(), self.tr("Stopping the router"))

    def restart(self) -> asyncio.Task[ServiceState]:
        return self.do(self.supervisor.restart(), self.tr("Restarting the router"))

    def pause_routing(self, seconds: float) -> None:
        """Send everything straight to the default route for so long, or `UNTIL_RESUMED`."""

        async def pause(service: Service) -> None:
            service.pause_routing(None if seconds == UNTIL_RESUMED else seconds)

        self.do(self.host.call(pause), self.tr("Pausing the routing"))

    def resume_routing(self) -> None:
        async def resume(service: Service) -> None:
            service.resume_routing()

        self.do(self.host.call(resume), self.tr("Resuming the routing"))

    def end_rest(self, provider: str) -> None:
        """Ask a provider again that is left alone after failures."""

        async def end(service: Service) -> None:
            service.end_rest(provider)

        self.do(self.host.call(end), self.tr("Using {provider} again").format(provider=provider))

    def edit(self, edit: Edit, words: str) -> asyncio.Task[bool]:
        """Change the configuration; *words* say what was done, in the past: "Removed DeepSeek"."""
        return self.do(self._told(lambda: self.editor.change(edit, words), words), words)

    def restore(self, version: str, words: str, base: str | None = None) -> asyncio.Task[bool]:
        """Make a former version of the configuration the present one, if *base* still is."""
        return self.do(self._told(lambda: self.editor.restore(version, words, base), words), words)

    async def edit_text(self, data: bytes, base: str, words: str) -> bool:
        """Save the text of the file as it is, if it is still that of the revision *base*.

        Raises `ConfigConflict` and `ConfigError`, which are for whoever shows the text to tell.
        """
        return await self._told(lambda: self.editor.change_text(data, base, words), words)

    async def reload(self) -> None:
        """Read the file again, since a key that stands behind it may be another, and use it."""
        await self._use(await asyncio.to_thread(self.store.reload))

    def edit_keys(
        self, edit: KeyEdit, secrets: StoreWorker, words: str
    ) -> asyncio.Task[Moved | None]:
        """Store keys, and change the configuration that refers to them, as one step."""
        return self.do(self.edited_keys(edit, secrets, words), words)

    def set_main_model(self, route: str) -> None:
        route_set = self.config.route_set
        rest = self._main_fallbacks(route)
        words = self.tr("Main model: {model}").format(model=route.partition(",")[2])
        self.edit(lambda raw: with_route(raw, "default", [route, *rest], route_set), words)

    def set_route_set(self, name: str) -> None:
        words = self.tr("Route set: {name}").format(name=name or self.tr("Standard"))
        self.edit(lambda raw: with_route_set(raw, name), words)

    def stop_requests(self) -> None:
        """Tell the clients of all running requests that they were stopped, and wait for none."""
        running = [entry.request_id for entry in self.journal.running]

        async def stop(service: Service) -> None:
            for request_id in running:
                service.cancel_request(request_id)

        if self.supervisor.state.phase in {Phase.RUNNING, Phase.STOPPING}:
            self.do(self.host.call(stop), self.tr("Stopping the requests"))

    def undo(self) -> None:
        self.do(self._undone(), self.tr("Undo"))

    def redo(self) -> None:
        self.do(self._redone(), self.tr("Redo"))

    def _reword(self) -> None:
        self.supervisor.reword()
        self.refresh()

    def refresh(self) -> None:
        """Tell the state of affairs again where it changed."""
        if self.store.awaits_keys:
            self._watch.look()
        found = self._overview_now()
        if found != self._overview:
            self._overview = found
            self.overview_changed.emit(found)

    # -- what happens ----------------------------------------------------------------------

    def _heard(self, event: Event) -> None:
        self.journal.note(event)
        self.health.note(event)
        self.tally.note(event)
        self.rule_hits.note(event, self.config.raw)
        self._launching.note(event)
        match event:
            case ConfigReloaded() | ConfigRejected():
                self._config_changed()
            case RoutingPaused():
                self._paused_until_s = event.until_s
                self.refresh()
            case RoutingResumed():
                self._paused_until_s = None
                self.refresh()
        self.happened.emit(event)
        if not self._draw.isActive():
            self._draw.start()

    def _draw_activity(self) -> None:
        self.activity_changed.emit()
        self.refresh()

    def _service_changed(self, state: ServiceState) -> None:
        if state.phase is Phase.RUNNING:
            self._listens_on = self.config.host, self.config.port
        else:
            self._paused_until_s = None
        self.do(self._look_at_issues(), self.tr("Looking for problems"))
        self.refresh()

    def _config_changed(self) -> None:
        came = self._watch.settle()
        self.health.forget(*renewed_providers(self._judged, self.config))
        self._judged = self.config
        self.config_changed.emit(self.config)
        self.do(self._look_at_issues(), self.tr("Looking for problems"))
        self.refresh()
        if came and self.needs_restart:
            self.restart()  # other machines are heard only with a key

    async def _look_at_issues(self) -> None:
        """The running service knows more: what is wrong in plugins."""

        async def issues(service: Service) -> list[Issue]:
            return service.issues

        try:
            found = await self.host.call(issues)
        except ServiceError:
            found = [*self.config.issues, *self.store.problems]
        known = tuple(dict.fromkeys(found))
        if known != self._issues:
            self._issues = known
            self.issues_changed.emit(known)
            self.refresh()

    def _overview_now(self) -> Overview:
        return overview_of(
            self.supervisor.state,
            self.config,
            self.journal,
            paused_until_s=self._paused_until_s,
            recent=self._launching.recent_folders(),
            attention=self.count_attention(),
            awaits_file=self.store.awaits_file,
            awaits_keys=self._watch.awaits_keys,
        )

    async def _may_lose_comments(self) -> bool:
        return self.ask_about_comments is None or await self.ask_about_comments()

    # -- the configuration -----------------------------------------------------------------

    async def _use(self, config: Config) -> None:
        async def use(service: Service) -> None:
            await service.adopt(config)

        if self.supervisor.state.phase is Phase.RUNNING:
            await self.host.call(use)  # which tells of it on the bus
        else:
            self._config_changed()

    async def _told(self, change: Callable[[], Awaitable[bool]], words: str) -> bool:
        """Begins *change* itself: one that is cancelled before it begins leaves nothing behind."""
        did = await change()
        if did and words:
            self.told.emit(Toast(words, can_undo=True))
        return did

    async def edited_keys(self, edit: KeyEdit, secrets: StoreWorker, words: str) -> Moved | None:
        """The same, for those who tell in their own place what fails."""
        moved = await self.editor.change_keys(edit, secrets, words)
        if moved is not None and words:
            self.told.emit(Toast(words, can_undo=True))
        return moved

    async def _undone(self) -> None:
        if words := await self.editor.undo():
            self.told.emit(Toast(self.tr("Undone: {words}").format(words=again(words))))

    async def _redone(self) -> None:
        if words := await self.editor.redo():
            self.told.emit(Toast(again(words), can_undo=True))

    def _main_fallbacks(self, route: str) -> list[str]:
        rest = self.config.router.routes.get("default", ())[1:]
        return [str(other) for other in rest if str(other) != route]
