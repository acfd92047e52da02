"""Files and folders in the program that the system has for them; where it has none, it is said."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ccr_desktop.core.daemons import beside
from ccr_desktop.desktop.dialogs import Answer, choose

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.bridge import Bridge

_OPENER = "xdg-open"
_WITH_OPENER = frozenset({"xcb", "wayland"})
_FAILS_WITHIN_S = 5.0  # what runs on is the program that was opened


def open_path(bridge: Bridge, parent: QWidget, path: Path) -> None:
    """Open *path*; dialogs stand before the window of *parent*."""
    words = _tr("Opening {path}").format(path=path)
    bridge.do(_opened_or_told(parent, path), words)


async def _opened_or_told(parent: QWidget, path: Path) -> None:
    if await is_opened(path):
        return
    copy = Answer("copy", _tr("Copy the path"), copies=str(path))
    title = _tr("This system has no program to open it with")
    close = Answer("", _tr("Close"), "primary")
    await choose(parent.window(), title, str(path), [copy, close])


async def is_opened(path: Path) -> bool:
    """Whether the system has found a program. Qt itself does not ask what became of `xdg-open`."""
    opener = shutil.which(_OPENER)
    if opener and QGuiApplication.platformName().partition("-")[0] in _WITH_OPENER:
        return await beside(lambda: run_opener([opener, str(path)]))
    return bool(QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))


def run_opener(command: list[str]) -> bool:
    """Whether it goes well, or goes on."""
    try:
        process = subprocess.Popen(  # noqa: S603  # the system's own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(_FAILS_WITHIN_S) == 0
    except subprocess.TimeoutExpired:
        return True


def _tr(text: str) -> str:
    return QCoreApplication.translate("Opening", text)
