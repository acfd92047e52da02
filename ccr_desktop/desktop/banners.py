"""What the window tells over every page until it is put away, each matter on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import L, S
from ccr_desktop.desktop.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.desktop.widgets.banner import Level

    Button = tuple[str, Callable[[], object]]


class Banners(QWidget):
    """One line for each key; a later one takes the place of that with the same key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(L, L, L, 0)
        self._column.setSpacing(S)
        self.hide()

    def put(
        self,
        key: str,
        level: Level,
        text: str,
        button: Button | None = None,
        other: Button | None = None,
    ) -> Banner:
        """Say *text*; buttons are their words and what they do."""
        self.take_away(key)
        banner = Banner(level, closable=True)
        banner.setObjectName(f"banner-{key}")
        banner.show_notice(level, text, button[0] if button else "", other[0] if other else "")
        for signal, wanted in ((banner.activated, button), (banner.other_activated, other)):
            if wanted:
                signal.connect(wanted[1])
        banner.dismissed.connect(lambda: self.take_away(key))
        self._shown[key] = banner
        self._column.addWidget(banner)
        self.show()
        return banner

    def take_away(self, key: str) -> None:
        if banner := self._shown.pop(key, None):
            banner.hide()
            self._column.removeWidget(banner)
            banner.deleteLater()
        self.setVisible(bool(self._shown))

    def text(self, key: str) -> str:
        """What is said there; empty when nothing is."""
        banner = self._shown.get(key)
        return banner.text() if banner else ""
