"""Taking a variable out of a settings file of Claude Code: shown, agreed to, done, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.daemons import beside
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.pages.launch.change_dialog import ChangeDialog
from ccr_desktop.desktop.state import Toast
from ccr_desktop.launch import taking_out

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.launch.taking_out import Removal


async def take_out(planned: Removal, bridge: Bridge, window: QWidget) -> None:
    """Do it where somebody agrees; it is told with a way back."""
    dialog = ChangeDialog(planned, window)
    try:
        if not await ask(dialog):
            return
    finally:
        dialog.deleteLater()
    copy = await beside(lambda: taking_out.apply(planned))
    words = _tr("{names} was taken out").format(names=lists.names(planned.names))

    def undo() -> None:
        bridge.do(_put_back(planned, copy, bridge), _tr("Putting the file back"))

    bridge.told.emit(Toast(words, can_undo=True, undo=undo))


async def _put_back(planned: Removal, copy: Path, bridge: Bridge) -> None:
    await beside(lambda: taking_out.undo(planned, copy))
    bridge.told.emit(Toast(_tr("The file is as it was before")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpPage", text)
