"""Paints rows of two lines: state at the left, actions at the right when they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.icons import SMALL, icon
from ccr_desktop.desktop.theme import FontRole
from ccr_desktop.desktop.tokens import RADIUS_CONTROL, XS, M, S
from ccr_desktop.desktop.widgets.filling import fill
from ccr_desktop.desktop.widgets.picture import paint_monogram
from ccr_desktop.desktop.widgets.rows import Index, Row, RowRole
from ccr_desktop.desktop.widgets.state import SIDE, paint_state
from ccr_desktop.desktop.widgets.title_lines import title_lines

ACTION_SIDE, TILE_SIDE = 28, 24
# Sides are decided here; without `AlignAbsolute` a painter would mirror them once more.
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft | _MIDDLE, Qt.AlignmentFlag.AlignRight | _MIDDLE
_WHOLE = Qt.TextFlag.TextDontClip
"""A line with letters of another font, of a Chinese name, is higher than the font in use says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAction:
    """Something that can be done with a row: an icon in the row, words in its menu."""

    key: str
    text: str
    icon: str = ""
    """Without an icon it is in the menu only."""
    danger: bool = False


ActionsFor = Callable[[Row], Sequence[RowAction]]


class RowDelegate(QStyledItemDelegate):
    """Knows where everything in a row is, for painting and for the mouse."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.actions_for: ActionsFor = lambda _row: ()
        self.pointed: QPoint | None = None
        self.ring = False
        self.title_lines = 1
        """How many lines a title may take; a row is as high as all of them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        further = (self.title_lines - 1) * QFontMetrics(theme.current().font()).height()
        return QSize(200, theme.current().row_height() + further)

    def shown_actions(self, row: Row) -> list[RowAction]:
        return [action for action in self.actions_for(row) if action.icon]

    def action_places(self, place: QRect, row: Row, *, rtl: bool) -> list[tuple[RowAction, QRect]]:
        """The buttons of a row from left to right, flush with its end."""
        actions = self.shown_actions(row)
        area = QRect(0, 0, ACTION_SIDE * len(actions), ACTION_SIDE)
        area.moveCenter(place.center())
        if rtl:
            area.moveLeft(place.left() + S)
        else:
            area.moveRight(place.right() - S)
        return [
            (
                action,
                QRect(area.left() + number * ACTION_SIDE, area.top(), ACTION_SIDE, ACTION_SIDE),
            )
            for number, action in enumerate(actions)
        ]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(RowRole.ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = _View.of(option, index)
        self._paint_ground(painter, view)
        if index.row() > 0 and not view.touches_ground:
            between = QRect(view.place.left() + M, view.place.top(), view.place.width() - 2 * M, 1)
            fill(painter, between, theme.current().color("line"))
        rest = self._paint_start(painter, view, row)
        rest = self._paint_end(painter, view, row, rest)
        _paint_lines(painter, view, row, rest, self.title_lines)
        painter.restore()

    def _paint_ground(self, painter: QPainter, view: _View) -> None:
        look = theme.current()
        inner = QRectF(view.place).adjusted(1, 1, -1, -1)
        if view.selected or view.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection" if view.selected else "hover"))
            painter.drawRoundedRect(inner, RADIUS_CONTROL, RADIUS_CONTROL)
        if view.focused and self.ring:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, RADIUS_CONTROL, RADIUS_CONTROL)

    def _paint_start(self, painter: QPainter, view: _View, row: Row) -> QRect:
        """State and monogram; returns what is left for the words."""
        rest = view.place.adjusted(M, 0, -M, 0)
        if row.state is not None:
            dot, rest = view.cut_start(rest, SIDE, M)
            paint_state(painter, dot, row.state if row.enabled else "off")
        if row.monogram:
            tile, rest = view.cut_start(rest, TILE_SIDE, M)
            square = QRect(0, 0, TILE_SIDE, TILE_SIDE)
            square.moveCenter(tile.center())
            paint_monogram(painter, square, row.monogram)
        return rest

    def _paint_end(self, painter: QPainter, view: _View, row: Row, rest: QRect) -> QRect:
        """Actions where the row is pointed at or focused, else the trailing text."""
        if view.lit and self.shown_actions(row):
            return self._paint_actions(painter, view, row, rest)
        if not row.trailing:
            return rest
        look = theme.current()
        font = look.font("help")
        wide = QFontMetrics(font).horizontalAdvance(row.trailing) + 2
        text, rest = view.cut_end(rest, min(wide, rest.width() // 2), M)
        painter.setFont(font)
        painter.setPen(look.color(view.ink("secondary", row)))
        side = _LEFT if view.rtl else _RIGHT
        painter.drawText(text, side, _cut(row.trailing, "help", text.width()))
        return rest

    def _paint_actions(self, painter: QPainter, view: _View, row: Row, rest: QRect) -> QRect:
        places = self.action_places(view.place, row, rtl=view.rtl)
        for action, place in places:
            if self.pointed is not None and place.contains(self.pointed):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.current().color("pressed"))
                painter.drawRoundedRect(place, RADIUS_CONTROL, RADIUS_CONTROL)
            inner = QRect(0, 0, SMALL, SMALL)
            inner.moveCenter(place.center())
            icon(action.icon, "attention" if action.danger else "secondary").paint(painter, inner)
        wide = ACTION_SIDE * len(places)
        return view.cut_end(rest, wide - XS, M)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """How a row is seen at the moment."""

    place: QRect
    selected: bool
    hovered: bool
    focused: bool
    after_selected: bool
    rtl: bool

    @classmethod
    def of(cls, option: QStyleOptionViewItem, index: Index) -> _View:
        flags = QStyle.StateFlag
        state = option.state
        return cls(
            place=QRect(option.rect),
            selected=bool(state & flags.State_Selected),
            hovered=bool(state & flags.State_MouseOver),
            focused=bool(state & flags.State_HasFocus),
            after_selected=_is_selected(option, index.row() - 1),
            rtl=option.direction is Qt.LayoutDirection.RightToLeft,
        )

    @property
    def lit(self) -> bool:
        return self.hovered or self.focused

    @property
    def touches_ground(self) -> bool:
        """No line where the ground of a row begins or ends."""
        return self.selected or self.lit or self.after_selected

    def ink(self, color: str, row: Row) -> str:
        if not row.enabled:
            return "secondary"
        return "on_selection" if self.selected and color == "text" else color

    def cut_start(self, rest: QRect, wide: int, gap: int) -> tuple[QRect, QRect]:
        return _cut_off(rest, wide, gap, at_right=self.rtl)

    def cut_end(self, rest: QRect, wide: int, gap: int) -> tuple[QRect, QRect]:
        return _cut_off(rest, wide, gap, at_right=not self.rtl)


def _is_selected(option: QStyleOptionViewItem, number: int) -> bool:
    view = option.widget
    return isinstance(view, QAbstractItemView) and view.currentIndex().row() == number >= 0


def _cut_off(rest: QRect, wide: int, gap: int, *, at_right: bool) -> tuple[QRect, QRect]:
    piece = QRect(rest)
    if at_right:
        piece.setLeft(rest.right() - wide + 1)
        return piece, rest.adjusted(0, 0, -(wide + gap), 0)
    piece.setWidth(wide)
    return piece, rest.adjusted(wide + gap, 0, 0, 0)


def _paint_lines(painter: QPainter, view: _View, row: Row, rest: QRect, most: int) -> None:
    look = theme.current()
    line, lower = QFontMetrics(look.font()).height(), QFontMetrics(look.font("help")).height()
    titles = title_lines(row.title, row.gives_way, look.font(), rest.width(), most)
    upper = line * len(titles)
    high = upper + (lower if row.subtitle else 0)
    top = rest.top() + (rest.height() - high) // 2 - int(bool(row.subtitle))
    first = QRect(rest.left(), top, rest.width(), line)
    if row.badge:
        first = _paint_badge(painter, view, row, first)
    side = _RIGHT if view.rtl else _LEFT
    painter.setFont(look.font())
    painter.setPen(look.color(view.ink("text", row)))
    for number, title in enumerate(titles):
        place = first.translated(0, number * line)
        painter.drawText(place, side | _WHOLE, _cut(title, "body", place.width()))
    if row.subtitle:
        second = QRect(rest.left(), top + upper + 1, rest.width(), lower)
        painter.setFont(look.font("help"))
        painter.setPen(look.color(view.ink("secondary", row)))
        painter.drawText(second, side | _WHOLE, _cut(row.subtitle, "help", second.width()))


def _paint_badge(painter: QPainter, view: _View, row: Row, line: QRect) -> QRect:
    """A word right after the title; returns the room for the title."""
    look = theme.current()
    font = look.font("help")
    wide = QFontMetrics(font).horizontalAdvance(row.badge) + 2 * S
    title = QFontMetrics(look.font()).horizontalAdvance(row.title) + 2
    title = min(title, max(0, line.width() - wide - S))
    words, rest = view.cut_start(line, title, S)
    pill, _ = view.cut_start(rest, wide, 0)
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("off_soft"))
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), XS, XS)
    painter.setFont(font)
    painter.setPen(look.color("secondary"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, row.badge)
    return words


def _cut(text: str, role: FontRole, wide: int) -> str:
    metrics = QFontMetrics(theme.current().font(role))
    text = " ".join(text.splitlines())  # names come from files, too
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
