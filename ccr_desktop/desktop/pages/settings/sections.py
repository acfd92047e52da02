"""Which sections Settings has, in their order. A further one is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.pages.settings import (
    advanced,
    claude_code,
    files,
    general,
    keys,
    logs,
    network,
    notifications,
    plugins,
    service,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk


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
    return (
        SectionEntry("general", "General", general.build),
        SectionEntry("service", "Service", service.build),
        SectionEntry("keys", "Keys", keys.build),
        SectionEntry("notifications", "Notifications", notifications.build),
        SectionEntry("network", "Network", network.build),
        SectionEntry("claude-code", "Claude Code", claude_code.build),
        SectionEntry("logs", "Logs", logs.build),
        SectionEntry("plugins", "Plugins", plugins.build),
        SectionEntry("files", "Files", files.build),
        SectionEntry("advanced", "Advanced", advanced.build),
    )
