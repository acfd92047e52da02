"""Paints the cells of the requests: two lines where there are two, and the state's shape."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.models.activity import Role
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.filling import fill
from ccr_desktop.desktop.widgets.state import SIDE, paint_state

Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_RIGHT = Qt.AlignmentFlag.AlignRight


class CellDelegate(QStyledItemDelegate):
    """The ground is the style's; a row is one thing, so no cell has a frame of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, theme.current().row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        look = theme.current()
        place, flags = QRect(option.rect), QStyle.StateFlag
        is_chosen = bool(option.state & flags.State_Selected)
        if is_chosen or option.state & flags.State_MouseOver:
            fill(painter, place, look.color("selection" if is_chosen else "hover"))
        fill(painter, QRect(place.left(), place.bottom(), place.width(), 1), look.color("line"))
        if is_chosen and option.widget.hasFocus():
            for y in (place.top(), place.bottom() - 1):
                fill(painter, QRect(place.left(), y, place.width(), 2), look.color("focus"))
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        rest = place.adjusted(S, 0, -S, -1)
        if state := index.data(Role.STATE):
            dot = QRect(rest.right() - SIDE + 1 if rtl else rest.left(), rest.top(), SIDE, 0)
            dot.setHeight(rest.height())
            paint_state(painter, dot, state)
            rest.adjust(0 if rtl else SIDE + S, 0, -(SIDE + S) if rtl else 0, 0)
        side = _mirrored(index.data(Qt.ItemDataRole.TextAlignmentRole), rtl=rtl)
        _paint_lines(painter, rest, side, index, is_chosen=is_chosen)
        painter.restore()


def _mirrored(asked: int, *, rtl: bool) -> Qt.AlignmentFlag:
    at_right = bool(asked & int(_RIGHT)) is not rtl
    return _MIDDLE | (_RIGHT if at_right else Qt.AlignmentFlag.AlignLeft)


def _paint_lines(
    painter: QPainter, rest: QRect, side: Qt.AlignmentFlag, index: Index, *, is_chosen: bool
) -> None:
    look = theme.current()
    first, second = str(index.data() or ""), str(index.data(Role.SECOND) or "")
    body, small = look.font(), look.font("help")
    upper, lower = QFontMetrics(body).height(), QFontMetrics(small).height()
    top = rest.top() + (rest.height() - upper - (lower if second else 0)) // 2
    painter.setPen(look.color("on_selection" if is_chosen else "text"))
    line = QRect(rest.left(), top, rest.width(), upper)
    _paint_text(painter, line, side, first, body)
    if second:
        if not is_chosen:
            painter.setPen(look.color("secondary"))
        below = QRect(rest.left(), top + upper, rest.width(), lower)
        _paint_text(painter, below, side, second, small)


def _paint_text(
    painter: QPainter, place: QRect, side: Qt.AlignmentFlag, text: str, font: QFont
) -> None:
    painter.setFont(font)
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, side | Qt.TextFlag.TextDontClip, cut)  # a Chinese name is higher
