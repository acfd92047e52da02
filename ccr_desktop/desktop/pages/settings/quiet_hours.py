"""The hours in which no notice is shown."""

from __future__ import annotations

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.labels import SecondaryText
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.desktop.widgets.time_field import TIME_FORMAT, TimeField

_USUAL = "22:00-08:00"


class QuietHoursRow(SettingRow):
    """A switch, and while it is on the two times; `wanted` has the span, or None."""

    wanted = Signal(object)

    def __init__(self, title: str, help_text: str) -> None:
        self.switch = Switch(name=title)
        self.switch.setObjectName("quiet-hours")
        self.begin = self._field("quiet-from", self.tr("Quiet from"))
        self.end = self._field("quiet-until", self.tr("Quiet until"))
        self._shown = ""
        self._times = QWidget()
        times = QHBoxLayout(self._times)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(S)
        times.addWidget(self.begin)
        times.addWidget(SecondaryText(self.tr("to")))
        times.addWidget(self.end)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self._times)
        row.addWidget(self.switch)
        super().__init__(title, help_text, both)
        both.setFocusProxy(self.switch)
        self.switch.switched.connect(lambda on: self.wanted.emit(_USUAL if on else None))

    def show_value(self, value: str) -> None:
        self.switch.show_checked(bool(value))
        self._times.setVisible(bool(value))
        begin, _, end = (value or _USUAL).partition("-")
        for field, text in ((self.begin, begin), (self.end, end)):
            hours, _, minutes = text.strip().partition(":")
            time = QTime(int(hours) % 24, int(minutes))
            if field.time() != time:
                field.setTime(time)
        self._shown = self._span()

    def words(self, value: object) -> str:
        """What was done, for the undo."""
        return lists.titled(self.title, value or self.tr("none"))

    def _field(self, name: str, words: str) -> TimeField:
        field = TimeField()
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.editingFinished.connect(self._tell)
        return field

    def _tell(self) -> None:
        if self.switch.isChecked() and self._span() != self._shown:
            self.wanted.emit(self._span())

    def _span(self) -> str:
        return "-".join(field.time().toString(TIME_FORMAT) for field in (self.begin, self.end))
