"""The strip over every page: how the router does, its address, start and stop, and Launch."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from ccr_desktop.desktop import figures, service_words, tokens
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import Look, told_route
from ccr_desktop.desktop.widgets.buttons import PlainButton, SplitButton
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.labels import ElidedText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from ccr_desktop.desktop.state import Overview
    from ccr_desktop.desktop.widgets.state import State

_MAIN_FROM = 800  # a narrower strip has no room for the model
_LEAST_FOR_MAIN = 100  # what it has to be left
_STATES: dict[Look, State] = {
    Look.OFF: "off",
    Look.STARTING: "busy",
    Look.RUNNING: "running",
    Look.BACKUP: "backup",
    Look.ATTENTION: "attention",
}


class StatusStrip(QFrame):
    """Signals: what a person wants. `launch_wanted` carries a folder, None to choose one.

    Where the room ends, as with a large font, the less important gives way: the model, the words
    of the address, the name of the program to launch, and at last the end of the state's word.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    launch_wanted = Signal(object)
    launch_page_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-strip")
        self.setProperty("surface", "strip")
        self._state = StateDot("off", "", announces=True, elides=True)
        self._state.setObjectName("service-state")
        self._main = ElidedText()
        self._main.setObjectName("main-model")
        self._address = CopyField(compact=True)
        self._address.setObjectName("service-address")
        self._switch = PlainButton("", "play")
        self._switch.setObjectName("service-switch")
        self._launch = SplitButton("", "terminal")
        self._launch.setObjectName("launch")
        self._is_running = False
        self._lay_out()
        self._connect()
        self.reword()

    def reword(self) -> None:
        """Say everything in the language that is now in force; an overview has to follow."""
        self._state.show_state("off", self.tr("Off"))
        self._address.setAccessibleName(self.tr("Address of the router"))
        self._address.reword()
        self._switch.setText(self.tr("Start"))
        self._make_room()

    def show_overview(self, overview: Overview) -> None:
        phase = overview.service.phase
        self._state.show_state(_STATES[overview.look], self._word(overview))
        self._address.setVisible(phase is Phase.RUNNING)
        self._address.set_text(overview.service.url.removeprefix("http://"))
        self._main.setText(self._main_words(overview))
        self._is_running = phase in {Phase.RUNNING, Phase.STARTING}
        self._switch.setText(self.tr("Stop") if self._is_running else self.tr("Start"))
        self._switch.set_icon("square" if self._is_running else "play")
        self._switch.setEnabled(phase is not Phase.STOPPING)
        self._show_folders(overview.recent_folders)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a part needs another room, as by its font
            self._make_room()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._make_room()
        super().showEvent(event)

    def _make_room(self) -> None:
        if not self.isVisible():
            return  # an app that stays in the tray needs no fonts
        full, short = self.tr("Launch Claude Code"), self.tr("Launch")
        main = self._launch.main
        in_button = self._launch.sizeHint().width()  # first: it gives the font its weight
        measure = main.fontMetrics().horizontalAdvance
        in_button += measure(full) - measure(main.text())
        in_address = 0 if self._address.isHidden() else self._address.words_width()
        left = self.width() - self._fixed_width() - in_address - in_button
        given = _given_up(-left, (in_address, measure(full) - measure(short)))
        self._main.setVisible(self.width() >= _MAIN_FROM and left >= _LEAST_FOR_MAIN)
        self._address.show_words(shown=given < 1)
        wanted = short if given > 1 else full
        if (main.text(), main.accessibleName()) != (wanted, full):
            self._launch.set_text(full, "" if wanted == full else wanted)

    def _fixed_width(self) -> int:
        """Of what there is always, and of the gaps."""
        parts = [self._state.sizeHint().width(), self._switch.sizeHint().width()]
        if not self._address.isHidden():
            words = 0 if self._address.label().isHidden() else self._address.words_width()
            parts.append(self._address.sizeHint().width() - words)
        gaps = len(parts) * tokens.M  # with the one before the button to launch
        return 2 * tokens.L + gaps + sum(parts)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.L, tokens.S, tokens.L, 0)
        row.setSpacing(tokens.M)
        row.addWidget(self._state)
        row.addWidget(self._address)
        row.addWidget(self._main, 1000)
        row.addStretch(1)  # what there is while the model is hidden
        row.addWidget(self._switch)
        row.addWidget(self._launch)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self._switch.clicked.connect(self._switched)
        self._launch.clicked.connect(self.launch_page_wanted)

    def _switched(self) -> None:
        (self.stop_wanted if self._is_running else self.start_wanted).emit()

    def _show_folders(self, folders: tuple[Path, ...]) -> None:
        menu = QMenu(self)
        for folder in folders[:5]:
            action = menu.addAction(str(folder).replace("&", "&&"))
            action.triggered.connect(lambda _=False, at=folder: self.launch_wanted.emit(at))
        if folders:
            menu.addSeparator()
        choose = menu.addAction(self.tr("Choose folder…"))
        choose.triggered.connect(lambda: self.launch_wanted.emit(None))
        self._launch.set_menu(menu)

    def _word(self, overview: Overview) -> str:
        if overview.paused_until_s is not None and overview.service.phase is Phase.RUNNING:
            return self._paused_words(overview.paused_until_s)
        if overview.awaits_keys and overview.service.phase is Phase.RUNNING:
            return self.tr("Running, waiting for keys")
        if overview.service.phase is Phase.STOPPING:
            return service_words.stopping(overview.running_requests)
        if overview.service.phase is Phase.FAILED:
            has_run = overview.service.restarts > 0
            return self.tr("Stopped by itself") if has_run else self.tr("Did not start")
        return {
            Look.OFF: self.tr("Off"),
            Look.STARTING: self.tr("Starting"),
            Look.RUNNING: self.tr("Running"),
            Look.BACKUP: self.tr("Running on a backup"),
            Look.ATTENTION: self.tr("Running with problems"),
        }[overview.look]

    def _paused_words(self, until_s: float) -> str:
        if math.isinf(until_s):
            return self.tr("Running, routing paused")
        words = self.tr("Running, routing paused until {time}")
        return words.format(time=figures.until(until_s))

    def _main_words(self, overview: Overview) -> str:
        if overview.awaits_file:
            return self.tr("Demo until the file is mended")
        if overview.is_demo:
            return self.tr("Demo: add a provider to get real answers")
        if not overview.main:
            return ""
        if overview.is_on_backup:
            in_use = told_route(overview.main_in_use, overview.shared_models)
            return self.tr("Main: {model} (backup)").format(model=in_use)
        main = told_route(overview.main, overview.shared_models)
        return self.tr("Main: {model}").format(model=main)


def _given_up(lacking: int, widths: Sequence[int]) -> int:
    """How many parts, of these *widths*, have to go until there is room."""
    gained = accumulate(widths, initial=0)
    return next((number for number, each in enumerate(gained) if each >= lacking), len(widths))
