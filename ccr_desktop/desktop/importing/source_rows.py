"""Settings of other programs on this computer, each with a button to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.transfer.places import Source


class SourceRows(QWidget):
    wanted = Signal(str)
    """The path of the settings to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(S)

    def show_sources(self, sources: Sequence[Source]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if row := item.widget():
                row.hide()
                row.deleteLater()
        for source in sources:
            self._rows.addWidget(self._row(source))

    def _row(self, source: Source) -> SettingRow:
        title, path = in_words(source.title), str(source.path)
        look = PlainButton(self.tr("Look at it…"), "search")
        look.setObjectName(f"look-{source.path.name}")
        look.setAccessibleName(lists.phrases((look.text(), title)))
        look.clicked.connect(lambda: self.wanted.emit(path))
        return SettingRow(title, path, look)
