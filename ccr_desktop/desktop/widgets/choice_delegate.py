"""Paints the lines of a list of choices."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.icons import SMALL, icon
from ccr_desktop.desktop.theme import FontRole
from ccr_desktop.desktop.tokens import RADIUS_CONTROL, M, S
from ccr_desktop.desktop.widgets.choices import Choice, ChoiceRole, Entry, Heading, Index

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class ChoiceDelegate(QStyledItemDelegate):
    """Headings small and in the secondary colour, a tick on the present choice."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.current = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all: a list of thousands asks once."""
        return QSize(120, theme.current().control_height())

    def wanted_width(self, index: Index) -> int:
        """In which a line is not cut."""
        entry: Entry | None = index.data(ChoiceRole.ENTRY)
        if not isinstance(entry, Choice):
            return 0
        look = theme.current()
        detail = QFontMetrics(look.font("help")).horizontalAdvance(entry.detail)
        words = QFontMetrics(look.font()).horizontalAdvance(entry.title)
        beside = max(words, detail) + detail + M if detail else words  # half is the detail's
        return 3 * S + SMALL + 2 + beside

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry | None = index.data(ChoiceRole.ENTRY)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        place = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            _write(
                painter,
                place.adjusted(S, S if index.row() else 0, -S, 0),
                entry.text,
                "help",
                "secondary",
                rtl=rtl,
            )
        elif entry is not None:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_choice(painter, place, entry, chosen=chosen, rtl=rtl)
        painter.restore()

    def _paint_choice(
        self, painter: QPainter, place: QRect, entry: Entry, *, chosen: bool, rtl: bool
    ) -> None:
        look = theme.current()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection"))
            ground = QRectF(place).adjusted(0, 1, 0, -1)
            painter.drawRoundedRect(ground, RADIUS_CONTROL, RADIUS_CONTROL)
        rest = place.adjusted(S, 0, -S, 0)
        self._paint_mark(painter, rest, entry, rtl=rtl)
        beside = SMALL + S
        rest = rest.adjusted(0 if rtl else beside, 0, -beside if rtl else 0, 0)
        words, ink = _words(entry), "on_selection" if chosen else "text"
        if isinstance(entry, Choice) and entry.detail:
            rest = _paint_detail(painter, rest, entry.detail, rtl=rtl)
        if isinstance(entry, Choice) and not entry.enabled:
            ink = "secondary"
        _write(painter, rest, words, "body", ink, rtl=rtl)

    def _paint_mark(self, painter: QPainter, rest: QRect, entry: Entry, *, rtl: bool) -> None:
        is_current = isinstance(entry, Choice) and entry.key == self.current
        name = "check" if is_current else "" if isinstance(entry, Choice) else "plus"
        if name:
            mark = QRect(0, 0, SMALL, SMALL)
            mark.moveCenter(rest.center())
            mark.moveLeft(rest.right() - SMALL if rtl else rest.left())
            icon(name, "accent").paint(painter, mark)


def _paint_detail(painter: QPainter, rest: QRect, detail: str, *, rtl: bool) -> QRect:
    """At the end of the line; returns the room before it."""
    metrics = QFontMetrics(theme.current().font("help"))
    wide = min(metrics.horizontalAdvance(detail) + 2, rest.width() // 2)
    place = QRect(rest)
    if rtl:
        place.setWidth(wide)
        rest = rest.adjusted(wide + M, 0, 0, 0)
    else:
        place.setLeft(rest.right() - wide + 1)
        rest = rest.adjusted(0, 0, -(wide + M), 0)
    _write(painter, place, detail, "help", "secondary", rtl=rtl)
    return rest


def _words(entry: Entry) -> str:
    match entry:
        case Choice():
            return entry.title
        case Heading():
            return entry.text
        case _:
            return entry.words


def _write(
    painter: QPainter, place: QRect, text: str, role: FontRole, color: str, *, rtl: bool
) -> None:
    look = theme.current()
    font = look.font(role)
    painter.setFont(font)
    painter.setPen(look.color(color))
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | _MIDDLE, cut)
