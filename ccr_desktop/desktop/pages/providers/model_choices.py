"""The models of a provider with a tick each, and those of them that match what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop import theme

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ModelChoices(QAbstractListModel):
    """Ticked models keep their order; those that are ticked later come after them."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._chosen: list[str] = []
        self._typed = ""

    @property
    def chosen(self) -> list[str]:
        return list(self._chosen)

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def show_models(self, offered: Sequence[str], chosen: Sequence[str]) -> None:
        """The chosen ones stand first, whether they are offered or not."""
        self._chosen = list(dict.fromkeys(chosen))
        self._names = tuple(dict.fromkeys([*self._chosen, *offered]))
        self._refresh()

    def filter(self, typed: str) -> None:
        self._typed = typed.casefold()
        self._refresh()

    def tick(self, name: str, *, on: bool) -> None:
        """Choose a model, also one that nobody offered; or choose it no more."""
        if on and name not in self._chosen:
            self._chosen.append(name)
        elif not on and name in self._chosen:
            self._chosen.remove(name)
        if name not in self._names:
            self._names = (*self._names, name)
            self._refresh()
        else:
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self._shown) - 1)))
        self.ticked.emit()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        name = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return visible(name)
            case Qt.ItemDataRole.CheckStateRole:
                return _CHECKED if name in self._chosen else _UNCHECKED
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(self._shown[index.row()], on=Qt.CheckState(value) is _CHECKED)
        return True

    def _refresh(self) -> None:
        words = self._typed.split()
        self.beginResetModel()
        self._shown = tuple(
            name for name in self._names if all(word in name.casefold() for word in words)
        )
        self.endResetModel()


class TickDelegate(QStyledItemDelegate):
    """A click anywhere in the line, or Space, changes the tick."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme.current().control_height() - 4)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        is_click = event.type() is QEvent.Type.MouseButtonRelease
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not is_click and not (is_space and event.type() is QEvent.Type.KeyPress):
            return False
        is_on = model.data(index, Qt.ItemDataRole.CheckStateRole) is _CHECKED
        state = _UNCHECKED if is_on else _CHECKED
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)
