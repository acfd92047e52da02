"""What the tray, the window's frame and later starts ask the app for, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from ccr_desktop.desktop.closing import Closing
from ccr_desktop.desktop.dialogs import pick_folder
from ccr_desktop.desktop.instance import Reply
from ccr_desktop.desktop.tray.menu import Act

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.instance import Handover
    from ccr_desktop.desktop.state import Overview
    from ccr_desktop.desktop.system.endings import Endings
    from ccr_desktop.desktop.tray.tray import Tray
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
        self._acts = self._table()
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.overview_changed.connect(self._show_overview, queued)
        tray.chosen.connect(self.act)
        window.close_wanted.connect(self._closing.close_window)
        window.quit_wanted.connect(self._closing.quit)
        self._bridge.app_restart_wanted.connect(self._closing.restart)
        window.strip.launch_wanted.connect(self._launch)

    def begin(self, chosen: argparse.Namespace) -> None:
        """Show what the first start asked for. Without a tray there is always a window."""
        self._tray.start()
        is_hidden = chosen.hidden or self._bridge.config.desktop.start_hidden
        if not is_hidden:
            self._window.come_forward()
        elif not self._tray.is_present:
            self._window.showMinimized()
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
        if chosen.quit:
            self._closing.quit()

    def take_over(self, handover: Handover) -> None:
        """Do what a later start wants, and tell it."""
        try:
            chosen = self._parse(handover.argv)
        except SystemExit:
            handover.answer(Reply(2, "These arguments are not known here."))
            return
        if chosen.launch:
            chosen.launch = str(handover.cwd / Path(chosen.launch).expanduser())
        if not (chosen.start or chosen.stop or chosen.quit or chosen.hidden):
            self._window.come_forward()
        self.obey(chosen)
        handover.answer(Reply())

    def act(self, act: Act, argument: Any = None) -> None:
        """Do what a line of the tray's menu says."""
        self._acts[act](argument)

    def _table(self) -> dict[Act, Callable[[Any], None]]:
        bridge = self._bridge
        return {
            Act.OPEN: lambda _: self._window.come_forward(),
            Act.COPY_ADDRESS: lambda _: _copy(bridge.overview.service.url),
            Act.SHOW_MAIN: lambda _: self._show("routes"),
            Act.LAUNCH: self._launch,
            Act.LAUNCH_CHOOSE: lambda _: self._launch(None),
            Act.RESUME: lambda _: self._show("launch"),
            Act.MAIN_MODEL: bridge.set_main_model,
            Act.MORE_MODELS: lambda _: self._show("routes"),
            Act.ROUTE_SET: bridge.set_route_set,
            Act.PAUSE: bridge.pause_routing,
            Act.RESUME_ROUTING: lambda _: bridge.resume_routing(),
            Act.START: lambda _: bridge.start(),
            Act.STOP: lambda _: bridge.stop(),
            Act.RESTART: lambda _: bridge.restart(),
            Act.ATTENTION: lambda _: self._show("home"),
            Act.SETTINGS: lambda _: self._show("settings"),
            Act.QUIT: lambda _: self._closing.quit(),
        }

    # -- showing ---------------------------------------------------------------------------

    def _show_overview(self, overview: Overview) -> None:
        self._tray.show_overview(overview)

    def _show(self, page: str) -> None:
        self._window.show_page(page)
        self._window.come_forward()

    def _launch(self, folder: Path | None) -> None:
        """Open Claude Code there; without a folder the person picks one."""
        self._bridge.do(self._launched(folder), self.tr("Launching Claude Code"))

    async def _launched(self, folder: Path | None) -> None:
        if folder is None:
            folder = await pick_folder(self._window, self.tr("Folder for Claude Code"))
        if folder is not None:
            await self._desk.launching.launch(folder)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
