"""The words of buttons and questions about where keys are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.secrets import Place, WayOut
from ccr_desktop.core.setup.key_moves import KeyPlace


def way_out_words(way: WayOut) -> str:
    match way:
        case WayOut.UNLOCK:
            return _tr("Unlock")
        case WayOut.SET_UP:
            return _tr("Set it up")
        case WayOut.PASSPHRASE:
            return _tr("Enter passphrase…")
        case WayOut.ASK_AGAIN:
            return _tr("Ask again")
        case WayOut.USE_FILE:
            return _tr("Use a protected file…")
        case WayOut.ADD_STORE:
            return _tr("How to add one")
        case WayOut.SET_ASIDE:
            return _tr("Set the file aside…")


def place_words(place: Place) -> str:
    """Moving all keys there."""
    if place is Place.FILE:
        return _tr("Move all to a protected file…")
    return _tr("Move all to the system's password store…")


def move_words(place: KeyPlace) -> str:
    match place:
        case KeyPlace.KEYRING:
            return _tr("Move to the key store")
        case KeyPlace.ENVIRONMENT:
            return _tr("Take from an environment variable…")
        case KeyPlace.FILE:
            return _tr("Write into the settings file…")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
