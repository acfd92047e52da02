"""Buttons of every weight; one primary button a view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.icons import icon
from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.behind import WaitsBehind
from ccr_desktop.desktop.widgets.ring import follow_focus, has_ring, set_mark

_ICON_COLORS = {
    "primary": "on_accent",
    "danger": "attention",
    "quiet": "accent",
    "disclosure": "accent",
}
_BY_MOUSE = Qt.FocusReason.MouseFocusReason
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Pressed(WaitsBehind):
    """A button that Enter presses, too, and that shows when keys come to it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On GNOME Qt would hand Enter on: to the main button of a dialog, or to the next step."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def focusInEvent(self, event: QFocusEvent) -> None:
        follow_focus(self, event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        follow_focus(self, event)
        super().focusOutEvent(event)


class PlainButton(_Pressed, QPushButton):
    """What a view offers beside its main action."""

    kind = "plain"

    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", self.kind)
        self._waits: tuple[QWidget | None, Qt.FocusReason] | None = None
        """Where Qt put the cursor meanwhile, and how it came here."""
        self._make_room(text)
        self.setAutoDefault(False)
        if icon_name:
            self.set_icon(icon_name)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._make_room(text)

    def set_icon(self, name: str) -> None:
        self.setIcon(icon(name, _ICON_COLORS.get(self.kind, "text")))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of a double click presses nothing: whoever does that means one."""
        event.accept()

    def set_busy(self, *, busy: bool) -> None:
        """Rest while what was begun runs. The cursor comes back, unless somebody moved it."""
        if not busy:
            self.setEnabled(True)
            self._take_cursor_back()
        elif self.has_cursor():
            reason = Qt.FocusReason.TabFocusReason if has_ring(self) else _BY_MOUSE
            self.setEnabled(False)
            self._waits = (self.window().focusWidget(), reason)
        else:
            self.setEnabled(False)

    def has_cursor(self) -> bool:
        """Whether keys come here once its window is in front: a dialog may just have closed."""
        return self.window().focusWidget() is self

    def _take_cursor_back(self) -> None:
        waits, self._waits = self._waits, None
        if waits and self.isVisible() and self.window().focusWidget() is waits[0]:
            self.setFocus(waits[1])

    def _make_room(self, text: str) -> None:
        """The icon stands at the start of its place: the rest is room before the words."""
        side = theme.current().icon_side()
        self.setIconSize(QSize(side + XS if text else side, side))


class PrimaryButton(PlainButton):
    """The main action of a view; Enter presses it in a dialog."""

    kind = "primary"

    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, parent)
        self.setDefault(True)


class DangerButton(PlainButton):
    """Takes something away."""

    kind = "danger"


class QuietButton(PlainButton):
    """Within text and lists: words in the accent's colour."""

    kind = "quiet"


class LeadingButton(QuietButton):
    """One that begins a line: its words stand where the fields above begin."""

    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, parent)
        self.setProperty("edge", "start")


class IconButton(_Pressed, QToolButton):
    """An icon alone; *name* is its tooltip and what a screen reader says."""

    def __init__(
        self, icon_name: str, name: str, parent: QWidget | None = None, *, color: str = "secondary"
    ) -> None:
        super().__init__(parent)
        self._color = color
        side = theme.current().icon_side()
        self.setIconSize(QSize(side, side))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_icon(icon_name)
        self.set_name(name)

    def set_icon(self, name: str) -> None:
        self.setIcon(icon(name, self._color))

    def set_name(self, name: str) -> None:
        self.setToolTip(name)
        self.setAccessibleName(name)


class SplitButton(QWidget):
    """A main action, and a menu of its variants beside it.

    The menu is opened without waiting for it: `QPushButton.setMenu` would run a loop of its own.
    """

    clicked = Signal()

    def __init__(
        self,
        text: str,
        icon_name: str = "",
        parent: QWidget | None = None,
        *,
        primary: bool = True,
    ) -> None:
        super().__init__(parent)
        make = PrimaryButton if primary else PlainButton
        self.main = make(text, icon_name)
        self.main.setProperty("part", "main")
        self.more = make("", "chevron-down")
        self.more.setProperty("part", "more")
        self.more.setDefault(False)
        self.more.setAccessibleName(self.tr("More ways: %s") % text)
        self._menu: QMenu | None = None
        self._shape()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.main)
        row.addWidget(self.more)
        self.setFocusProxy(self.main)
        self.main.clicked.connect(self.clicked)
        self.more.clicked.connect(self.open_menu)
        self.set_menu(None)

    def set_menu(self, menu: QMenu | None) -> None:
        """The variants; None takes the arrow away."""
        self._menu = menu
        self.more.setVisible(menu is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._shape()
        super().changeEvent(event)

    def _shape(self) -> None:
        """Round at the outside only, also where the arrow is at the left."""
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        set_mark(self.main, "corners", "right" if rtl else "left")
        set_mark(self.more, "corners", "left" if rtl else "right")

    def set_text(self, text: str, short: str = "") -> None:
        """*short* is what stands there where all of it has no room: the tooltip has the rest."""
        self.main.setText(short or text)
        self.main.setAccessibleName(text)
        self.main.setToolTip(text if short else "")
        self.more.setAccessibleName(self.tr("More ways: %s") % text)

    def open_menu(self) -> None:
        if self._menu is not None:
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
