"""Choosing one of hundreds, such as a model: a field that opens a list with a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.icons import SMALL, icon
from ccr_desktop.desktop.tokens import RADIUS_CARD, XS, M, S
from ccr_desktop.desktop.widgets.announcing import announce
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.choice_delegate import ChoiceDelegate
from ccr_desktop.desktop.widgets.choices import (
    Choice,
    ChoiceModel,
    Entry,
    Sought,
    Typed,
    grouped,
)
from ccr_desktop.desktop.widgets.labels import SecondaryText
from ccr_desktop.desktop.widgets.search_field import SearchField

Others = Callable[[str], Sequence[Choice]]
_HIGH, _LEAST_WIDE, _MOST_WIDE = 360, 360, 680
_A_PAGE = 8
_LOOKED_AT = 200  # lines, to know how wide the list has to be
_LEAST_WITH_NOTE = 180  # in less room the choice itself would be cut for it
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class FilterPicker(PlainButton):
    """Shows the present choice; Space, Enter or Down opens the list, typing filters it."""

    kind = "picker"
    picked = Signal(str)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        allow_other: bool = False,
        others: Others | None = None,
    ) -> None:
        """*name* is for screen readers; `allow_other` takes what is typed as a choice, too.

        *others* says which further choices what is typed can mean.
        """
        super().__init__("", "", parent)
        self._name = name
        self._placeholder = placeholder or self.tr("Choose…")
        self._choices: Sequence[Choice] = ()
        self._current = self._told_title = ""
        self._title: str | None = None
        self._note = ""
        self._allow_other = allow_other
        self._others = others
        self._pop_over: ChoicePopOver | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.clicked.connect(self.open)

    @property
    def pop_over(self) -> ChoicePopOver:
        """The list, made when it is first wanted: a page has many that nobody opens."""
        if self._pop_over is None:
            self._pop_over = ChoicePopOver(self, allow_other=self._allow_other, others=self._others)
            self._pop_over.picked.connect(self._take)
        return self._pop_over

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self._choices = choices
        if self._pop_over is not None and self._pop_over.isVisible():
            self._pop_over.set_choices(self._choices, self._current)
        self._title = None
        self._describe()

    def choices(self) -> Sequence[Choice]:
        return self._choices

    def current(self) -> str:
        """The key of the present choice, empty for none."""
        return self._current

    def set_current(self, key: str, title: str = "") -> None:
        """Show a choice without telling of it; one that is not in the list is shown by its key.

        With its *title* it need not be looked up, so that the list can be made later.
        """
        self._current, self._told_title = key, title
        self._title = None
        self._describe()

    def set_name(self, name: str) -> None:
        """For screen readers, where it changes."""
        self._name = name
        self._describe()

    def set_placeholder(self, text: str) -> None:
        """What stands there while nothing is chosen."""
        self._placeholder = text
        self._describe()

    def set_note(self, text: str) -> None:
        """A word about the present choice, in the secondary colour at the end of the field."""
        self._note = text
        self._describe()

    def shown_text(self) -> str:
        if not self._current:
            return self._placeholder
        if self._title is None:  # looked up once: it is asked for whenever the field is drawn
            self._title = self._told_title or self._found_title()
        return self._title

    def _found_title(self) -> str:
        titles = (each.title for each in self._choices if each.key == self._current)
        return next(titles, self._current)

    def open(self) -> None:
        self.pop_over.set_choices(self._choices, self._current)
        self.pop_over.open_below(self)

    def sizeHint(self) -> QSize:
        return QSize(240, theme.current().control_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        inner = self.rect().adjusted(M - 1, 0, -M, 0)
        arrow = QRect(0, 0, SMALL, SMALL)
        arrow.moveCenter(inner.center())
        arrow.moveLeft(inner.left() if rtl else inner.right() - SMALL + 1)
        icon("chevron-down", "secondary").paint(painter, arrow)
        room = inner.adjusted(SMALL + S if rtl else 0, 0, 0 if rtl else -(SMALL + S), 0)
        if self._note and room.width() >= _LEAST_WITH_NOTE:
            room = self._paint_note(painter, room, rtl=rtl)
        color = "text" if self._current else "secondary"
        painter.setFont(look.font())
        painter.setPen(look.color(color if self.isEnabled() else "disabled"))
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        cut = self.fontMetrics().elidedText(
            self.shown_text(), Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, side | _MIDDLE, cut)
        painter.end()

    def _paint_note(self, painter: QPainter, room: QRect, *, rtl: bool) -> QRect:
        """At the end of *room*, in half of it at most; returns what is left."""
        look = theme.current()
        metrics = QFontMetrics(look.font("help"))
        wide = min(metrics.horizontalAdvance(self._note) + 2, room.width() // 2)
        place = QRect(room)
        place.setWidth(wide)
        if not rtl:
            place.moveRight(room.right())
        painter.setFont(look.font("help"))
        painter.setPen(look.color("secondary" if self.isEnabled() else "disabled"))
        cut = metrics.elidedText(self._note, Qt.TextElideMode.ElideRight, wide)
        side = Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, side | _MIDDLE, cut)
        return room.adjusted(wide + M if rtl else 0, 0, 0 if rtl else -(wide + M), 0)

    def _describe(self) -> None:
        self.setAccessibleName(lists.phrases((self._name, self.shown_text(), self._note)))
        self.setToolTip(self.shown_text() if self._current else "")
        self.update()

    def _take(self, key: str) -> None:
        self.set_current(key)
        self.picked.emit(key)


class ChoicePopOver(QFrame):
    """The list itself, with the filter above it."""

    picked = Signal(str)

    def __init__(
        self, parent: QWidget, *, allow_other: bool = False, others: Others | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "window")  # a window of its own has square corners
        self._allow_other = allow_other
        self._others = others
        self._sought = Sought(())
        self.search = SearchField(self.tr("Type to filter"))
        self.model = ChoiceModel(self)
        self.list = QListView()
        self._nothing = SecondaryText(self.tr("Nothing matches."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paints = ChoiceDelegate(self.list)
        self._set_up()
        self.search.searched.connect(self._filter)
        self.search.enter_pressed.connect(self._pick_current)
        self.list.clicked.connect(self._pick)
        self.search.installEventFilter(self)

    def set_choices(self, choices: Sequence[Choice], current: str) -> None:
        self._sought = Sought(choices)
        self._paints.current = current
        if self.isVisible():
            self._filter(self.search.text())

    def open_below(self, anchor: QPushButton) -> None:
        if self.search.text():
            self.search.clear()  # which filters
        else:
            self._filter("")
        self.resize(self._wide(anchor), self._high())
        self.move(self._place(anchor))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The keys of the list work while the cursor stays in the filter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
                self._step(1 if event.key() == Qt.Key.Key_PageDown else -1, _A_PAGE)
                return True
        return False

    def _step(self, by: int, times: int = 1) -> None:
        """The cursor is in the filter, so what is chosen in the list has to be announced."""
        for _ in range(times):
            self._choose(self.model.next_able(self.list.currentIndex().row(), by))
        said = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        announce(self.list, str(said or ""))

    def _set_up(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._paints)
        self.list.setAccessibleName(self.search.placeholderText())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)  # else each line of thousands is asked for its own
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.entered.connect(self._point_at)
        column = QVBoxLayout(self)
        column.setContentsMargins(RADIUS_CARD, RADIUS_CARD, RADIUS_CARD, RADIUS_CARD)
        column.setSpacing(XS)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)

    def _wide(self, anchor: QPushButton) -> int:
        """As wide as its field, or as its lines need: those of thousands are not all looked at."""
        lines = (
            self.model.index(number) for number in range(min(self.model.rowCount(), _LOOKED_AT))
        )
        needed = max(map(self._paints.wanted_width, lines), default=0)
        room = min(_MOST_WIDE, anchor.screen().availableGeometry().width())
        around = 2 * RADIUS_CARD + self.list.verticalScrollBar().sizeHint().width() + S
        return max(anchor.width(), _LEAST_WIDE, min(needed + around, room))

    def _high(self) -> int:
        """As high as its lines need; what is typed may add one, or many from elsewhere."""
        if self._others:
            return _HIGH
        for part in (self, self.search, self.list, self._nothing):
            part.ensurePolished()  # else sizes are those without the style
        lines = self.model.rowCount() + self._allow_other
        needed = lines * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth()
        around = 2 * RADIUS_CARD + XS + S + self.search.sizeHint().height()
        return min(_HIGH, around + max(needed, self._nothing.sizeHint().height()))

    def _place(self, anchor: QPushButton) -> QPoint:
        """Below its field, or above it where the screen ends."""
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + XS))
        room = anchor.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            below.setY(anchor.mapToGlobal(QPoint(0, -self.height() - XS)).y())
        left = min(below.x(), room.right() - self.width())
        return QPoint(max(left, room.left()), max(below.y(), room.top()))

    def _filter(self, typed: str) -> None:
        entries: list[Entry] = list(grouped(self._sought.matching(typed)))
        if self._allow_other and typed and not self._sought.has(typed):
            entries.append(Typed(typed, self.tr("Use “%s”") % typed))
        if self._others and typed:
            entries.extend(grouped(self._others(typed)))
        self.model.show_entries(entries)
        self.list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._choose(self.model.find("" if typed else self._paints.current))

    def _choose(self, number: int) -> None:
        if number >= 0:
            index = self.model.index(number)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _point_at(self, index: QModelIndex) -> None:
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentIndex(index)

    def _pick_current(self) -> None:
        self._pick(self.list.currentIndex())

    def _pick(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if isinstance(entry, Choice) and entry.enabled:
            self.hide()
            self.picked.emit(entry.key)
        elif isinstance(entry, Typed):
            self.hide()
            self.picked.emit(entry.text)
