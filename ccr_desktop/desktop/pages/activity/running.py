"""What is being answered now, above the table: who answers, for how long, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import ElidedText, SecondaryText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from ccr_desktop.core.observe.journal import Entry

_MOST = 3


class RunningCard(Card):
    """Not there before something runs. The table has those that do not fit here.

    While it is seen it keeps the room it had, so that what is below stays under the pointer
    when requests begin and end.
    """

    stop_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("running")
        self._entries: tuple[Entry, ...] = ()
        self._lines: dict[str, RunningLine] = {}
        self._rest = SecondaryText()
        self._room, self._column = QWidget(), QVBoxLayout()
        self._column.setSpacing(S)
        column = QVBoxLayout(self._room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addLayout(self._column)
        column.addWidget(self._rest)
        column.addStretch(1)
        self.add(self._room)
        self.show_entries((), 0.0)

    def show_entries(self, entries: Sequence[Entry], now_s: float) -> None:
        """Those that run, the oldest first: lines keep their places."""
        self._entries = tuple(entries)
        shown = {entry.request_id: entry for entry in self._entries[:_MOST]}
        for name in [name for name in self._lines if name not in shown]:
            self._lines.pop(name).remove()
        for name, entry in shown.items():
            if name not in self._lines:
                self._lines[name] = self._line(name)
            self._lines[name].show_entry(entry, now_s)
        more = len(self._entries) - len(shown)
        self._rest.setText(self.tr("and {n} more").format(n=more))
        self._rest.setVisible(more > 0)
        self.set_title(self._title())
        self._room.setMinimumHeight(self._room_kept())
        self.setVisible(self.is_busy or self.isVisible())

    @property
    def is_busy(self) -> bool:
        return bool(self._entries)

    def show_time(self, now_s: float) -> None:
        """Only the figures move."""
        for entry in self._entries[:_MOST]:
            self._lines[entry.request_id].show_entry(entry, now_s)

    def lines(self) -> list[str]:
        return [line.words() for line in self._lines.values()]

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._room.setMinimumHeight(0)
        self.setVisible(self.is_busy)  # when the page is shown again

    def _title(self) -> str:
        if not self._entries:
            return self.tr("Nothing is running now")
        return self.tr("Running now: {n}").format(n=len(self._entries))

    def _room_kept(self) -> int:
        return max(self._room.minimumHeight(), self._room.sizeHint().height())

    def _line(self, request_id: str) -> RunningLine:
        line = RunningLine()
        line.stop.clicked.connect(lambda: self.stop_wanted.emit(request_id))
        self._column.addWidget(line)
        return line


class RunningLine(QWidget):
    """One request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._times = ElidedText(role="body"), SecondaryText()
        self.stop = PlainButton(self.tr("Stop"), "square")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(StateDot("busy"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._model, 1)
        row.addWidget(self._times)
        row.addWidget(self.stop)

    def show_entry(self, entry: Entry, now_s: float) -> None:
        model = model_of(entry.route)
        elapsed = figures.duration(max(0.0, now_s - entry.at_s))
        if entry.first_s is None:
            times = self.tr("waiting for the first word, {elapsed}").format(elapsed=elapsed)
        else:
            first = figures.duration(entry.first_s)
            times = self.tr("first word after {first}, {elapsed} so far")
            times = times.format(first=first, elapsed=elapsed)
        self._model.setText(model)
        self._times.setText(times)
        self.stop.setAccessibleName(self.tr("Stop the request to {model}").format(model=model))

    def words(self) -> str:
        return lists.titled(self._model.text(), self._times.text())

    def remove(self) -> None:
        self.hide()
        self.deleteLater()
