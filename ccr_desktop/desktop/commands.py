"""What the tray, the window's frame and later starts ask the app for, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from ccr_desktop.desktop.closing import Closing
from ccr_desktop.desktop.dialogs import pick_folder
from ccr_desktop.desktop.pages.registry import WIZARD
from ccr_desktop.desktop.panel_loss import PanelLoss
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.serving import begins_hidden
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.tray.menu import Act
from ccr_desktop.desktop.wizard.draft import opens_by_itself
from ccr_desktop.errors import CcrError, sentences
from ccr_desktop.running_app import ANOTHER_ROUTER, Reply

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.importing.flow import ImportFlow
    from ccr_desktop.desktop.instance import Handover
    from ccr_desktop.desktop.state import Overview
    from ccr_desktop.desktop.system.endings import Endings
    from ccr_desktop.desktop.tray.tray import Tray
    from ccr_desktop.desktop.updating.flow import Updating
    from ccr_desktop.desktop.window import Window

    Parse = Callable[[Sequence[str]], argparse.Namespace]


class Commands(QObject):
    """Lives as long as the window."""

    def __init__(
        self, desk: Desk, window: Window, tray: Tray, parse: Parse, endings: Endings
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._bridge = desk.bridge
        self._window = window
        self._tray = tray
        self._parse = parse
        self._closing = Closing(desk.bridge, window, tray, endings)
        self._panel_loss = PanelLoss(window, tray)
        self._imports: ImportFlow | None = None
        self._updating: Updating | None = None
        self._acts = self._table()
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.overview_changed.connect(self._show_overview, queued)
        tray.chosen.connect(self.act)
        window.close_wanted.connect(self._closing.close_window)
        window.quit_wanted.connect(self._closing.quit)
        self._bridge.app_restart_wanted.connect(self._closing.restart)
        self._bridge.update_wanted.connect(self._show_update)
        self._bridge.app_update_wanted.connect(self._closing.update)
        window.strip.launch_wanted.connect(self._launch)

    def begin(self, chosen: argparse.Namespace) -> None:
        """Show what the first start asked for. Without a tray there is always a window."""
        self._tray.start()
        self._desk.panel.begin(self._tray)
        if not begins_hidden(chosen, self._bridge.config):
            self._window.come_forward()
        elif not self._tray.is_present:
            self._panel_loss.minimise()
        if opens_by_itself(self._desk):
            self._window.show_page(WIZARD)
        self.obey(chosen)

    def obey(self, chosen: argparse.Namespace) -> None:
        if chosen.page:
            self._window.show_page(chosen.page)
        if chosen.start:
            self._bridge.start()
        if chosen.stop:
            self._bridge.stop()
        if chosen.launch:
            self._launch(Path(chosen.launch))
        if chosen.link:
            self.open_link(chosen.link)
        if chosen.quit:
            self._closing.quit()

    def open_link(self, link: str) -> None:
        """Show what it would bring, to take it or not."""
        self._show("settings/transfer")
        self._import(link)

    def _import(self, link: str) -> None:
        from ccr_desktop.desktop.importing.flow import ImportFlow  # noqa: PLC0415  # seldom needed

        self._imports = self._imports or ImportFlow(self._desk, self._window)
        self._imports.begin_with_link_from_outside(link)

    def _show_update(self) -> None:
        from ccr_desktop.desktop.updating.flow import Updating  # noqa: PLC0415  # seldom needed

        self._updating = self._updating or Updating(self._desk, self._window)
        self._updating.show()

    def finish_update(self) -> bool:
        """Start the installer that was fetched, as nothing of the app runs now; whether it was."""
        return self._updating is not None and self._updating.finish()

    def take_over(self, handover: Handover) -> None:
        """Do what a later start wants, and tell it."""
        try:
            chosen = self._parse(handover.argv)
        except SystemExit:
            handover.answer(Reply(2, "These arguments are not known here."))
            return
        if other := self._another_router(chosen, handover.cwd):
            handover.answer(Reply(ANOTHER_ROUTER, other))
            return
        if chosen.launch:
            chosen.launch = str(handover.cwd / Path(chosen.launch).expanduser())
        if not (chosen.start or chosen.stop or chosen.quit or chosen.launch or chosen.hidden):
            self._window.come_forward(handover.activation)
        if chosen.start or chosen.stop:
            doing = self._started_or_stopped(handover, start=chosen.start)
            self._bridge.do(doing, self.tr("Doing what a command wants"))
        else:
            self.obey(chosen)
            handover.answer(Reply())

    def _another_router(self, chosen: argparse.Namespace, cwd: Path) -> str:
        """What keeps a later start from being served here; empty: nothing does."""
        config = self._bridge.config
        if chosen.port is not None and chosen.port != config.port:
            words = self.tr("The app is running, with its router on port {port}. Quit it first.")
            return words.format(port=config.port)
        if chosen.config is not None:
            wanted, used = (cwd / Path(chosen.config).expanduser()).resolve(), config.source
            if used is None or wanted != used.resolve():
                return self.tr("The app is running with other settings. Quit it first.")
        return ""

    async def _started_or_stopped(self, handover: Handover, *, start: bool) -> None:
        """Who asked waits until it is done."""
        supervisor = self._bridge.supervisor
        state = await (supervisor.start() if start else supervisor.stop())
        handover.answer(_told(state))

    def act(self, act: Act, argument: Any = None) -> None:
        """Do what a line of the tray's menu says."""
        self._acts[act](argument)

    def _table(self) -> dict[Act, Callable[[Any], object]]:
        bridge = self._bridge
        return {
            Act.OPEN: lambda _: self._window.come_forward(),
            Act.COPY_ADDRESS: lambda _: self._copy_address(),
            Act.SHOW_MAIN: lambda _: self._show("routes"),
            Act.LAUNCH: self._launch,
            Act.LAUNCH_CHOOSE: lambda _: self._launch(None),
            Act.RESUME: lambda _: self._show("launch/resume"),
            Act.MAIN_MODEL: bridge.set_main_model,
            Act.MORE_MODELS: lambda _: self._show("routes"),
            Act.ROUTE_SET: bridge.set_route_set,
            Act.PAUSE: bridge.pause_routing,
            Act.RESUME_ROUTING: lambda _: bridge.resume_routing(),
            Act.START: lambda _: bridge.start(),
            Act.STOP: lambda _: bridge.stop(),
            Act.RESTART: lambda _: bridge.restart(),
            Act.ATTENTION: lambda _: self._show("home"),
            Act.CHECK: lambda _: self._show("help/check"),
            Act.SETTINGS: lambda _: self._show("settings"),
            Act.QUIT: lambda _: self._closing.quit(),
        }

    # -- showing ---------------------------------------------------------------------------

    def _show_overview(self, overview: Overview) -> None:
        self._tray.show_overview(overview)

    def _show(self, page: str) -> None:
        self._window.show_page(page)
        self._window.come_forward()

    def _copy_address(self) -> None:
        address = self._bridge.overview.service.url
        QGuiApplication.clipboard().setText(address)
        self._window.show_toast(Toast(self.tr("Copied {address}").format(address=address)))

    def _launch(self, folder: Path | None) -> None:
        """Open Claude Code there; without a folder the person picks one."""
        self._bridge.do(self._launched(folder), self.tr("Launching Claude Code"))

    async def _launched(self, folder: Path | None) -> None:
        if folder is None:
            folder = await pick_folder(self._window, self.tr("Folder for Claude Code"))
        if folder is None:
            return
        try:
            await self._desk.launching.launch(folder)
        except CcrError:
            self._show("launch")  # which says what failed, and the way out


def _told(state: ServiceState) -> Reply:
    if state.phase is Phase.FAILED:
        return Reply(3, sentences(state.problem_title, state.problem_text))
    return Reply(0, f"The router is running on {state.url}." if state.url else "")
