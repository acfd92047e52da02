"""Which sections Settings has, in their order. A further one is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

# Key, title, and the module of this package whose `build` makes the section when it is shown.
_SECTIONS = (
    ("general", QT_TRANSLATE_NOOP("Settings", "General"), "general"),
    ("service", QT_TRANSLATE_NOOP("Settings", "Service"), "service"),
    ("keys", QT_TRANSLATE_NOOP("Settings", "Keys"), "keys"),
    ("notifications", QT_TRANSLATE_NOOP("Settings", "Notifications"), "notifications"),
    ("network", QT_TRANSLATE_NOOP("Settings", "Network"), "network"),
    ("claude-code", QT_TRANSLATE_NOOP("Settings", "Claude Code"), "claude_code"),
    ("status-line", QT_TRANSLATE_NOOP("Settings", "Status line"), "status_line"),
    ("pictures", QT_TRANSLATE_NOOP("Settings", "Pictures"), "image_agent"),
    ("plugins", QT_TRANSLATE_NOOP("Settings", "Plugins"), "plugins"),
    ("logs", QT_TRANSLATE_NOOP("Settings", "Logs"), "logs"),
    ("transfer", QT_TRANSLATE_NOOP("Settings", "Import and export"), "transfer"),
    ("files", QT_TRANSLATE_NOOP("Settings", "Files"), "files"),
    ("text", QT_TRANSLATE_NOOP("Settings", "Text"), "text"),
    ("history", QT_TRANSLATE_NOOP("Settings", "History"), "history"),
    ("advanced", QT_TRANSLATE_NOOP("Settings", "Advanced"), "advanced"),
)


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """`build` is called when the section is shown for the first time."""

    key: str
    label: str
    build: Callable[[Desk], QWidget]

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Settings", self.label)


def sections() -> tuple[SectionEntry, ...]:
    return tuple(SectionEntry(key, str(label), _from(module)) for key, label, module in _SECTIONS)


def _from(module: str) -> Callable[[Desk], QWidget]:
    def build(desk: Desk) -> QWidget:
        found = import_module(f"ccr_desktop.desktop.pages.settings.{module}")
        return cast("QWidget", found.build(desk))

    return build
