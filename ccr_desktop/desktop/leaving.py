"""Dialogs with entries that no key pressed too soon loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.dialogs import ask, may_discard

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QDialog

    from ccr_desktop.desktop.bridge import Bridge


class Leavable(Protocol):
    """`leave_wanted` comes in place of the end while something is entered and not saved."""

    @property
    def leave_wanted(self) -> SignalInstance: ...
    def leave(self) -> None:
        """Without asking."""


def ask_before_leaving(dialog: QDialog, leavable: Leavable, bridge: Bridge) -> None:
    """Escape, Cancel and the cross ask first; *leavable* is the dialog, too."""

    async def leave() -> None:
        if await may_discard(dialog):
            leavable.leave()

    closing = QCoreApplication.translate("Dialogs", "Closing")
    leavable.leave_wanted.connect(lambda: bridge.do(leave(), closing))


async def ask_until_left(dialog: QDialog, leavable: Leavable, bridge: Bridge) -> int:
    """As `ask`, with `ask_before_leaving`."""
    ask_before_leaving(dialog, leavable, bridge)
    return await ask(dialog)
