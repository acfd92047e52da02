"""Which pages there are, in the order of the navigation. A further page is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

Build = Callable[["Desk"], "QWidget"]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`build` is called when the page is shown for the first time; `icon` names an icon."""

    key: str
    label: str
    icon: str
    build: Build

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Pages", self.label)


def pages() -> tuple[PageEntry, ...]:
    return (
        PageEntry("home", "Home", "house", _home),
        PageEntry("settings", "Settings", "settings", _settings),
    )


def _home(desk: Desk) -> QWidget:
    from ccr_desktop.desktop.pages.home.presenter import build  # noqa: PLC0415  # when it is shown

    return build(desk)


def _settings(desk: Desk) -> QWidget:
    from ccr_desktop.desktop.pages.settings.page import build  # noqa: PLC0415  # when it is shown

    return build(desk)
