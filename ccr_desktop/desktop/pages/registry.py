"""Which pages there are, in the order of the navigation. A further page is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

Build = Callable[["Desk"], "QWidget"]

# Key, title, icon, and the module whose `build` makes the page when it is shown.
_PAGES = (
    ("home", QT_TRANSLATE_NOOP("Pages", "Home"), "house", "home.presenter"),
    ("providers", QT_TRANSLATE_NOOP("Pages", "Providers"), "plug", "providers.presenter"),
    ("routes", QT_TRANSLATE_NOOP("Pages", "Routes"), "route", "routes.presenter"),
    ("launch", QT_TRANSLATE_NOOP("Pages", "Launch"), "terminal", "launch.presenter"),
    ("activity", QT_TRANSLATE_NOOP("Pages", "Activity"), "activity", "activity.presenter"),
    ("settings", QT_TRANSLATE_NOOP("Pages", "Settings"), "settings", "settings.page"),
    ("help", QT_TRANSLATE_NOOP("Pages", "Help"), "circle-question-mark", "help.presenter"),
)
WIZARD = "wizard"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`build` is called when the page is shown for the first time; `icon` names an icon.

    One that is not in the navigation is opened from elsewhere.
    """

    key: str
    label: str
    icon: str
    build: Build
    is_in_navigation: bool = True

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Pages", self.label)


def pages() -> tuple[PageEntry, ...]:
    entries = [
        PageEntry(key, str(label), icon, _from(f"pages.{module}"))
        for key, label, icon, module in _PAGES
    ]
    title = str(QT_TRANSLATE_NOOP("Pages", "Set-up assistant"))
    build = _from("wizard.presenter")
    return (*entries, PageEntry(WIZARD, title, "rocket", build, is_in_navigation=False))


def _from(module: str) -> Build:
    def build(desk: Desk) -> QWidget:
        found = import_module(f"ccr_desktop.desktop.{module}")
        return cast("QWidget", found.build(desk))

    return build
