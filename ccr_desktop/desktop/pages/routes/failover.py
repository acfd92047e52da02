"""How backups come in: tries and waits, which failures count, and who is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.core.config.failover import read_failover
from ccr_desktop.core.config.schema import FAILURES, Failover
from ccr_desktop.core.setup.edits import setting_value, with_setting
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import issue_words
from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.rows import NumberRow, SettingRow, SwitchRow
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.seconds_field import SecondsField
from ccr_desktop.desktop.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.page import RoutesPage

_USUAL_PAUSE_AFTER = 5


def build(desk: Desk, _page: RoutesPage) -> QWidget:
    view = FailoverView()
    FailoverPresenter(view, desk.bridge)
    return view


class SecondsRow(SettingRow):
    """`wanted` once the number is finished, not while it is typed."""

    wanted = Signal(float)

    def __init__(self, title: str, least: float, most: float, help_text: str = "") -> None:
        self.number = SecondsField(least, most)
        self._shown = least
        super().__init__(title, help_text, self.number)
        self.number.editingFinished.connect(self._tell)

    def show_value(self, value: float) -> None:
        if not self.number.hasFocus() or self.number.value() != value:
            self.number.show_number(value)
        self._shown = self.number.value()  # leaving the field as it is changes nothing

    def words(self, value: object) -> str:
        return lists.titled(self.title, f"{value} s")

    def _tell(self) -> None:
        value = self.number.value()
        if value != self._shown:
            self.wanted.emit(int(value) if value.is_integer() else value)


class FailoverView(PageScroll):
    """Shows `Failover`, and says what is wanted in its place."""

    when_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, top=S)
        self.setObjectName("failover")
        self.tries = NumberRow(
            self.tr("How often one model is asked"),
            1,
            10,
            self.tr("Then its first backup model takes over. 1: at once."),
        )
        self.wait = SecondsRow(
            self.tr("Longest wait"),
            0,
            600,
            self.tr("A provider that asks to wait longer is passed over."),
        )
        self.boxes = {name: self._box(name) for name in FAILURES}
        self.told = Banner("warn")
        self.pausing = SwitchRow(
            self.tr("Leave a provider alone that keeps failing"),
            self.tr(
                "Its backup models answer at once, and nobody waits for it. It is used as before"
                " as soon as it answers again. Without a backup model it is asked all the same."
            ),
        )
        self.pausing.setObjectName("failover-pausing")
        self.after = NumberRow(self.tr("After so many failures in a row"), 1, 1000)
        self.pause = SecondsRow(self.tr("For so long"), 1, 86400)
        self._lay_out()

    def _nothing_counts(self, failover: Failover) -> str:
        if failover.when:
            return ""
        return self.tr("No failure counts now: backup models never answer.")

    def show_failover(self, failover: Failover, told: str = "") -> None:
        """*told* is what the file has in place of failures."""
        for name, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.show_checked(name in failover.when)
            box.blockSignals(blocked)
        self.told.show_notice("warn", told or self._nothing_counts(failover))
        self.told.setVisible(bool(self.told.text()))
        is_pausing = failover.pause_after > 0
        self.pausing.show_value(is_pausing)
        for row in (self.after, self.pause):
            row.setVisible(is_pausing)

    def _box(self, name: str) -> TickBox:
        box = TickBox(_failure_title(name))
        box.setObjectName(f"failure-{name}")
        box.setAccessibleDescription(_failure_about(name))
        box.toggled.connect(self._tell)
        return box

    def _tell(self, _checked: bool) -> None:
        self.when_wanted.emit(tuple(name for name, box in self.boxes.items() if box.isChecked()))

    def _lay_out(self) -> None:
        self.add(
            HelpText(
                self.tr(
                    "What happens before a backup model answers. It holds for all routes, and"
                    " only while nothing of an answer has reached Claude Code."
                )
            )
        )
        tries = Card(self.tr("Another try"))
        tries.add(self.tries)
        tries.add(self.wait)
        failures = Card(
            self.tr("Which failures count"),
            self.tr("After any other one nobody else is asked, and Claude Code is told at once."),
        )
        for name, box in self.boxes.items():
            failures.add(_with_help(box, _failure_about(name)))
        failures.add(self.told)
        pausing = Card(self.tr("Providers in trouble"))
        for row in (self.pausing, self.after, self.pause):
            pausing.add(row)
        for card in (tries, failures, pausing):
            self.add(card)


class FailoverPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, view: FailoverView, bridge: Bridge) -> None:
        super().__init__(view)
        self._view = view
        self._bridge = bridge
        binding = Binding(bridge, view)
        binding.add("Failover.tries", view.tries)
        binding.add("Failover.longestWait", view.wait)
        binding.add("Failover.pauseAfter", view.after)
        binding.add("Failover.pauseFor", view.pause)
        view.when_wanted.connect(self._set_when)
        view.pausing.wanted.connect(self._set_pausing)
        bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _show(self) -> None:
        issues: list[Issue] = []
        failover = read_failover(setting_value(self._bridge.raw, "Failover"), issues)
        of_when = [issue for issue in issues if issue.where.startswith("Failover.when")]
        self._view.show_failover(failover, put_together(map(issue_words, of_when)))
        of_pause = [issue for issue in issues if issue.where.startswith("Failover.pauseAfter")]
        self._view.pausing.show_error(put_together(map(issue_words, of_pause)))

    def _set_when(self, names: tuple[str, ...]) -> None:
        value = None if names == FAILURES else list(names)
        self._change("Failover.when", value, self.tr("Changed which failures count"))

    def _set_pausing(self, wanted: bool) -> None:
        value = _USUAL_PAUSE_AFTER if wanted else None
        self._change("Failover.pauseAfter", value, self._view.pausing.words(wanted))

    def _change(self, key: str, value: Any, words: str) -> None:
        task = self._bridge.edit(lambda raw: with_setting(raw, key, value), words)
        afterwards(task, self._show)  # as it was, when that failed


def _with_help(box: TickBox, about: str) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(XS)
    column.addWidget(box)
    help_text = HelpText(about)
    help_text.setIndent(_INDENT)
    column.addWidget(help_text)
    return both


_INDENT = 26  # where the words of a check box begin


def _failure_title(name: str) -> str:
    def words(text: str) -> str:
        return QCoreApplication.translate("Routes", text)

    match name:
        case "connection":
            return words("No connection")
        case "timeout":
            return words("Too slow")
        case "rateLimit":
            return words("Too many requests")
        case "serverError":
            return words("Trouble at the provider")
        case "emptyAnswer":
            return words("Empty answer")
        case "account":
            return words("No money or no key")
        case _:
            return name


def _failure_about(name: str) -> str:
    def words(text: str) -> str:
        return QCoreApplication.translate("Routes", text)

    match name:
        case "connection":
            return words("The provider can't be reached, or the connection breaks.")
        case "timeout":
            return words("No answer within the provider's time-outs, or it says so (408, 504).")
        case "rateLimit":
            return words("The provider asks to wait (429).")
        case "serverError":
            return words("It is overloaded or fails (500 and above), or what comes is no answer.")
        case "emptyAnswer":
            return words("It answers without a word.")
        case "account":
            return words("The account is empty (402), or no key is there for it.")
        case _:
            return ""
