"""Which settings count while the settings file has errors, in words: the one place for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from ccr_desktop.core.config.store import ConfigStore


def in_force(store: ConfigStore) -> str:
    """The settings that the router goes by in place of the file."""
    if store.awaits_file:
        return _tr("Until it is mended, the built-in settings count.")
    return _tr("The settings from before serve on.")


def beside_the_file(store: ConfigStore) -> str:
    """Over what shows the file itself; empty while the file is what counts."""
    if not store.problems:
        return ""
    if _is_readable(store):
        text = _tr("The settings file has errors. {in_force} This is what the file says.")
    else:
        text = _tr("The settings file can't be read, so nothing can be changed here. {in_force}")
    return text.format(in_force=in_force(store))


def _is_readable(store: ConfigStore) -> bool:
    try:
        return store.written is not None
    except ConfigError:
        return False


def _tr(text: str) -> str:
    return QCoreApplication.translate("InForce", text)
