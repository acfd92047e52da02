"""A list of two-line rows with actions, a menu, and an order of its own if wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.icons import icon
from ccr_desktop.desktop.widgets.behind import KeepsRow
from ccr_desktop.desktop.widgets.reorder import moved, shifted
from ccr_desktop.desktop.widgets.ring import came_by_keyboard
from ccr_desktop.desktop.widgets.row_delegate import ActionsFor, RowAction, RowDelegate
from ccr_desktop.desktop.widgets.rows import Index, Row, RowModel

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RowList(KeepsRow, QListView):
    """Enter or a double click opens a row; the menu key, a right click or hovering show more.

    With `reorderable` rows are dragged, or moved by Ctrl+Up and Ctrl+Down and in the menu. The
    list does not move them by itself: it tells the order that is wanted.
    """

    opened = Signal(str)
    selected = Signal(str)
    """The key of the chosen row, empty for none."""
    action_requested = Signal(str, str)
    """Key of the row, key of the action."""
    order_requested = Signal(tuple)
    """All keys in the order that is wanted."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        reorderable: bool = False,
        fit_content: bool = False,
    ) -> None:
        """*name* is what a screen reader calls the list; `fit_content` shows all, unscrolled."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = RowModel(parent=self)
        self.paints = RowDelegate(self)
        self._reorderable = reorderable
        self._fit = fit_content
        self._dragged: str | None = None
        self._pressed_at = QPoint()
        self._pressed: tuple[str, str] | None = None
        self._gap: int | None = None
        self._menu: QMenu | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self.paints)
        self._set_up()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """The cursor stays with its row, also where that was renamed or changed into another."""
        before = [row.key for row in self.rows.rows]
        at = self.currentIndex().row()
        with self.showing():
            self.rows.set_rows(rows)
            is_changed = 0 <= at < len(rows) and rows[at].key not in before
            if is_changed and before[at] not in {row.key for row in rows}:
                self.setCurrentIndex(self.rows.index(at))
        if self._fit:
            self.updateGeometry()
        if self.hasFocus() and self.paints.ring and self.currentIndex().row() != at:
            self._bring_into_sight()  # it was moved by a key

    def set_actions(self, actions: Sequence[RowAction]) -> None:
        """The same actions for every row."""
        fixed = tuple(actions)
        self.set_actions_for(lambda _row: fixed)

    def set_actions_for(self, actions_for: ActionsFor) -> None:
        """Actions that depend on the row."""
        self.paints.actions_for = actions_for
        self.viewport().update()

    def current_key(self) -> str:
        row = self.rows.row_at(self.currentIndex())
        return row.key if row else ""

    def select(self, key: str) -> None:
        with self.showing():
            self.setCurrentIndex(self.rows.index_of(key))

    def height_of_rows(self) -> int:
        """What it needs to show all."""
        high = sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount()))
        return high + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        rows = self.rows.rowCount()  # all of one height
        return QSize(200, rows * self.sizeHintForRow(0) if rows else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._fit else super().minimumSizeHint()

    def row_chosen(self, row: Index) -> None:
        found = self.rows.row_at(row)
        self.selected.emit(found.key if found else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.paints.ring = came_by_keyboard(event, self.paints.ring)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.paints.ring = True
        key = self.current_key()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if key and event.key() in _ENTER:
            self.opened.emit(key)
        elif key and step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._shift(key, step)
        elif key and event.key() == Qt.Key.Key_Delete and (action := self._removing()):
            self.action_requested.emit(key, action.key)
        else:
            super().keyPressEvent(event)
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """The cursor's row, in all that scrolls around a list that shows all of its rows."""
        place = self.visualRect(self.currentIndex())
        around = self.parentWidget()
        while place.isValid() and around is not None:
            if isinstance(around, QScrollArea) and (content := around.widget()):
                middle = self.viewport().mapTo(content, place.center())
                around.ensureVisible(middle.x(), middle.y(), 0, place.height())
            around = around.parentWidget()

    def _removing(self) -> RowAction | None:
        """What the key Delete does with the present row, if its actions have such a one."""
        row = self.rows.row_at(self.currentIndex())
        actions = self.paints.actions_for(row) if row else ()
        return next((action for action in actions if action.danger), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.paints.ring = False
        self._pressed_at = event.position().toPoint()
        self._pressed = self._action_at(self._pressed_at)
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self.paints.pointed = place
        self.viewport().update()
        if self._reorderable and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(place)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._drop()
            return
        released = self._action_at(event.position().toPoint())
        if released and released == self._pressed:
            self.action_requested.emit(*released)
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """An action was done by the first click; another row may have come to its place since."""
        self._pressed = None
        hit = self._hit(event.position().toPoint())
        if hit and hit[1] is None:
            self.opened.emit(hit[0].key)

    def leaveEvent(self, event: QEvent) -> None:
        self.paints.pointed = None
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A tooltip names the action under the pointer."""
        if event.type() is QEvent.Type.ToolTip and self.paints.pointed is not None:
            hit = self._hit(self.paints.pointed)
            if hit and hit[1] is not None:
                QToolTip.showText(self.viewport().mapToGlobal(self.paints.pointed), hit[1].text)
                return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        row = self.rows.row_at(index)
        if row is None:
            return
        below = self.visualRect(index).bottomLeft()
        place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
        self.menu_for(row).popup(place)

    def menu_for(self, row: Row) -> QMenu:
        """All that can be done with a row, in words."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        for action in self.paints.actions_for(row):
            self._add(menu, row.key, action)
        if self._reorderable and self.rows.rowCount() > 1:
            menu.addSeparator()
            self._add_moves(menu, row.key)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        last = self._gap >= self.rows.rowCount()
        index = self.rows.index(self._gap - 1 if last else self._gap)
        place = self.visualRect(index)
        y = place.bottom() if last else place.top()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.current().color("accent"), 2))
        painter.drawLine(place.left(), y, place.right(), y)
        painter.end()

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        if self._fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _hit(self, place: QPoint) -> tuple[Row, RowAction | None] | None:
        """The row at a place, and the action of it that is there."""
        index = self.indexAt(place)
        row = self.rows.row_at(index)
        if row is None:
            return None
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        places = self.paints.action_places(self.visualRect(index), row, rtl=rtl)
        return row, next((action for action, spot in places if spot.contains(place)), None)

    def _action_at(self, place: QPoint) -> tuple[str, str] | None:
        """The keys of the row and of its action that is at a place."""
        hit = self._hit(place)
        return (hit[0].key, hit[1].key) if hit and hit[1] else None

    def _add(self, menu: QMenu, key: str, action: RowAction) -> None:
        entry = menu.addAction(action.text)
        if action.icon:
            entry.setIcon(icon(action.icon, "attention" if action.danger else "secondary"))
        entry.triggered.connect(lambda: self.action_requested.emit(key, action.key))

    def _add_moves(self, menu: QMenu, key: str) -> None:
        keys = [row.key for row in self.rows.rows]
        ends = {-1: keys[0], 1: keys[-1]}
        for step, words, name in (
            (-1, self.tr("Move up"), "arrow-up"),
            (1, self.tr("Move down"), "arrow-down"),
        ):
            entry: QAction = menu.addAction(icon(name, "secondary"), words)
            entry.setEnabled(key != ends[step])
            entry.triggered.connect(lambda _checked=False, by=step: self._shift(key, by))

    def _shift(self, key: str, step: int) -> None:
        keys = tuple(row.key for row in self.rows.rows)
        order = shifted(keys, key, step)
        if self._reorderable and order != keys:
            self.order_requested.emit(order)

    def _drag(self, place: QPoint) -> None:
        """Follow the pointer without `QDrag`, which would run a loop of its own."""
        if self._dragged is None:
            hit = self._hit(self._pressed_at)
            far = (place - self._pressed_at).manhattanLength() >= 8
            if hit is None or hit[1] is not None or not far:
                return
            self._dragged = hit[0].key
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        index = self.indexAt(place)
        if index.isValid():
            lower = place.y() > self.visualRect(index).center().y()
            self._gap = index.row() + int(lower)
        else:
            self._gap = 0 if place.y() < 0 else self.rows.rowCount()

    def _drop(self) -> None:
        key, gap = self._dragged, self._gap
        self._dragged, self._gap = None, None
        self.unsetCursor()
        self.viewport().update()
        keys = tuple(row.key for row in self.rows.rows)
        if key in keys and gap is not None and (order := moved(keys, key, gap)) != keys:
            self.order_requested.emit(order)
