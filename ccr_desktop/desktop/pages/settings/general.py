"""General: colours, the start at login, and what closing the window does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication

from ccr_desktop.autostart.registration import AutostartState, autostart_for_system
from ccr_desktop.autostart.start_command import start_command
from ccr_desktop.core.file_trouble import why
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.binding import Binding, help_of
from ccr_desktop.desktop.pages.settings.choice_rows import PickRow
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.pages.settings.updates import updates_card
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.autostart.registration import Autostart
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    binding = Binding(desk.bridge, section)
    looks = Card(_tr("Appearance"))
    theme = ChoiceRow(
        title_of("Desktop.theme"), _themes(), _tr("Light and dark can follow the system.")
    )
    language = PickRow(title_of("Desktop.language"), _languages(), _tr("Counts at once."))
    looks.add(theme)
    looks.add(language)
    section.add(looks)
    start = Card(_tr("Start and close"))
    login = SwitchRow(title_of("start-at-login"))
    login.switch.setObjectName("start-at-login")
    hidden = SwitchRow(title_of("Desktop.startHidden"), help_of("Desktop.startHidden"))
    close = ChoiceRow(
        title_of("Desktop.onClose"), _closings(), _tr("Quitting ends the router as well.")
    )
    for row in (login, hidden, close):
        start.add(row)
    section.add(start)
    section.add(updates_card(desk, binding))
    login.setObjectName(row_name("start-at-login"))
    binding.add("Desktop.theme", theme)
    binding.add("Desktop.language", language)
    binding.add("Desktop.startHidden", hidden)
    binding.add("Desktop.onClose", close)
    StartAtLogin(desk.bridge, login, autostart_for_system())
    return section


class StartAtLogin(QObject):
    """Shows what the system itself says; nothing about it is in the settings file."""

    def __init__(self, bridge: Bridge, row: SwitchRow, autostart: Autostart) -> None:
        super().__init__(row)
        self._bridge = bridge
        self._row = row
        self._autostart = autostart
        self._command = start_command()
        self._turn = asyncio.Lock()
        self._questions = 0
        self._changes = 0
        row.show_help(self._words(AutostartState.OFF))  # its place, until the system has answered
        row.wanted.connect(self._change)
        row.fix_wanted.connect(lambda: self._change(True))
        row.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._app_changed)
        self._begin_look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and watched is self._row:
            self._begin_look()  # the system's own settings may have changed it meanwhile
        return super().eventFilter(watched, event)

    def _app_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._row.isVisible():
            self._begin_look()  # who comes back may have changed it in another window

    def _begin_look(self) -> None:
        if self._changes:
            return  # the last of them looks when it is done; before, the old state would be told
        self._bridge.do(self._look(self._ask()), self.tr("Asking about the start at login"))

    def _ask(self) -> int:
        """The number of a new question; those before it no longer tell."""
        self._questions += 1
        return self._questions

    def _change(self, is_on: bool) -> None:  # as a switch gives it
        self._ask()
        self._changes += 1
        command = self._command
        act = (lambda: self._autostart.enable(command)) if is_on else self._autostart.disable
        self._bridge.do(self._changed(act), self.tr("Changing the start at login"))

    async def _changed(self, act: Callable[[], None]) -> None:
        async with self._turn:
            try:
                await asyncio.to_thread(act)
            except OSError as exc:
                title = self.tr("The start at login could not be changed")
                said = self.tr("The system says: {error}.").format(error=_reason(exc))
                raise ClientError(title, said) from exc
            finally:
                self._changes -= 1
                if not self._changes:
                    await self._look(self._ask())

    async def _look(self, question: int) -> None:
        """What is shown is what the system has now, as the newest question had it."""
        try:
            state = await asyncio.to_thread(self._autostart.state, self._command)
        except OSError as exc:
            if question == self._questions:
                self._row.show_value(False)
                said = self.tr("The system does not tell: {error}.").format(error=_reason(exc))
                self._row.show_error(said)
            return
        if question != self._questions:
            return
        self._row.show_value(state is AutostartState.ON)
        self._row.show_help(self._words(state))
        self._row.show_error("")
        if state is AutostartState.OUTDATED:
            told = self.tr("Another copy of CCR Desktop, or one that was moved, starts at login.")
            self._row.show_note(told, self.tr("Start this one"))
        else:
            self._row.show_note("")

    def _words(self, state: AutostartState) -> str:
        match state:
            case AutostartState.ON:
                return self.tr("The system starts it at each login, without its window.")
            case AutostartState.HELD_BACK:
                return self.tr(
                    "Entered, but held back in the system's own settings. Switching it on lifts"
                    " that."
                )
            case _:
                return self.tr("The router is there before you need it.")


def _reason(error: OSError) -> str:
    words = in_words(why(error))
    return lists.titled(str(error.filename), words) if error.filename else words


def _themes() -> list[tuple[str, str]]:
    return [("system", _tr("As the system")), ("light", _tr("Light")), ("dark", _tr("Dark"))]


def _languages() -> list[tuple[str, str]]:
    """Languages are named as those who speak them do."""
    return [("system", _tr("As the system")), ("en", "English"), ("zh_CN", "简体中文")]


def _closings() -> list[tuple[str, str]]:
    return [
        ("ask", _tr("Asks")),
        ("background", _tr("Keeps running")),
        ("quit", _tr("Quits")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
