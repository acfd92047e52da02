"""The sign that something was copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QIcon

from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton

if TYPE_CHECKING:
    from ccr_desktop.desktop.widgets.row_delegate import RowAction
    from ccr_desktop.desktop.widgets.row_list import RowList

_SHOWN_MS = 2000
_DONE = "check"


class CopySign(QObject):
    """A copy button itself says for a moment that it was done; its width never changes."""

    def __init__(self, button: PlainButton | IconButton) -> None:
        super().__init__(button)
        self._button = button
        self._before: tuple[QIcon, str, str] | None = None
        self._again = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._again.timeout.connect(self.take_back)
        self._keep_width()

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._show()
        self._again.start()

    def take_back(self) -> None:
        """Have the button be as it was."""
        self._again.stop()
        if self._before:
            icon, words, name = self._before
            self._before = None
            self._say(words, name)
            self._button.setIcon(icon)

    def _show(self) -> None:
        button = self._button
        if self._before is None:
            self._before = button.icon(), button.text(), button.accessibleName()
        self._say(self.tr("Copied"), self.tr("Copied"))
        button.set_icon(_DONE)

    def _say(self, words: str, name: str) -> None:
        if isinstance(self._button, IconButton):
            self._button.set_name(name)
        else:
            self._button.setText(words)
            self._button.setAccessibleName(name)

    def _keep_width(self) -> None:
        if isinstance(self._button, IconButton):
            return
        self._button.ensurePolished()
        wide = self._button.sizeHint().width()
        self._show()
        wide = max(wide, self._button.sizeHint().width())
        self.take_back()
        self._button.setMinimumWidth(wide)


class RowCopySign(QObject):
    """The same for an action of the rows of a list: that of the row which was copied says it."""

    def __init__(self, rows: RowList, action: RowAction, *others: RowAction) -> None:
        """*others* are the actions that stand behind it."""
        super().__init__(rows)
        self._rows = rows
        self._action = action
        self._others = others
        self._again = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._again.timeout.connect(lambda: self._show(""))
        self._show("")

    def copy(self, key: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._show(key)
        self._again.start()

    def _show(self, key: str) -> None:
        words = QCoreApplication.translate("CopySign", "Copied")
        done = replace(self._action, text=words, icon=_DONE)
        self._rows.set_actions_for(
            lambda row: (
                done if row.key == key else self._action,
                *self._others,
            )
        )
