"""Where a key goes that is on its way to the store of keys, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.secrets import Place, StoreState

if TYPE_CHECKING:
    from ccr_desktop.core.secrets import StoreStatus


def key_destination(status: StoreStatus | None) -> str:
    """What the place is called; empty where there is none. Without a status it is not known yet."""
    if status is None:
        return _tr("the key store")
    if status.place is Place.FILE:
        return _tr("the protected file")
    return "" if status.state is StoreState.MISSING else _tr("the password store")


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyDestination", text)
