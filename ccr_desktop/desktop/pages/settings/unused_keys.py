"""The card of stored keys that the settings do not use: shown only when there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.setup.unused_keys import UnusedKey

_REMOVE = "remove"


class UnusedKeysCard(Card):
    """Signal: `removal_wanted(str)` with the name of a key."""

    removal_wanted = Signal(str)

    def __init__(self) -> None:
        title = _tr("Stored keys that these settings do not use")
        super().__init__(title)
        self.setObjectName("unused-keys")
        self._rows = RowList(title, fit_content=True)
        self._rows.setObjectName("unused-key-rows")
        remove = RowAction(key=_REMOVE, text=_tr("Remove"), icon="trash-2", danger=True)
        self._rows.set_actions([remove])
        self._rows.action_requested.connect(lambda name, _: self.removal_wanted.emit(name))
        self.set_help(
            _tr(
                "They stay when a provider is removed or a change is undone, so that a step back"
                " finds them. Other settings files may use them."
            )
        )
        self.add(self._rows)
        self.hide()

    def show_keys(self, keys: Sequence[UnusedKey]) -> None:
        self._rows.set_rows([_row(key) for key in keys])
        self.setVisible(bool(keys))


def _row(key: UnusedKey) -> Row:
    words = _tr("Needed if an earlier version in History is restored")
    if not key.is_in_history:
        words = _tr("No version in History refers to it")
    return Row(key=key.name, title=key.name, subtitle=words, state="off", monogram=key.name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
